"""Spec tables of rare events: the average of three years, its interval, its comparisons, and who may see it."""

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Answer, Question, Reader, Status, VerdictCode
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.periods import Period
from tests.spec import reference
from tests.support.facts import Facts

YEARS = (2020, 2021, 2022, 2023, 2024, 2025)
CASES = {  # year by year
    "01": (20, 25, 30, 60, 66, 69),
    "02": (12, 9, 15, 11, 12, 10),
    "03": (4, 0, 5, 3, 1, 4),
    "04": (7, 6, 8, 5, 9, 7),
    "": (1, 0, 2, 3, 5, 1),
}
INHABITANTS = {"01": 20_000, "02": 30_000, "03": 10_000, "04": 40_000}


def facts(key: str = "222000", years: tuple[int, ...] = YEARS) -> Facts:
    lines = [
        f"{year}|{district}|{key}|{cases[YEARS.index(year)]}"
        for district, cases in CASES.items()
        for year in years
        if cases[YEARS.index(year)]
    ]
    return Facts().yearly("year|district_id|offence_key|cases\n" + "\n".join(lines))


def with_people(found: Facts, *, census_from: int = 9999) -> Facts:
    for year in YEARS:
        lines = [
            f"{year - 1}-12-31|{district}|{count + 100 * (year - 2020)}" for district, count in INHABITANTS.items()
        ]
        basis = "census_2022" if year >= census_from else "register"
        spec = "reference_date|district_id|inhabitants\n" + "\n".join(lines)
        found.add("population", spec, source=basis, basis=basis)
    return found


@pytest.fixture(scope="module")
def mart(every_kind):
    return with_people(facts()).mart(every_kind)


def ask(mart, scope=None, indicator="koerperverletzung-drei-jahre", **question) -> Answer:
    return Reader(mart, scope or Scope.chair()).ask(Question(indicator, **question))


def only(answer: Answer, district: str = CITY) -> dict[str, object]:
    rows = answer.observations[answer.observations["district"] == district]
    assert len(rows) == 1
    return rows.iloc[0].to_dict()


@pytest.mark.parametrize("district", [CITY, "01", "03", NOT_LOCATABLE])
def test_the_value_is_the_yearly_average_of_three_years_with_the_interval_of_all_their_cases(mart, district):
    row = only(ask(mart, by_district=True), district)
    key = {CITY: None, NOT_LOCATABLE: ""}.get(district, district)
    cases = sum(sum(counts[3:]) for place, counts in CASES.items() if key in (None, place))
    lower, upper = reference.count_interval(cases)
    assert (row["value"], row["lower"], row["upper"]) == pytest.approx((cases / 3, lower / 3, upper / 3))
    assert row["n"] == cases
    assert row["basis"] == f"{cases}\u00a0Fälle in 3 Jahren (2023 bis 2025)"
    assert (row["period_start"].year, row["period_end"].year) == (2023, 2025)


def test_a_rate_of_three_years_divides_all_cases_by_all_their_inhabitants(mart):
    row = only(ask(mart, indicator="koerperverletzung-drei-jahre-rate", by_district=True), "02")
    people = [30_000 + 100 * years for years in (3, 4, 5)]
    value, lower, upper = reference.rate(11 + 12 + 10, sum(people))
    assert (row["value"], row["lower"], row["upper"]) == pytest.approx((value, lower, upper))
    assert row["basis"] == "33\u00a0Fälle in 3 Jahren (2023 bis 2025); im Mittel 30.400 Einwohner (Melderegister)"


def test_only_spans_that_do_not_overlap_stand_beside_each_other(mart):
    shown = ask(mart, history=True).observations
    assert list(shown.period_start.dt.year) == [2020, 2023]
    assert list(shown.period_end.dt.year) == [2022, 2025]


