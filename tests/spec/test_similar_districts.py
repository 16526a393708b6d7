"""A district beside the districts that the catalogue counts as similar: the facts, and what is said of them."""

from dataclasses import replace

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Answer, Question, Reader, VerdictCode
from sipa_data.areas import CITY
from sipa_data.catalogue import Catalogue
from sipa_data.marts import Mart
from tests.spec import reference
from tests.spec.test_counts_rates_clearance import POPULATION, VIOLENCE
from tests.support.facts import Facts, musterstadt

ALTSTADT, NORDSTADT, SUEDSTADT, HAFEN = "01", "02", "03", "04"
CHAIR = Scope.chair()


def with_types(catalogue: Catalogue, **types: str) -> Catalogue:
    """The same city with districts of other types: ``d01="innen"``."""
    kinds = {name.removeprefix("d"): kind for name, kind in types.items()}
    known = catalogue.district_types["wohnen"]
    districts = {
        key: one.model_copy(update={"type": kinds.get(key, one.type)}) for key, one in catalogue.districts.items()
    }
    found = {
        kind: known.model_copy(update={"id": kind, "title": f"Typ {kind}"}) for kind in {"wohnen", *kinds.values()}
    }
    return replace(catalogue, districts=districts, district_types=found)


def facts() -> Facts:
    return Facts().yearly(VIOLENCE).add("population", POPULATION, source="register", basis="register")


@pytest.fixture(scope="module")
def mart() -> Mart:
    return facts().mart()


def asked(mart: Mart, *districts: str, scope: Scope = CHAIR, indicator: str = "gewalt-rate", **more: object) -> Answer:
    return Reader(mart, scope).ask(Question(indicator, districts=districts, compare_with="similar", **more))


def test_the_own_district_is_not_part_of_what_it_is_held_against(mart):
    verdict = asked(mart, ALTSTADT).verdict_on(ALTSTADT)
    # 160 per 20,000 = 800; the three others: 38 + 8 + 30 = 76 cases per 31,000 + 10,000 + 39,000 = 80,000 → 95
    assert verdict.code == VerdictCode.above
    assert verdict.difference == pytest.approx(800 - 95)
    assert verdict.sentence == (
        "Gewaltkriminalität, Stadtbezirk Altstadt: 800\u00a0je 100.000, ähnliche Stadtbezirke: 95\u00a0je 100.000 "
        "(Nordstadt, Südstadt und Hafen); der Unterschied ist größer als Zufall."
    )
    assert verdict.short == "höher als ähnliche Stadtbezirke (95)"
    assert verdict.favourable is False


def test_cases_without_a_district_belong_to_no_similar_district(mart):
    # against the rest of the city the 4 cases without a district count: 80 per 80,000 = 100 and not 95
    rest = Reader(mart, CHAIR).ask(Question("gewalt-rate", districts=(ALTSTADT,), compare_with="rest"))
    assert rest.verdict_on(ALTSTADT).difference == pytest.approx(800 - 100)


def test_the_test_is_the_one_against_the_rest_with_other_counts(mart):
    verdict = asked(mart, ALTSTADT).verdict_on(ALTSTADT)
    # prior σ of the indicator 0.05 with six degrees of freedom: one own transition is too few to learn from
    _, _, p, lower, upper = reference.change(76, 160, 0.05, 6, exposure_before=80_000, exposure_after=20_000)
    assert verdict.p == pytest.approx(p, rel=1e-6, abs=1e-12)
    assert (verdict.lower, verdict.upper) == pytest.approx((95 * (lower - 1), 95 * (upper - 1)))


def test_only_districts_of_the_same_type_count():
    mart = facts().mart(with_types(musterstadt(), d01="hafen", d04="hafen"))
    verdict = asked(mart, ALTSTADT).verdict_on(ALTSTADT)
    assert verdict.difference == pytest.approx(160 / 20_000 * 1e5 - 30 / 39_000 * 1e5)
    assert "(Hafen)" in verdict.sentence


