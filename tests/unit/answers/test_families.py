"""What a screen compares together is judged together."""

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader, VerdictCode
from sipa_data.answers.changes import changes
from sipa_data.answers.families import Family, judged_together
from sipa_data.areas import CITY
from tests.spec import reference
from tests.support.answers import RATE, answer, observe, verdict
from tests.support.facts import Facts

TEXTBOOK = (0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216)  # Benjamini & Hochberg (domain 5.7)
TEXTBOOK_Q = (0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.1057, 0.216, 0.216, 0.216)


def said(code, p, sentence="Raub: von 60 (2024) auf 90 Fälle (2025); mehr als von Jahr zu Jahr üblich."):
    return verdict(code, sentence, p=p, favourable=False)


def test_a_family_has_the_q_values_of_the_textbook():
    found = judged_together([said("rose", p) for p in TEXTBOOK], "10 Kennzahlen")
    assert [one.q for one in found] == pytest.approx(TEXTBOOK_Q, abs=1e-4)
    assert {one.family for one in found} == {"10 Kennzahlen"}


def test_a_finding_that_does_not_hold_among_all_is_told_as_one_of_many():
    first, *others = judged_together([said("rose", 0.04), *[said("within_chance", 0.6)] * 22], "23 Stadtbezirke")
    assert first.code is VerdictCode.one_of_many  # 0.04·23 = 0.92
    assert first.q == pytest.approx(0.6)
    assert first.sentence == (
        "Raub: von 60 (2024) auf 90 Fälle (2025); mehr als von Jahr zu Jahr üblich, "
        "unter 23 Vergleichen zugleich aber kein klarer Befund."
    )
    assert first.favourable is None
    assert {one.code for one in others} == {VerdictCode.within_chance}


def test_a_clear_finding_stays_one():
    first, *_ = judged_together([said("rose", 0.0001), *[said("within_chance", 0.6)] * 22], "23 Stadtbezirke")
    assert (first.code, first.favourable) == (VerdictCode.rose, False)
    assert first.q == pytest.approx(0.0023)


def test_what_was_not_tested_is_no_look():
    silent = verdict("no_comparison", "kein früherer Zeitraum.")
    found = judged_together([said("rose", 0.04), silent], "2 Kennzahlen")
    assert found == (said("rose", 0.04), silent)  # one test alone is no family


def test_an_answer_is_told_as_the_family_of_its_screen_says():
    answers = [
        answer(RATE.model_copy(update={"id": f"k{number}"}), observe(10), said("rose" if number == 0 else "fell", p))
        for number, p in enumerate((0.045, *[0.3] * 19))
    ]
    family = Family.of(answers)
    assert family.name == "20\u00a0Kennzahlen"
    assert family.applied(answers[0]).verdict_on().code is VerdictCode.one_of_many
    elsewhere = answer(RATE, observe(10), said("rose", 0.045))
    assert family.applied(elsewhere) is elsewhere
    assert "Gemeinsam geprüft: 20\u00a0Kennzahlen." in family.told


def test_without_a_second_look_nothing_is_adjusted_and_nothing_said():
    family = Family.of([answer(RATE, observe(10), said("rose", 0.045))])
    assert (family.name, family.told, family.judged) == ("", "", {})


def districts(*pairs):
    lines = [
        f"{year}|{place}|892000|{cases}" for place, two in pairs for year, cases in zip((2024, 2025), two, strict=True)
    ]
    return "year|district_id|offence_key|cases\n" + "\n".join(lines)


def test_the_districts_of_one_indicator_are_a_family_and_the_city_stands_alone():
    spec = districts(("01", (100, 160)), ("02", (40, 38)), ("03", (60, 61)), ("04", (30, 30)))
    found = Reader(Facts().yearly(spec).mart(), Scope.chair()).ask(Question("gewalt-faelle").everywhere())
    areas = ("01", "02", "03", "04")
    p = [reference.change(*pair, 0.05, 6)[2] for pair in ((100, 160), (40, 38), (60, 61), (30, 30))]
    assert [found.verdict_on(area).q for area in areas] == pytest.approx(reference.q_values(p), abs=1e-6)
    assert {found.verdict_on(area).family for area in areas} == {"4 Stadtbezirke"}
    assert (found.verdict_on(CITY).q, found.verdict_on(CITY).family) == (None, None)


def test_the_findings_of_a_place_are_judged_together_and_say_so():
    spec = districts(("01", (60, 92))) + "\n2024|01|***300|5000\n2025|01|***300|5000"
    reader = Reader(Facts().yearly(spec).mart(), Scope.chair())
    found = changes(reader, [Question("gewalt-faelle"), Question("diebstahl-faelle")])
    assert found.family.name == "2\u00a0Leitkennzahlen"  # both lead their city or a field
    alone = reader.ask(Question("gewalt-faelle")).verdict_on()
    together = found.family.applied(reader.ask(Question("gewalt-faelle"))).verdict_on()
    assert alone.q is None
    assert together.q == pytest.approx(2 * alone.p)


def test_lead_indicators_are_a_family_of_their_own():
    answers = [
        answer(RATE.model_copy(update={"id": f"k{number}"}), observe(10), said("rose" if number == 0 else "fell", p))
        for number, p in enumerate((0.03, 0.3, 0.4, *[0.3] * 20))
    ]
    family = Family.of(answers, announced={"k0", "k1", "k2"})
    assert family.name == "3\u00a0Leitkennzahlen; für sich 20\u00a0weitere Kennzahlen"
    lead = family.applied(answers[0]).verdict_on()
    assert (lead.code, lead.q, lead.family) == (
        VerdictCode.rose,
        pytest.approx(0.09),
        "3\u00a0Leitkennzahlen",
    )  # 0.03·3
    assert Family.of(answers).applied(answers[0]).verdict_on().code is VerdictCode.one_of_many  # 0.03·23 and more


def test_a_lead_indicator_alone_needs_no_adjustment():
    answers = [
        answer(RATE.model_copy(update={"id": f"k{number}"}), observe(10), said("rose", 0.04)) for number in range(3)
    ]
    family = Family.of(answers, announced={"k0"})
    assert family.applied(answers[0]) is answers[0]
    assert family.name == "2\u00a0weitere Kennzahlen"
