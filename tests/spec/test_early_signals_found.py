"""Early signals of a small city: what is told, from which months, and to whom."""

import math
from dataclasses import replace

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Reader
from sipa_data.answers.signal_cells import signal_cells, watched_groups
from sipa_data.areas import CITY
from sipa_data.errors import InvalidQuestion
from sipa_data.marts import Mart
from sipa_data.periods import Period
from tests.spec import area_reference
from tests.support.facts import Facts, musterstadt

ALTSTADT, NORDSTADT, HAFEN = "01", "02", "04"
VIOLENCE, ROBBERY = "892000", "210000"
USUAL = {ALTSTADT: 40, NORDSTADT: 20, "03": 25, HAFEN: 8, None: 3}
YEARS = range(2017, 2026)
DECEMBER = Period.month(2025, 12)
CHAIR, PUBLIC = Scope.chair(), Scope.public()
COUNCIL = Scope(Role.district, full_detail=False, own_districts=frozenset({NORDSTADT}))

Special = dict[tuple[str | None, int, int], int]
"""Cases that differ from the usual ones: district, year, month → cases."""


def monthly(special: Special | None = None, key: str = VIOLENCE, facts: Facts | None = None) -> Facts:
    """Every month of nine years with nearly the same counts; the months differ a little, as months do."""
    rows = []
    for year in YEARS:
        for month in range(1, 13):
            period = Period.month(year, month)
            for district, cases in USUAL.items():
                wiggle = (year + 2 * month) % 3 - 1
                rows.append(
                    {
                        "source": "pks", "period_start": str(period.start), "period_end": str(period.end),
                        "district_id": district, "offence_key": key,
                        "cases": (special or {}).get((district, year, month), cases + wiggle),
                    }
                )  # fmt: skip
    found = facts or Facts()
    found._insert("incident_counts", rows)
    return found


@pytest.fixture(scope="module")
def quiet() -> Mart:
    return monthly().mart()


@pytest.fixture(scope="module")
def doubled() -> Mart:
    return monthly({(NORDSTADT, 2025, 12): 42}).mart()


def cell(mart: Mart, area: str, month: Period = DECEMBER, indicator: str = "gewalt-faelle"):
    (found,) = [
        one for one in signal_cells(mart) if (one.area, one.month, one.indicator.id) == (area, month, indicator)
    ]
    return found


def test_a_doubled_month_is_told_with_what_was_to_be_expected(doubled):
    found = Reader(doubled, CHAIR).signals(NORDSTADT)
    (signal,) = found.found
    # November to January of 2024, 2023, 2022, 2018 and 2017: 20 cases, one more or one less
    months = cell(doubled, NORDSTADT).earlier
    earlier = [20 + (month.start.year + 2 * month.start.month) % 3 - 1 for month in months]
    back = [1] * 3 + [2] * 3 + [3] * 3 + [7] * 3 + [8] * 3
    mean, variance, _ = area_reference.expected_month(earlier, back, 0.05)
    tails = [area_reference.negative_binomial_at_least(count, mean, variance) for count in range(60)]
    lower = next(count for count in range(60) if 1 - tails[count + 1] >= 0.005)
    upper = next(count for count in range(60) if tails[count + 1] <= 0.005)
    assert (signal.lower, signal.upper) == (lower, upper)
    assert signal.expected == pytest.approx(mean)
    assert signal.sentence == (
        "Gewaltfälle, Stadtbezirk Nordstadt: im Dezember 2025 waren es 42\u00a0Fälle; "
        f"aus früheren Jahren wären {lower} bis {upper} zu erwarten."
    )
    assert lower < 20 < upper < 42


def test_a_quiet_city_stays_quiet_and_says_what_was_looked_at(quiet):
    found = Reader(quiet, CHAIR).signals()
    assert found.found == ()
    assert found.told.startswith("Kein Monat war höher")
    # one offence group in the city and four districts in three months
    assert found.family == "15\u00a0Monatswerte: 1\u00a0Deliktgruppe in 5 Gebieten, Oktober 2025 bis Dezember 2025"


