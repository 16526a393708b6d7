"""Spec tables of victims and suspects: rates of their age group, shares, and what protected readers receive."""

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Answer, Question, Reader, Status, VerdictCode
from sipa_data.areas import CITY
from sipa_data.periods import Period
from tests.spec import reference
from tests.support.facts import Facts

# In the city by sex, in districts for both sexes; groups without persons have no row. A suspect of two districts counts
# once in the city: 60 + 12 + 3 + 41 of 14 to 20 years are 116, in the city there are 110.
PERSONS = """
    kind           | district_id | age_group | sex | persons
    suspect        |             | 14-17     | w   | 20
    suspect        |             | 14-17     | m   | 40
    suspect        |             | 18-20     | m   | 50
    suspect        |             | 21-24     | m   | 70
    suspect        | 01          | 14-17     |     | 25
    suspect        | 01          | 18-20     |     | 35
    suspect        | 02          | 14-17     |     | 12
    suspect        | 03          | 18-20     |     |  3
    suspect        | 04          | 14-17     |     | 21
    suspect        | 04          | 18-20     |     | 20
    repeat_suspect |             | 14-17     | m   |  9
    repeat_suspect |             | 18-20     | m   |  6
    repeat_suspect | 01          | 14-17     |     |  8
    repeat_suspect | 04          | 18-20     |     | 38
    victim         |             | 0-13      |     | 22
    victim         | 01          | 0-13      |     | 14
    victim         | 02          | 0-13      |     |  2
    victim         | 04          | 0-13      |     |  6
"""
PEOPLE = """
    district_id | age_group | sex | inhabitants
    01          | 0-5       |     | 1000
    01          | 6-13      |     | 1400
    01          | 14-17     |     |  700
    01          | 18-20     |     |  500
    02          | 0-5       |     | 2000
    02          | 6-13      |     | 2200
    02          | 14-17     |     |  900
    02          | 18-20     |     | 1100
    03          | 6-13      |     |  600
    03          | 14-17     |     |  300
    03          | 18-20     |     |  200
    04          | 6-13      |     | 3000
    04          | 14-17     |     | 1500
    04          | 18-20     |     | 1200
"""


def recorded(facts: Facts, year: int, spec: str = PERSONS) -> Facts:
    days = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    return facts.add("person_counts", spec, source="pks", offence_key="892000", **days)


def living(facts: Facts, year: int, basis: str = "register") -> Facts:
    return facts.add("population", PEOPLE, reference_date=f"{year - 1}-12-31", source=basis, basis=basis)


@pytest.fixture(scope="module")
def mart(every_kind):
    return living(recorded(Facts(), 2025), 2025).mart(every_kind)


def ask(mart, indicator="verdaechtige-jung", scope=None, **question) -> Answer:
    return Reader(mart, scope or Scope.chair()).ask(Question(indicator, **question))


def only(answer: Answer, district: str = CITY) -> dict[str, object]:
    rows = answer.observations[answer.observations["district"] == district]
    assert len(rows) == 1
    return rows.iloc[0].to_dict()


def statuses(answer: Answer) -> dict[str, str]:
    return dict(zip(answer.observations.district, answer.observations.status, strict=True))


@pytest.mark.parametrize(
    ("district", "persons", "inhabitants"),
    [(CITY, 20 + 40 + 50, 3400 + 3000), ("01", 60, 1200), ("02", 12, 2000), ("03", 3, 500)],
)
def test_a_rate_of_persons_divides_by_the_inhabitants_of_the_same_ages(mart, district, persons, inhabitants):
    row = only(ask(mart, by_district=True), district)
    assert (row["value"], row["lower"], row["upper"]) == pytest.approx(reference.rate(persons, inhabitants))
    assert row["n"] == persons
    assert row["basis"].startswith(f"{persons}\u00a0Personen; ")
    assert row["basis"].endswith("Einwohner (14 bis 20 Jahre) am 31.12.2024 (Melderegister)")


def test_the_city_has_a_number_of_its_own_and_is_no_sum_of_districts(mart):
    found = ask(mart, by_district=True).observations
    assert only(ask(mart))["n"] == 110
    assert found[found.district != CITY].n.sum() == 116


def test_age_groups_of_the_population_are_put_together_where_they_fit(mart):
    row = only(ask(mart, "opfer-kinder", by_district=True), "01")
    assert row["value"] == pytest.approx(14 * 100_000 / (1000 + 1400))
    assert "unter 14 Jahren" in row["basis"]


def test_a_group_that_was_not_delivered_for_an_area_has_no_persons_there(mart):
    row = only(ask(mart, "opfer-kinder", by_district=True), "03")
    assert (row["value"], row["n"], row["status"]) == (0, 0, Status.ok)


def test_without_inhabitants_of_these_ages_there_is_no_rate(every_kind):
    whole = "reference_date|district_id|inhabitants\n2024-12-31|01|24000"
    mart = recorded(Facts(), 2025).add("population", whole, source="a", basis="register").mart(every_kind)
    row = only(ask(mart))
    assert row["status"] == Status.not_collected
    assert row["reason"] == "keine Einwohnerzahl für 14 bis 20 Jahre zum 31.12.2024"


