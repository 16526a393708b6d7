"""Five waves that look like a real survey: designed, weighted, incomplete, and of one piece."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from sipa_data.demo import plain, survey
from sipa_data.statistics import design_effect, weighted_share

WAVES = plain.rows("wellen")
MISSING = ["97", "98", "99"]


@pytest.fixture(scope="module")
def waves(frame) -> dict[str, pd.DataFrame]:
    tables = {row["kennung"][-4:]: survey.wave_table(row, frame).to_pandas() for row in WAVES}
    for table in tables.values():
        table["gewicht"] = table.gewicht.str.replace(",", ".").astype(float)
    return tables


def share(table, item, codes, where=None):
    """Weighted share of valid answers, in per cent."""
    valid = table[~table[item].isin(MISSING)]
    if where is not None:
        valid = valid[where(valid)]
    return 100 * weighted_share(valid[item].isin(codes).to_numpy(float), valid.gewicht.to_numpy())


def unsafe(table, item="sicherheit_stadtbezirk", where=None):
    return share(table, item, ["3", "4"], where)


def test_five_waves_of_four_to_ten_thousand_people(waves):
    assert list(waves) == ["2017", "2019", "2021", "2023", "2025"]
    assert all(4_000 <= len(table) <= 10_000 for table in waves.values())


def test_every_question_of_the_catalogue_is_asked_on_its_scale(waves, catalogue):
    for table in waves.values():
        assert set(catalogue.items) <= set(table.columns)
        for item in catalogue.items.values():
            scale = catalogue.scales[item.scale]
            known = {code.code for code in (*scale.answers, *scale.missing)}
            assert set(table[item.id]) <= known, item.id


def test_weights_are_positive_with_mean_one_and_cost_some_precision(waves):
    for table in waves.values():
        assert (table.gewicht > 0).all()
        assert table.gewicht.mean() == pytest.approx(1, abs=0.001)
        assert 1.05 < design_effect(table.gewicht.to_numpy()) < 1.5


def test_each_district_is_a_stratum_and_small_ones_are_asked_more(waves, frame):
    inhabitants = pd.Series(frame.column("einwohner"), index=frame.names)
    for table in waves.values():
        assert table.groupby("bezirk", observed=True).schicht.nunique().eq(1).all()
        asked = table.bezirk.value_counts() / inhabitants
        assert asked["Birkach"] > 1.8 * asked["Bad Cannstatt"]


def test_weights_bring_the_districts_back_to_their_size(waves, frame):
    inhabitants = pd.Series(frame.column("einwohner"), index=frame.names)
    expected = inhabitants / inhabitants.sum()
    weighed = waves["2023"].groupby("bezirk", observed=True).gewicht.sum() / len(waves["2023"])
    assert (np.abs(weighed - expected) < 0.006).all()


@pytest.mark.parametrize(
    ("item", "codes", "published", "tolerance"),
    [
        ("sicherheit_stadtbezirk", ["3", "4"], 14, 1.5),  # Stuttgart 2023
        ("sicherheit_nachts_wohngegend", ["3", "4"], 28, 2.0),  # national survey 2020
        ("vertrauen_polizei", ["1", "2"], 75, 2.0),  # state 2023
    ],
)
def test_the_wave_of_2023_answers_as_was_published(waves, item, codes, published, tolerance):
    assert share(waves["2023"], item, codes) == pytest.approx(published, abs=tolerance)


def test_the_centre_frightens_those_who_are_rarely_there(waves):
    # Stuttgart 2023: 24 % of those who come rarely or never, 11 % of the others
    seldom = unsafe(waves["2023"], "sicherheit_innenstadt", lambda people: people.besuch_innenstadt == "5")
    often = unsafe(waves["2023"], "sicherheit_innenstadt", lambda people: people.besuch_innenstadt.isin(list("1234")))
    assert seldom == pytest.approx(24, abs=3)
    assert often == pytest.approx(11, abs=1.5)


def test_women_feel_less_safe_at_night_than_men(waves):
    for table in waves.values():
        by_sex = [
            unsafe(table, "sicherheit_nachts_oepnv", lambda people, s=sex: people.geschlecht == s) for sex in "wm"
        ]
        assert by_sex[0] > by_sex[1] + 15


def test_fear_is_highest_in_the_centre_in_cannstatt_and_in_zuffenhausen(waves, frame):
    together = pd.concat(waves.values())
    by_district = {name: unsafe(together, where=lambda people, n=name: people.bezirk == n) for name in frame.names}
    assert set(sorted(by_district, key=by_district.get)[-3:]) == {"Mitte", "Bad Cannstatt", "Zuffenhausen"}


def test_answers_hang_together(waves):
    people = waves["2023"]
    feelings = ["sicherheit_stadtbezirk", "sicherheit_nachts_wohngegend", "vermeidung_orte"]
    valid = people[~people[feelings].isin(MISSING).any(axis=1)][feelings].astype(int)
    related = valid.corr(method="spearman").to_numpy()[np.triu_indices(3, 1)]
    assert (related > 0.2).all()
    assert (related < 0.75).all()


def test_whoever_knows_a_measure_feels_safer(waves):
    together = pd.concat(waves.values())
    knows, knows_none = (unsafe(together, where=lambda people, c=code: people.kennt_massnahme == c) for code in "12")
    assert knows < knows_none - 1


def test_more_and_more_people_know_a_measure(waves):
    known = [share(table, "kennt_massnahme", ["1"]) for table in waves.values()]
    assert known[-1] > known[0] + 8
    assert all(later > earlier - 1 for earlier, later in pairwise(known))


def test_about_half_of_the_victims_went_to_the_police(waves):
    for table in waves.values():
        assert 40 < share(table, "angezeigt", ["1"]) < 55


def test_only_those_are_asked_whom_the_question_is_about(waves):
    for table in waves.values():
        assert ((table.angezeigt != "97") == (table.opfer_12_monate == "1")).all()
        assert ((table.sorge_schulweg != "97") == (table.kind_im_haushalt == "1")).all()


def test_a_few_do_not_know_or_do_not_say(waves):
    for table in waves.values():
        for code in ("98", "99"):
            assert 0 < (table.sicherheit_innenstadt == code).mean() < 0.06