def test_the_pandemic_does_not_say_what_is_usual(quiet):
    years = {month.end.year for month in cell(quiet, CITY).earlier}
    assert not years & {2020, 2021}  # January 2020 would belong to the season of December 2019
    assert cell(quiet, CITY).earlier[0] == Period.month(2024, 11)


def test_only_months_after_a_break_in_the_series_say_what_is_usual():
    mart = monthly(key=ROBBERY).mart()
    months = cell(mart, ALTSTADT, indicator="raub-faelle").earlier
    assert months  # the way of counting changed on 2023-01-01
    assert min(months) == Period.month(2023, 11)
    assert len(months) == 6


def test_a_source_of_whole_years_has_no_signals():
    mart = Facts().yearly("year|district_id|offence_key|cases\n2024|01|892000|120\n2025|01|892000|500").mart()
    found = Reader(mart, CHAIR).signals()
    assert (found.found, found.family) == ((), "")
    assert "Monatszahlen" in found.told


def test_a_district_that_does_not_exist_is_refused(quiet):
    with pytest.raises(InvalidQuestion):
        Reader(quiet, CHAIR).signals("99")


def test_what_is_found_by_looking_for_it_is_not_watched(quiet):
    catalogue = musterstadt()
    offences = {**catalogue.offences, VIOLENCE: catalogue.offences[VIOLENCE].model_copy(update={"control": True})}
    watched = {one.id for one, _ in watched_groups(quiet)}
    without = {one.id for one, _ in watched_groups(replace(quiet, catalogue=replace(catalogue, offences=offences)))}
    assert watched - without == {"gewalt-faelle"}


def test_every_watched_group_is_watched_once(quiet):
    series = [one for _, one in watched_groups(quiet)]
    assert len(series) == len(set(series))


# --- protected readers ----------------------------------------------------------------------------------------------


def test_the_public_is_told_of_the_city_only_for_months_of_districts_are_not_public(doubled):
    found = Reader(doubled, PUBLIC).signals()
    assert {signal.area for signal in found.found} <= {CITY}
    assert found.family.startswith("3\u00a0Monatswerte: 1\u00a0Deliktgruppe in Musterstadt")
    assert "nicht öffentlich" in found.told
    assert Reader(doubled, PUBLIC).signals(NORDSTADT).found == ()
    assert "vertraulich" in Reader(doubled, PUBLIC).signals(NORDSTADT).told


def test_a_council_is_told_of_its_own_district_and_of_no_other():
    mart = monthly({(NORDSTADT, 2025, 12): 45, (ALTSTADT, 2025, 12): 95}).mart()
    reader = Reader(mart, COUNCIL)
    assert {signal.area for signal in Reader(mart, CHAIR).signals().found} >= {NORDSTADT, ALTSTADT}
    assert {signal.area for signal in reader.signals().found} <= {NORDSTADT, CITY}
    assert [signal.area for signal in reader.signals(NORDSTADT).found] == [NORDSTADT]
    assert reader.signals(ALTSTADT).found == ()


def test_what_the_public_is_told_does_not_depend_on_how_the_city_is_divided(doubled):
    # the same city totals, other districts
    shifted = {
        (district, 2025, 12): cases for district, cases in {NORDSTADT: 12, HAFEN: 8 + 30 + (2025 + 24) % 3 - 1}.items()
    }
    other = monthly(shifted).mart()
    assert cell(other, CITY).count == cell(doubled, CITY).count
    assert Reader(other, PUBLIC).signals() == Reader(doubled, PUBLIC).signals()


def test_a_month_that_is_hidden_is_neither_told_nor_expected_from():
    nobody = dict.fromkeys(((district, 2024, 12) for district in USUAL), 0)
    mart = monthly(nobody | {(ALTSTADT, 2024, 12): 2}).mart()
    assert Reader(mart, CHAIR).signals(None).family
    found = Reader(mart, PUBLIC).signals()
    assert "Dezember 2025" not in found.family  # two cases in December 2024 are hidden, and three months rest on them
    assert "November 2025" not in found.family


def test_every_number_that_is_told_is_finite(doubled):
    for one in signal_cells(doubled):
        assert all(math.isfinite(value) for value in (one.expected, one.lower, one.upper, one.p))
        assert 0 <= one.lower <= one.upper