def test_a_district_alone_in_its_type_is_held_against_nothing():
    verdict = asked(facts().mart(with_types(musterstadt(), d01="hafen")), ALTSTADT).verdict_on(ALTSTADT)
    assert verdict.code == VerdictCode.no_comparison
    assert verdict.sentence.endswith("Stadtbezirk Altstadt: die Vergleichsgruppe hat kein weiteres Mitglied.")
    assert verdict.difference is None


def test_where_a_similar_district_has_no_inhabitants_nothing_is_compared():
    population = "\n".join(line for line in POPULATION.splitlines() if "| 03 " not in line)
    mart = Facts().yearly(VIOLENCE).add("population", population, source="register", basis="register").mart()
    verdict = asked(mart, ALTSTADT).verdict_on(ALTSTADT)
    assert verdict.code == VerdictCode.no_comparison
    assert "in der Vergleichsgruppe fehlt der Wert von Südstadt" in verdict.sentence


def test_the_whole_city_is_similar_to_nothing(mart):
    answer = asked(mart, by_district=True)
    assert answer.verdict_on(CITY) is None
    assert len(answer.verdicts) == 4
    assert {verdict.family for verdict in answer.verdicts} == {"4 Stadtbezirke"}


def test_counts_and_clearance_are_not_held_against_places_of_another_size(mart):
    for indicator in ("gewalt-faelle", "aufklaerung"):
        verdict = asked(mart, ALTSTADT, indicator=indicator).verdict_on(ALTSTADT)
        assert verdict.code == VerdictCode.not_comparable
        assert "Häufigkeiten" in verdict.sentence


# --- protected readers ----------------------------------------------------------------------------------------------

FEW = """
    year | district_id | offence_key | cases
    2025 | 01          | 892000      | 160
    2025 | 02          | 892000      |  38
    2025 | 03          | 892000      |   2
    2025 | 04          | 892000      |  30
"""


def test_a_confidential_similar_district_cannot_be_had_by_subtraction():
    mart = Facts().yearly(FEW).add("population", POPULATION, source="register", basis="register").mart()
    council = Scope(Role.district, full_detail=False, own_districts=frozenset({ALTSTADT}))
    for scope in (Scope.public(), council):
        answer = asked(mart, scope=scope, by_district=True)
        shown = answer.observations.set_index("district")["status"]
        hidden = set(shown.index[shown == "suppressed"])
        assert SUEDSTADT in hidden
        for district in set(mart.catalogue.districts) - hidden:
            verdict = answer.verdict_on(district)
            assert verdict.code == VerdictCode.no_comparison
            assert "fehlt der Wert von" in verdict.sentence
            assert (verdict.difference, verdict.lower, verdict.upper, verdict.p) == (None, None, None, None)
    assert asked(mart, ALTSTADT).verdict_on(ALTSTADT).code == VerdictCode.above  # the chair sees all of it


# --- surveys --------------------------------------------------------------------------------------------------------


def survey(unsafe: dict[str, tuple[int, int]], catalogue: Catalogue | None = None) -> Mart:
    """One wave; district → (unsafe, asked), all with the weight 1."""
    facts = Facts()
    facts.add("survey_waves", "wave_id|title|field_start|field_end\nw|Befragung 2025|2025-10-01|2025-11-30")
    people, answers, number = ["wave_id|respondent|district_id|weight"], ["wave_id|respondent|item_id|answer"], 0
    for district, (counted, size) in unsafe.items():
        for place in range(size):
            number += 1
            people.append(f"w|{number}|{district}|1.0")
            answers.append(f"w|{number}|nachts|{'4' if place < counted else '1'}")
    facts.add("survey_respondents", "\n".join(people))
    facts.add("survey_answers", "\n".join(answers), scale_id="sicher4")
    return facts.mart(catalogue)