def test_the_change_is_judged_with_the_wider_swing_of_averages(mart):
    verdict = ask(mart, districts=("01",)).verdict_on("01")
    before, now = 20 + 25 + 30, 60 + 66 + 69
    sigma = reference.swing_of_spans(0.05, 3)
    assert sigma == pytest.approx(0.05 * (19 / 9) ** 0.5)
    _, _, p, lower, upper = reference.change(before, now, sigma, 6)
    assert p < 0.001
    assert verdict.code == VerdictCode.rose
    assert (verdict.lower, verdict.upper) == pytest.approx((25 * (lower - 1), 25 * (upper - 1)), rel=1e-6)
    assert verdict.sentence == (
        "Verletzung im Dreijahresmittel, Stadtbezirk Altstadt: von 25,0 (2020 bis 2022) auf 65,0\u00a0Fälle im Jahr "
        "(2023 bis 2025), plus 160\u202f%; mehr als zwischen zwei solchen Zeiträumen üblich."
    )
    assert verdict.compared_period == Period.years(2020, 2022)


def test_a_question_about_a_year_is_answered_with_the_three_years_that_end_with_it(mart):
    answer = ask(mart, period=Period.year(2024), history=True)
    assert answer.period == Period.years(2022, 2024)
    assert only(ask(mart, period=Period.year(2024)))["value"] == pytest.approx(
        sum(counts[year] for counts in CASES.values() for year in (2, 3, 4)) / 3
    )
    assert ask(mart, period=Period.month(2023, 6)).period == Period.years(2020, 2022)


def test_two_years_are_not_enough(every_kind):
    row = only(ask(facts(years=(2024, 2025)).mart(every_kind)))
    assert (row["status"], row["reason"]) == (Status.not_collected, "dafür liegen keine drei vollständigen Jahre vor")


def test_years_on_both_sides_of_a_break_have_no_average(every_kind):
    mart = facts("210000").mart(every_kind)  # counted in a new way since 2023
    whole = ask(mart, indicator="bruch-drei-jahre")
    torn = ask(mart, indicator="bruch-drei-jahre", period=Period.year(2024))
    assert only(whole)["status"] == Status.ok
    assert whole.verdict_on().code == VerdictCode.break_in_series
    assert only(torn)["status"] == Status.not_collected
    assert only(torn)["reason"] == "in diese Jahre fällt ein Bruch der Reihe (Neue Zählweise beim Raub)"


def test_rates_on_two_footings_of_the_population_are_not_compared(every_kind):
    mart = with_people(facts(), census_from=2022).mart(every_kind)
    answer = ask(mart, indicator="koerperverletzung-drei-jahre-rate", period=Period.year(2023))
    assert "Melderegister, Fortschreibung auf Basis Zensus 2022" in only(answer)["basis"]
    answer = ask(mart, indicator="koerperverletzung-drei-jahre-rate")
    assert answer.verdict_on().code == VerdictCode.break_in_series


def test_a_protected_reader_sees_an_average_only_where_each_of_its_years_may_be_seen(mart):
    public, chair = (ask(mart, scope, by_district=True).observations for scope in (Scope.public(), Scope.chair()))
    shown = dict(zip(public.district, public.status, strict=True))
    assert set(chair.status) == {Status.ok}
    assert shown["03"] == Status.suppressed  # one case in 2024
    assert shown["01"] == shown[CITY] == Status.ok
    for year in (2023, 2024, 2025):
        hidden = {
            cell.area
            for cell in mart.pattern.hidden()
            if (cell.series.offence_keys, cell.period) == (("222000",), Period.year(year))
        }
        assert all(shown[area] == Status.suppressed for area in hidden)
    assert ask(mart, Scope.public(), districts=("03",)).verdict_on("03") is None


def test_a_council_sees_the_average_of_its_own_district(mart):
    council = Scope(Role.district, full_detail=False, own_districts=frozenset({"03"}))
    assert only(ask(mart, council, by_district=True), "03")["value"] == pytest.approx(8 / 3)


def test_the_note_says_what_the_number_is(mart):
    notes = ask(mart).notes
    assert any(note.startswith("Mittel aus drei Jahren") for note in notes)
    assert "9 von 266\u00a0Fällen sind keinem Stadtbezirk zugeordnet; in der Gesamtzahl sind sie enthalten." in notes
