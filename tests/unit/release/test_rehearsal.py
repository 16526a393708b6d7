"""What a rehearsal says would change, on a city whose every number is in ``tests/support/small_city.py``."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pyarrow.parquet as pq
import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers.state_changes import Cell, state_changes
from sipa_data.areas import CITY
from sipa_data.errors import AlreadyPublished
from sipa_data.house import open_house
from sipa_data.intake import look_at, propose, read_delivery
from sipa_data.intake.delivery import Slice
from sipa_data.periods import Period
from sipa_data.release import history, inconsistencies, publish, rehearsal_of
from tests.support.deliveries import staged
from tests.support.small_city import published_below

Y2024, Y2025 = Period.year(2024), Period.year(2025)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with open_house(published_below(tmp_path_factory.mktemp("probe"))) as opened:
        yield opened


def cases_of(folder, year, **by_district):
    """A correction of one year: cases of violence by district, and five without one."""
    rows = [
        {
            "source": "pks",
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
            "district_id": district.removeprefix("d"),
            "offence_key": "892000",
            "cases": cases,
        }
        for district, cases in by_district.items()
    ]
    rows.append(rows[0] | {"district_id": None, "cases": 5})
    place = Slice("incident_counts", (("source", "pks"),), date(year, 1, 1), date(year, 12, 31))
    return staged(folder, {"incident_counts": rows}, [place], name=f"berichtigung-{year}")


def rehearsed(house, delivery, scope=None, **options):
    return rehearsal_of(house.lake, house.mart, delivery, scope or Scope.chair(), **options)


def change_of(changes, indicator):
    return next(change for change in changes if change.indicator.id == indicator)


def value(answer, cell):
    frame = answer.observations
    at = (frame["district"] == cell.district) & (frame["period_start"] == str(cell.period.start))
    (row,) = frame[at].to_dict("records")
    return row["value"]


def test_a_correction_shows_old_and_new_of_the_district_and_of_the_city(house, tmp_path):
    correction = cases_of(tmp_path, 2025, d01=500, d02=91, d03=108, d04=2)
    found = change_of(rehearsed(house, correction, may_replace=True).difference.changes, "gewalt-faelle")
    assert set(found.cells) == {Cell(CITY, Y2025), Cell("01", Y2025)}
    assert found.is_citywide
    assert found.districts == {"01"}
    assert (value(found.before, Cell("01", Y2025)), value(found.after, Cell("01", Y2025))) == (520, 500)
    # 520 + 91 + 108 + 2 + 5 without a district; afterwards 20 fewer
    assert (value(found.before, Cell(CITY, Y2025)), value(found.after, Cell(CITY, Y2025))) == (726, 706)


def test_a_correction_of_an_earlier_year_shows_that_year_and_what_is_now_said_of_the_next(house, tmp_path):
    correction = cases_of(tmp_path, 2024, d01=520, d02=88, d03=112, d04=14)
    found = change_of(rehearsed(house, correction, may_replace=True).difference.changes, "gewalt-faelle")
    assert {cell.period for cell in found.cells} == {Y2024}
    assert found.newest == Y2024
    assert "01" in found.verdicts or CITY in found.verdicts  # 2025 no longer stands out against 2024


def test_what_the_public_would_no_longer_see_is_named(house, tmp_path):
    """The Hafen falls from 14 to 2 cases: too few to be shown, while the office goes on seeing every number."""
    correction = cases_of(tmp_path, 2024, d01=305, d02=88, d03=112, d04=2)
    found = rehearsed(house, correction, may_replace=True)
    flips = change_of(found.difference.public, "gewalt-faelle")
    assert Cell("04", Y2024) in flips.lost
    assert flips.gained == ()
    assert value(flips.before, Cell("04", Y2024)) == 14
    assert pd.isna(value(flips.after, Cell("04", Y2024)))
    assert change_of(found.difference.changes, "gewalt-faelle").flipped == ()


def test_what_was_marked_otherwise_than_the_delivery_that_replaces_it_is_named(house, tmp_path):
    correction = cases_of(tmp_path, 2024, d01=305, d02=88, d03=112, d04=15)
    (old,) = rehearsed(house, correction, may_replace=True).replaced
    assert old.marking == "synthetic"
    for marking, told in (("published", 1), ("synthetic", 0), ("confidential", 0)):
        marked = replace(correction, report=replace(correction.report, marking=marking))
        sentences = rehearsed(house, marked, may_replace=True).marked_otherwise
        assert len(sentences) == told
        assert all("„öffentlich“" in one and "„Beispieldaten (synthetisch)“" in one for one in sentences)


def test_a_new_wave_shows_weights_design_effect_and_who_answered_beside_who_lives_here(house, tmp_path):
    """Four people with weights 2, 1, 1 and 1: sum 5, squares 4 + 1 + 1 + 1 = 7, effect 4 · 7 / 25."""
    people = [("01", 2.0, "w"), ("01", 1.0, "m"), ("02", 1.0, "m"), ("03", 1.0, "w")]
    wave = {"wave_id": "w2026"}
    tables = {
        "survey_waves": [
            wave
            | {
                "title": "Befragung 2026",
                "field_start": date(2026, 3, 1),
                "field_end": date(2026, 4, 30),
                "invited": 8,
                "responded": 4,
            }
        ],
        "survey_respondents": [
            wave | {"respondent": at, "district_id": district, "weight": weight}
            for at, (district, weight, _) in enumerate(people)
        ],
        "survey_answers": [
            wave | {"respondent": at, "item_id": "geschlecht", "scale_id": "geschlecht", "answer": sex}
            for at, (*_, sex) in enumerate(people)
        ],
    }
    delivery = staged(tmp_path, tables, [Slice(table, (("wave_id", "w2026"),)) for table in tables], name="w2026")
    (review,) = rehearsed(house, delivery).waves
    assert (review.respondents, review.response, review.weight_sum) == (4, 0.5, 5.0)
    assert review.design_effect == pytest.approx(28 / 25)
    assert review.n_effective == pytest.approx(25 / 7)
    women = next(group for group in review.groups if group.label == "weiblich")
    assert (women.respondents, women.share, women.weighted) == (2, 0.5, pytest.approx(3 / 5))
    altstadt = next(group for group in review.groups if group.label == "Altstadt")
    # 10,000 of 48,000 live in the Altstadt
    assert (altstadt.share, altstadt.weighted) == (0.5, pytest.approx(3 / 5))
    assert altstadt.inhabitants == pytest.approx(10 / 48)
    assert women.inhabitants is None  # nobody delivered inhabitants by sex


def test_a_wave_that_was_mapped_by_hand_shows_its_response_and_the_ages_that_were_asked(house, tmp_path):
    """Four of eight answered. From sixteen on: the population of those ages stands beside them."""
    path = tmp_path / "antworten.csv"
    path.write_text("Stadtteil;Nachts;Gewicht\n01;1;2\n01;2;1\n02;3;1\n03;4;1\n", encoding="utf-8")
    draft = propose(look_at(path), house.catalogue, "survey")
    for setting, value in {
        "attribution": "Institut", "marking": "published", "wave_id": "w2026", "wave_title": "Befragung 2026",
        "field_start": "01.03.2026", "field_end": "30.04.2026", "invited": "8", "min_age": "16",
    }.items():  # fmt: skip
        draft = draft.with_setting(setting, value)
    with read_delivery(path, house.catalogue, draft.profile(), **draft.reading()) as delivery:
        assert pq.read_table(delivery.tables["survey_waves"])["min_age"].to_pylist() == [16]
        (review,) = rehearsed(house, delivery).waves
    assert (review.respondents, review.invited, review.response) == (4, 8, 0.5)


def test_a_rehearsal_names_what_would_be_replaced_and_changes_nothing(house, tmp_path):
    before, uploads = house.lake.checksums(), history(house.lake)
    correction = cases_of(tmp_path, 2025, d01=1, d02=1, d03=1, d04=1)
    with pytest.raises(AlreadyPublished):
        rehearsed(house, correction)
    found = rehearsed(house, correction, may_replace=True)
    assert [upload.file_name for upload in found.replaced] == ["pks.csv"]
    assert (house.lake.checksums(), history(house.lake)) == (before, uploads)
    assert inconsistencies(house.lake) == ()
    assert not house.renew()


def test_who_rehearses_sees_no_more_than_the_own_role_may(house, tmp_path):
    correction = cases_of(tmp_path, 2025, d01=520, d02=91, d03=108, d04=1)  # 2 → 1: both hidden from the public
    found = rehearsed(house, correction, Scope.public(), may_replace=True).difference.changes
    assert {cell.district for change in found for cell in change.cells} == {CITY}


def test_the_rehearsed_numbers_are_those_that_are_published_then(tmp_path):
    """The same comparison of both states after the release gives the same cells."""
    with open_house(published_below(tmp_path)) as own:
        correction = cases_of(tmp_path, 2025, d01=500, d02=91, d03=108, d04=12)
        foreseen = rehearsed(own, correction, may_replace=True)
        old = own.mart
        publish(own.lake, correction, by="erika", replace=True)
        assert own.renew()
        came = state_changes(old, own.mart, Scope.chair(), own.catalogue.indicators)
        assert [(one.indicator.id, one.cells, one.flipped, one.verdicts) for one in came] == [
            (one.indicator.id, one.cells, one.flipped, one.verdicts) for one in foreseen.difference.changes
        ]
        hidden = state_changes(old, own.mart, Scope.public(), own.catalogue.indicators)
        assert [(*one.gained, *one.lost) for one in hidden if one.gained or one.lost] == [
            one.cells for one in foreseen.difference.public
        ]


def test_a_new_year_without_a_key_is_said_to_empty_the_newest_view_and_to_leave_the_earlier_years(house, tmp_path):
    """A first month of a new key alone would make the newest period one in which nobody counted violence."""
    row = {
        "source": "pks",
        "period_start": date(2026, 1, 1),
        "period_end": date(2026, 12, 31),
        "district_id": "01",
        "offence_key": "210000",
        "cases": 3,
    }
    place = Slice("incident_counts", (("source", "pks"),), date(2026, 1, 1), date(2026, 12, 31))
    found = rehearsed(house, staged(tmp_path, {"incident_counts": [row]}, [place], name="raub-2026"))
    change = change_of(found.difference.changes, "gewalt-faelle")
    assert change.is_emptied
    assert change.cells == ()  # 2025 and before read as they did


def test_the_same_state_twice_differs_in_nothing(house):
    every = tuple(house.catalogue.indicators)
    assert state_changes(house.mart, house.mart, Scope.chair(), every) == ()


def test_what_happens_is_told_step_by_step_and_never_goes_back(house, tmp_path):
    told = []
    with cases_of(tmp_path, 2025, d01=700, d02=91, d03=108, d04=9) as delivery:
        rehearsed(house, delivery, may_replace=True, tell=lambda step, share: told.append((step, share)))
    steps, shares = zip(*told, strict=True)
    assert list(dict.fromkeys(steps)) == [
        "Auf Probe veröffentlichen",
        "Kennzahlen vergleichen",
        "Befragungswellen ansehen",
    ]
    assert list(shares) == sorted(shares)
    assert steps.count("Kennzahlen vergleichen") > 2
    assert 0 < shares[0] < shares[-1] < 1
