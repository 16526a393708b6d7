"""Stuttgart on real files, from file to answer: what the published tables say must come out."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader, Status, VerdictCode
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.disclosure import Attack, readers
from sipa_data.marts import Mart
from sipa_data.periods import Period
from tests.real.lakes import mart_of

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def mart(tmp_path_factory) -> Mart:
    return mart_of(
        tmp_path_factory.mktemp("stuttgart"),
        "stuttgart",
        [
            ("bka-pks-kreise/2016_BKA-LKS-F-03-T01-Kreise_csv.csv", "bka-pks-kreise", Period.year(2016), {}),
            ("bka-pks-kreise/2019_KR-F-01-T01-Kreise-Faelle-HZ_csv.csv", "bka-pks-kreise", Period.year(2019), {}),
            (
                "stuttgart-gewalt-2025/stuttgart_gewalt_oeffentlicher_raum_2025.csv",
                "stuttgart-gewalt-oeffentlicher-raum",
                None,
                {},
            ),
            (
                "stuttgart-einwohner-1986/stuttgart_einwohner_altersgruppen_1986-06-30.csv",
                "stuttgart-einwohner",
                None,
                {},
            ),
        ],
    )


def values(mart: Mart, scope: Scope, indicator: str, **question: object) -> dict[str, dict[str, object]]:
    frame = Reader(mart, scope).ask(Question(indicator, **question)).observations
    return {row["district"]: row for row in frame.to_dict("records")}


@pytest.mark.parametrize(("year", "cases"), [(2016, 58_868), (2019, 54_347)])
def test_the_totals_are_those_the_federal_police_published(mart, year, cases):
    assert values(mart, Scope.chair(), "straftaten-insgesamt", period=Period.year(year))[CITY]["value"] == cases


@pytest.mark.parametrize("indicator", ["delikte-oepnv", "gewalt-oepnv"])
def test_the_federal_table_says_nothing_of_buses_and_trains_which_is_not_zero(mart, indicator):
    """It names keys (890000, 892000), but no kinds of place."""
    row = values(mart, Scope.chair(), indicator, period=Period.year(2019))[CITY]
    assert row["status"] == Status.not_collected
    assert "keine vollständige Lieferung" in row["reason"]


@pytest.mark.parametrize(("year", "lowest", "highest"), [(2016, 623_731, 623_758), (2019, 634_784, 634_834)])
def test_one_population_reproduces_every_published_rate_of_the_city(mart, year, lowest, highest):
    """Not circular: no population is in the file. Rates are printed as whole numbers, rounded half up."""
    start = Period.year(year).start
    rates = mart.connection.cursor().execute(
        "select c.cases, p.rate from incidents c join published_rates p using (offence_key, period_start) "
        "where c.source = 'pks' and c.period_start = ?",
        [start],
    ).fetchall()  # fmt: skip
    assert len(rates) > 35

    def reproduces(inhabitants: int) -> bool:
        return all(
            int((Decimal(cases) * 100_000 / inhabitants).quantize(Decimal(1), ROUND_HALF_UP)) == int(rate)
            for cases, rate in rates
        )

    fitting = [inhabitants for inhabitants in range(lowest - 500, highest + 501) if reproduces(inhabitants)]
    assert fitting
    assert lowest <= fitting[0] <= fitting[-1] <= highest


def test_no_rate_of_2019_is_computed_from_the_population_of_1986(mart):
    answer = Reader(mart, Scope.chair()).ask(Question("straftaten-insgesamt-rate", period=Period.year(2019)))
    assert answer.is_empty
    assert answer.observations.iloc[0]["reason"] == "keine Einwohnerzahl zum 01.01.2019"
    assert any("8.561" in note and "2019" in note for note in answer.notes)


def test_the_published_rate_stands_beside_and_is_not_mixed_in(mart):
    answer = Reader(mart, Scope.chair()).ask(Question("straftaten-insgesamt-rate", period=Period.year(2016)))
    assert any("9.438" in note and "nicht mit ihr vermischt" in note for note in answer.notes)
    assert answer.observations["value"].isna().all()


def test_violence_in_public_space_adds_up_with_what_has_no_district(mart):
    found = values(mart, Scope.chair(), "gewalt-oeffentlicher-raum", by_district=True)
    districts = sum(row["value"] for area, row in found.items() if area not in (CITY, NOT_LOCATABLE))
    assert (found[CITY]["value"], districts, found[NOT_LOCATABLE]["value"]) == (1_636, 1_577, 59)


@pytest.mark.parametrize(
    ("indicator", "cases"), [("raub-oeffentlicher-raum", 358), ("koerperverletzung-oeffentlicher-raum", 1_243)]
)
def test_its_parts_are_the_published_ones(mart, indicator, cases):
    assert values(mart, Scope.chair(), indicator)[CITY]["value"] == cases


def test_birkach_and_obertuerkheim_cannot_be_recovered_by_a_protected_reader(mart):
    """From what a protected reader receives, at least three whole numbers stay possible for each hidden cell."""
    shown = values(mart, Scope.public(), "gewalt-oeffentlicher-raum", by_district=True)
    true = values(mart, Scope.chair(), "gewalt-oeffentlicher-raum", by_district=True)
    hidden = {area for area in true if shown[area]["status"] == Status.suppressed}
    assert {"07", "15"} < hidden
    assert CITY not in hidden
    total = sum(int(true[area]["value"]) for area in hidden)
    assert total - len(hidden) >= 2  # from outside: each is at least 1 and may take what the others leave


def test_nor_by_any_one_or_two_councils_from_all_that_is_published(mart):
    cube, cuts = mart.pattern.cube, mart.pattern.cuts
    assert cuts.hidden.any()
    for reader in readers(cube)[::90]:
        assert Attack(cube, cuts, reader).narrow_cells() == []


def test_the_change_over_three_years_is_told_with_both_years(mart):
    verdict = Reader(mart, Scope.chair()).ask(Question("straftaten-insgesamt", period=Period.year(2019))).verdict_on()
    # ln(54347/58868) = −0.080; usual swing of all offences 6.2 %: within it
    assert verdict.code == VerdictCode.within_usual_swing
    assert "von 58.868 (2016) auf 54.347" in verdict.sentence
    assert "minus 8" in verdict.sentence


def test_every_indicator_of_the_catalogue_answers_or_says_why_not(mart):
    for indicator in mart.catalogue.indicators:
        for scope in (Scope.chair(), Scope.public()):
            frame = Reader(mart, scope).ask(Question(indicator, by_district=True, history=True)).observations
            empty = frame[frame["value"].isna()]
            assert len(frame) > 0
            assert empty["reason"].notna().all()
            assert empty[["lower", "upper", "n", "basis"]].isna().all().all()