def test_a_sex_is_taken_from_rows_of_that_sex_only(every_kind):
    victims = "district_id|age_group|sex|persons\n|0-13|w|5\n|14+|w|30\n|0-13|m|8\n|14+|m|60"
    people = "district_id|age_group|sex|inhabitants\n01|0-13|w|1000\n01|14+|w|4000\n01|0-13|m|1100\n01|14+|m|4100"
    facts = Facts().add(
        "person_counts", victims, source="pks", offence_key="***300", kind="victim",
        period_start="2025-01-01", period_end="2025-12-31",
    )  # fmt: skip
    facts.add("population", people, reference_date="2024-12-31", source="a", basis="register")
    row = only(ask(facts.mart(every_kind), "opfer-frauen"))
    assert row["value"] == pytest.approx(35 * 100_000 / 5000)
    assert "Einwohner (weiblich)" in row["basis"]


def test_a_share_of_persons_says_of_how_many_and_why_it_has_no_interval(mart):
    row = only(ask(mart, "mehrfach"))
    assert row["value"] == pytest.approx(100 * (9 + 6) / 110)
    assert (row["n"], row["basis"]) == (110, "15 von 110\u00a0Personen")
    assert "Vollzählung" in row["reason"]


def test_a_share_of_fewer_than_twenty_persons_is_not_given(mart):
    row = only(ask(mart, "mehrfach", by_district=True), "02")  # of 12
    assert (row["status"], row["reason"]) == (Status.unreliable, "weniger als 20 Personen")


# --- verdicts -------------------------------------------------------------------------------------------------------


def test_the_change_of_a_rate_is_judged_by_both_yardsticks(every_kind):
    facts = living(living(recorded(recorded(Facts(), 2025), 2024, PERSONS.replace("50", "20")), 2024), 2025)
    answer = ask(facts.mart(every_kind), history=True)
    assert list(answer.observations.n) == [80, 110]
    _, _, p, lower, upper = reference.change(80, 110, 0.05, 6)
    before = 80 * 100_000 / 6400
    verdict = answer.verdict_on()
    assert (verdict.code, p < 0.05) == (VerdictCode.rose, True)
    assert (verdict.lower, verdict.upper) == pytest.approx((before * (lower - 1), before * (upper - 1)), rel=1e-6)
    assert verdict.favourable is False


def test_rates_on_two_footings_of_the_population_are_not_compared(every_kind):
    facts = living(living(recorded(recorded(Facts(), 2025), 2024), 2024), 2025, basis="census_2022")
    assert ask(facts.mart(every_kind)).verdict_on().code == VerdictCode.break_in_series


def test_no_rest_of_the_city_can_be_formed(mart):
    verdict = ask(mart, districts=("01",), compare_with="rest").verdict_on("01")
    assert verdict.code == VerdictCode.not_comparable
    assert "eine übrige Stadt lässt sich daraus nicht bilden" in verdict.sentence


def test_a_question_about_a_part_of_the_year_is_answered_with_the_year_before(mart):
    assert ask(mart, period=Period.quarter(2026, 1)).period == Period.year(2025)
    early = only(ask(mart, period=Period.quarter(2025, 1)))
    assert (early["status"], early["reason"]) == (
        Status.not_collected, "bis 1. Quartal 2025 liegt dazu keine Lieferung vor",
    )  # fmt: skip


# --- who may see it -------------------------------------------------------------------------------------------------


def test_one_to_four_persons_are_hidden_from_the_public_and_zeros_are_shown(mart):
    found = statuses(ask(mart, scope=Scope.public(), by_district=True))
    assert found == {CITY: Status.ok, "01": Status.ok, "02": Status.ok, "03": Status.suppressed, "04": Status.ok}
    row = only(ask(mart, scope=Scope.public(), by_district=True), "03")
    assert row["reason"] == "vertraulich"
    assert all(row[column] is None or row[column] != row[column] for column in ("value", "lower", "n", "basis"))


def test_where_districts_add_up_to_the_city_the_hidden_one_cannot_be_had_by_subtraction(mart):
    # 14 + 2 + 0 + 6 victims are all 22 of the city: with district 02 hidden alone, everybody could subtract. Hiding all
    # three would not do either: two councils who compare notes would know the third. So no district is shown at all.
    found = statuses(ask(mart, "opfer-kinder", scope=Scope.public(), by_district=True))
    assert found == {CITY: Status.ok} | dict.fromkeys(("01", "02", "03", "04"), Status.suppressed)


def test_a_share_is_hidden_where_those_outside_it_are_few(every_kind):
    # In district 04 38 of 41 suspects came to notice repeatedly: the other three would be known to everybody.
    mart = living(recorded(Facts(), 2025), 2025).mart(every_kind)
    assert statuses(ask(mart, "mehrfach", by_district=True))["04"] == Status.ok
    assert statuses(ask(mart, "mehrfach", scope=Scope.public(), by_district=True))["04"] == Status.suppressed
    assert statuses(ask(mart, "mehrfach", scope=Scope.public(), by_district=True))["01"] == Status.ok  # 8 of 60


def test_a_council_sees_the_persons_of_its_own_district(mart):
    council = Scope(Role.district, full_detail=False, own_districts=frozenset({"03"}))
    found = ask(mart, scope=council, by_district=True)
    assert only(found, "03")["n"] == 3


def test_a_step_outside_the_closed_cuts_is_not_given_to_a_protected_reader(every_kind):
    days = {"period_start": "2025-03-01", "period_end": "2025-03-31"}
    facts = Facts().add("person_counts", PERSONS, source="pks", offence_key="892000", **days)
    mart = living(facts, 2025).mart(every_kind)
    month = {"period": Period.month(2025, 3), "by_district": True}
    assert only(ask(mart, **month), "01")["n"] == 60
    public = statuses(ask(mart, scope=Scope.public(), **month))
    assert public[CITY] == Status.ok  # city by month is a cut
    assert public["01"] == Status.suppressed  # district by month is none