def test_a_share_is_held_against_all_answers_of_the_similar_districts():
    mart = survey({ALTSTADT: (80, 200), NORDSTADT: (20, 200), SUEDSTADT: (24, 150), HAFEN: (6, 50)})
    verdict = asked(mart, ALTSTADT, indicator="unsicher-nachts").verdict_on(ALTSTADT)
    # 80 of 200 against 20 + 24 + 6 = 50 of 400
    difference, lower, upper = reference.newcombe(80 / 200, 200, 50 / 400, 400)
    assert verdict.code == VerdictCode.above
    assert (verdict.difference, verdict.lower, verdict.upper) == pytest.approx(
        (100 * difference, 100 * lower, 100 * upper)
    )
    assert "ähnliche Stadtbezirke: 12,5\u202f% (Nordstadt, Südstadt und Hafen)" in verdict.sentence


def test_few_answers_of_one_similar_district_still_count_among_the_others():
    mart = survey({ALTSTADT: (80, 200), NORDSTADT: (20, 200), SUEDSTADT: (24, 150), HAFEN: (1, 9)})
    verdict = asked(mart, ALTSTADT, indicator="unsicher-nachts").verdict_on(ALTSTADT)
    assert verdict.difference == pytest.approx(100 * (80 / 200 - 45 / 359))


def test_where_nobody_was_asked_in_a_similar_district_nothing_is_compared():
    mart = survey({ALTSTADT: (80, 200), NORDSTADT: (20, 200), SUEDSTADT: (24, 150)})
    verdict = asked(mart, ALTSTADT, indicator="unsicher-nachts").verdict_on(ALTSTADT)
    assert verdict.code == VerdictCode.no_comparison
    assert "fehlt der Wert von Hafen" in verdict.sentence


def test_a_district_with_too_few_answers_is_not_judged():
    mart = survey({ALTSTADT: (4, 12), NORDSTADT: (20, 200), SUEDSTADT: (24, 150), HAFEN: (6, 50)})
    verdict = asked(mart, ALTSTADT, indicator="unsicher-nachts").verdict_on(ALTSTADT)
    assert verdict.code == VerdictCode.too_few


def test_a_district_alone_in_its_type_is_held_against_nothing_in_surveys_too():
    unsafe = {ALTSTADT: (80, 200), NORDSTADT: (20, 200), SUEDSTADT: (24, 150), HAFEN: (6, 50)}
    mart = survey(unsafe, with_types(musterstadt(), d01="hafen"))
    verdict = asked(mart, ALTSTADT, indicator="unsicher-nachts").verdict_on(ALTSTADT)
    assert verdict.code == VerdictCode.no_comparison
    assert "kein weiteres Mitglied" in verdict.sentence


# --- registers ------------------------------------------------------------------------------------------------------


def test_a_share_of_registers_is_held_against_the_sums_of_the_similar_districts(every_kind):
    reports = {ALTSTADT: (108, 120), NORDSTADT: (60, 100), SUEDSTADT: (45, 80), HAFEN: (30, 60)}
    verdict = asked(registers(every_kind, reports), ALTSTADT, indicator="muell-schnell").verdict_on(ALTSTADT)
    # 108 of 120 against 60 + 45 + 30 = 135 of 240
    difference, lower, upper = reference.newcombe(108 / 120, 120, 135 / 240, 240)
    assert (verdict.difference, verdict.lower, verdict.upper) == pytest.approx(
        (100 * difference, 100 * lower, 100 * upper)
    )
    assert verdict.code == VerdictCode.above


def test_a_similar_district_without_reports_leaves_registers_uncompared(every_kind):
    reports = {ALTSTADT: (108, 120), NORDSTADT: (60, 100), SUEDSTADT: (45, 80)}
    verdict = asked(registers(every_kind, reports), ALTSTADT, indicator="muell-schnell").verdict_on(ALTSTADT)
    assert verdict.code == VerdictCode.no_comparison
    assert "fehlt der Wert von Hafen" in verdict.sentence


def registers(catalogue: Catalogue, reports: dict[str, tuple[int, int]]) -> Mart:
    lines = [
        f"{register}|2025-01-01|2025-12-31|{district}|{value}|"
        for district, pair in reports.items()
        for register, value in zip(("schnell", "meldungen"), pair, strict=True)
    ]
    head = "register|period_start|period_end|district_id|value|unit"
    return Facts().add("register_values", "\n".join([head, *lines])).mart(catalogue)
