"""City values of a survey whose weights give the districts another share than their inhabitants have.

Spec tables against the plain-Python reference: share, mean, gap, rest of the city; when weights are left as they are;
districts where nobody, or hardly anybody, was asked; and what readers are told.
"""

from dataclasses import dataclass

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Answer, Question, Reader, Status, VerdictCode
from sipa_data.areas import CITY
from sipa_data.marts import Mart
from sipa_data.statistics import UnusableNumbers
from tests.spec import reference, survey_reference
from tests.support.facts import Facts

UNSAFE, GRADES = ("3", "4"), {"1": 1, "2": 2, "3": 4, "4": 6}
INHABITANTS = {"01": 1_000, "02": 6_000, "03": 2_000, "04": 1_000}


@dataclass(frozen=True)
class Group:
    """So many respondents of one district and sex with the same weight and answer."""

    district: str
    people: int
    answer: str | None  # None: don't know
    sex: str = "w"
    weight: float = 1.0


# As many asked in each district, whether a tenth or six tenths of the city live there.
NOW = [
    Group("01", 60, "4"), Group("01", 60, "1", "m"),
    Group("02", 30, "3"), Group("02", 60, "1", weight=1.5), Group("02", 50, "1", "m"), Group("02", 10, "4", "m"),
    Group("03", 20, "3", weight=0.5), Group("03", 40, "2"), Group("03", 30, "1", "m"), Group("03", 10, None),
    Group("04", 50, "1"), Group("04", 35, "2", "m"), Group("04", 5, "4", "m"),
]  # fmt: skip
EARLIER = [
    Group("01", 70, "4"), Group("01", 50, "1", "m"), Group("02", 60, "3"), Group("02", 60, "1", "m"),
    Group("03", 30, "3"), Group("03", 90, "2"), Group("04", 60, "1"), Group("04", 60, "2", "m"),
]  # fmt: skip


def asked(groups: list[Group], year: int = 2025, facts: Facts | None = None, min_age: str = "") -> Facts:
    facts, wave = facts or Facts(), f"w{year}"
    head = "wave_id|title|field_start|field_end|responded|min_age"
    facts.add("survey_waves", f"{head}\n{wave}|Befragung {year}|{year}-10-01|{year}-11-30|0|{min_age}")
    people = [group for group in groups for _ in range(group.people)]
    facts._insert("survey_respondents", [
        {"wave_id": wave, "respondent": number, "district_id": one.district or None, "weight": one.weight}
        for number, one in enumerate(people)
    ])  # fmt: skip
    answers = []
    for number, one in enumerate(people):
        who, missing = {"wave_id": wave, "respondent": number}, None if one.answer else "dont_know"
        grade = str(GRADES[one.answer]) if one.answer else None
        answers += [
            who | {"item_id": "nachts", "scale_id": "sicher4", "answer": one.answer, "missing": missing},
            who | {"item_id": "note", "scale_id": "schulnote", "answer": grade, "missing": missing},
            who | {"item_id": "geschlecht", "scale_id": "geschlecht", "answer": one.sex, "missing": None},
        ]
    facts._insert("survey_answers", answers)
    return facts


def settled(facts: Facts, inhabitants: dict[str, int], age_group: str = "", year: int = 2025) -> Facts:
    rows = "\n".join(f"{district}|{count}|{age_group}" for district, count in inhabitants.items())
    day = f"{year}-01-01"
    return facts.add(
        "population", f"district_id|inhabitants|age_group\n{rows}", source="amt", reference_date=day, basis="register"
    )


@pytest.fixture(scope="module")
def mart(every_kind) -> Mart:
    facts = settled(settled(asked(NOW, facts=asked(EARLIER, 2023)), INHABITANTS), INHABITANTS, year=2023)
    return facts.mart(every_kind)


def chair(mart: Mart, **question: object) -> Answer:
    return Reader(mart, Scope.chair()).ask(Question(**question))


def only(answer: Answer, district: str = CITY) -> dict[str, object]:
    rows = answer.observations[answer.observations["district"] == district]
    assert len(rows) == 1
    return rows.iloc[0].to_dict()


def expected(groups: list[Group], *, without: str = "", sex: str = "", value=lambda answer: float(answer in UNSAFE)):
    """Value, variance and effective answers of the city, or of the city without a district."""
    people = [
        (one.district, (one.weight, None if one.answer is None or sex not in ("", one.sex) else value(one.answer)))
        for one in groups
        if one.district != without
        for _ in range(one.people)
    ]
    return survey_reference.poststratified(people, INHABITANTS)


def as_share(found) -> reference.Share:
    share, _, n_effective = found
    return reference.Share(share, *reference.wilson(share, n_effective), 0, n_effective)


def test_the_city_counts_every_district_as_large_as_it_is(mart):
    row, truth = only(chair(mart, indicator="unsicher-nachts")), as_share(expected(NOW))
    assert row["value"] == pytest.approx(100 * truth.share)
    assert (row["lower"], row["upper"]) == pytest.approx((100 * truth.lower, 100 * truth.upper))
    assert row["n_effective"] == pytest.approx(truth.n_effective)
    assert row["n"] == sum(one.people for one in NOW if one.answer)
    as_delivered = reference.share(
        [one.answer in UNSAFE for one in NOW if one.answer for _ in range(one.people)],
        [one.weight for one in NOW if one.answer for _ in range(one.people)],
    )
    assert 100 * as_delivered.share != pytest.approx(row["value"], abs=1)  # or nothing would have been shown


def test_districts_keep_their_own_weights(mart):
    row = only(chair(mart, indicator="unsicher-nachts", by_district=True), "02")
    own = [(one.answer in UNSAFE, one.weight) for one in NOW if one.district == "02" for _ in range(one.people)]
    truth = reference.share(*zip(*own, strict=True))
    assert (row["value"], row["n_effective"]) == pytest.approx((100 * truth.share, truth.n_effective))


@pytest.mark.parametrize("district", ["01", "02"])
def test_a_district_is_held_against_the_post_stratified_city_without_it(mart, district):
    verdict = chair(mart, indicator="unsicher-nachts", by_district=True, compare_with="rest").verdict_on(district)
    own = [(one.answer in UNSAFE, one.weight) for one in NOW if one.district == district for _ in range(one.people)]
    here, rest = reference.share(*zip(*own, strict=True)), as_share(expected(NOW, without=district))
    difference, lower, upper = (100 * part for part in reference.difference(here, rest))
    assert (verdict.difference, verdict.lower, verdict.upper) == pytest.approx((difference, lower, upper))
    smallest = 100 * reference.detectable(rest.share, here.n_effective, rest.n_effective)
    assert verdict.detectable == pytest.approx(smallest)


def test_a_wave_is_compared_with_the_wave_before_post_stratified_both(mart):
    verdict = chair(mart, indicator="unsicher-nachts").verdict_on()
    difference, lower, upper = reference.difference(as_share(expected(NOW)), as_share(expected(EARLIER)))
    assert (verdict.difference, verdict.lower, verdict.upper) == pytest.approx(
        (100 * difference, 100 * lower, 100 * upper)
    )


def test_the_mean_of_the_city_is_made_up_in_the_same_way(mart):
    row = only(chair(mart, indicator="note"))
    mean, _, n_effective = expected(NOW, value=lambda answer: GRADES[answer])
    assert (row["value"], row["n_effective"]) == pytest.approx((mean, n_effective))
    assert 1 < row["lower"] < mean < row["upper"] < 6


def test_the_gap_between_women_and_men_of_the_city_is_that_of_two_post_stratified_shares(mart):
    row = only(chair(mart, indicator="unsicher-abstand"))
    women, men = as_share(expected(NOW, sex="w")), as_share(expected(NOW, sex="m"))
    difference, lower, upper = (100 * part for part in reference.difference(women, men))
    assert (row["value"], row["lower"], row["upper"]) == pytest.approx((difference, lower, upper))
    assert lower > 0
    smallest = 100 * reference.detectable(men.share, women.n_effective, men.n_effective)
    told = f"{smallest:.1f}".replace(".", ",")
    assert row["basis"].endswith(f"; Abstand größer als Zufall (erkennbar ab etwa {told} Punkten)")


def test_the_gap_of_a_district_is_held_against_the_gap_in_the_rest_of_the_city(mart):
    verdict = chair(mart, indicator="unsicher-abstand", by_district=True, compare_with="rest").verdict_on("02")
    women = reference.share([True] * 30 + [False] * 60, [1.0] * 30 + [1.5] * 60)
    men = reference.share([True] * 10 + [False] * 50, [1.0] * 60)
    here = reference.difference(women, men)
    rest = reference.difference(*(as_share(expected(NOW, without="02", sex=sex)) for sex in "wm"))
    apart = here[0] - rest[0]
    lower = apart - ((here[0] - here[1]) ** 2 + (rest[2] - rest[0]) ** 2) ** 0.5
    upper = apart + ((here[2] - here[0]) ** 2 + (rest[0] - rest[1]) ** 2) ** 0.5
    assert (verdict.difference, verdict.lower, verdict.upper) == pytest.approx((100 * apart, 100 * lower, 100 * upper))
    assert (verdict.code, upper < 0) == (VerdictCode.below, True)
    errors = (here[2] - here[1]) / 3.92, (rest[2] - rest[1]) / 3.92
    assert verdict.detectable == pytest.approx(280.16 * (errors[0] ** 2 + errors[1] ** 2) ** 0.5, rel=1e-4)


@pytest.mark.parametrize("indicator", ["unsicher-nachts", "note", "unsicher-abstand"])
@pytest.mark.parametrize("compare_with", ["previous", "rest", "similar"])
def test_every_verdict_that_was_tested_says_what_could_have_been_found(mart, indicator, compare_with):
    verdicts = chair(mart, indicator=indicator, by_district=True, compare_with=compare_with).verdicts
    tested = [one for one in verdicts if one.p is not None]
    assert tested
    assert all(one.detectable > 0 for one in tested)
    assert all(one.lower <= one.difference <= one.upper for one in tested)


def test_a_note_says_that_the_weights_were_not_taken_as_delivered(mart):
    notes = chair(mart, indicator="unsicher-nachts").notes
    weights = {place: sum(one.people * one.weight for one in NOW if one.district == place) for place in INHABITANTS}
    misplaced = 50 * sum(
        abs(weights[place] / sum(weights.values()) - INHABITANTS[place] / 10_000) for place in INHABITANTS
    )
    share = f"{misplaced:.1f}".replace(".", ",")
    told = (
        f"Befragung 2025: Die Gewichte geben die Gebiete nicht so wieder, wie die Menschen wohnen; {share}\u202f% des "
        "Gewichts liegen im falschen Gebiet. Die Werte der Stadt zählen deshalb jedes Gebiet nach seinen Einwohnern. "
        "Grundlage: 10.000 Einwohner am 01.01.2025 (Melderegister)."
    )
    assert told in notes
    assert any(note.startswith("Befragung 2023: Die Gewichte") for note in notes)  # the wave it is compared with


def test_whoever_asks_about_a_district_alone_is_not_told_of_the_city(mart):
    notes = chair(mart, indicator="unsicher-nachts", districts=("01",)).notes
    assert not any("Gewichte" in note for note in notes)
    against_rest = chair(mart, indicator="unsicher-nachts", districts=("01",), compare_with="rest").notes
    assert any("Gewichte" in note for note in against_rest)


def test_item_nonresponse_is_told_of_the_place_that_was_asked_about(mart):
    notes = chair(mart, indicator="unsicher-nachts", districts=("03",)).notes
    assert "Befragung 2025, Südstadt: 10,0\u202f% der Befragten gaben auf diese Frage keine gültige Antwort." in notes
    assert not any(
        "keine gültige" in note for note in chair(mart, indicator="unsicher-nachts", districts=("01",)).notes
    )
    gap = chair(mart, indicator="unsicher-abstand", districts=("03",)).notes
    assert any("10,0\u202f%" in note for note in gap)


def test_weights_that_give_each_district_its_share_are_taken_as_delivered(every_kind):
    fitting = [Group("01", 40, "4"), Group("02", 240, "1"), Group("03", 80, "1"), Group("04", 40, "3")]
    answer = chair(settled(asked(fitting), INHABITANTS).mart(every_kind), indicator="unsicher-nachts")
    assert only(answer)["value"] == pytest.approx(100 * 80 / 400)
    assert only(answer)["n_effective"] == pytest.approx(400)
    assert not any("Gewichte" in note for note in answer.notes)


def test_without_inhabitants_the_weights_are_taken_as_delivered_and_a_note_says_so(every_kind):
    answer = chair(asked(NOW).mart(every_kind), indicator="unsicher-nachts")
    weight = sum(one.people * one.weight for one in NOW if one.answer)
    unsafe = sum(one.people * one.weight for one in NOW if one.answer in UNSAFE)
    assert only(answer)["value"] == pytest.approx(100 * unsafe / weight)
    told = (
        "Befragung 2025: Ob die Gewichte die Gebiete so wiedergeben, wie die Menschen wohnen, ist nicht geprüft "
        "(keine Einwohnerzahl zum 01.01.2025)."
    )
    assert told in answer.notes


def test_inhabitants_who_were_too_young_to_be_asked_do_not_count(every_kind):
    facts = settled(settled(asked(NOW, min_age="14"), INHABITANTS, "14+"), dict.fromkeys(INHABITANTS, 50_000), "0-13")
    answer = chair(facts.mart(every_kind), indicator="unsicher-nachts")
    assert only(answer)["value"] == pytest.approx(100 * expected(NOW)[0])
    assert any("10.000 Einwohner (ab 14 Jahren) am 01.01.2025" in note for note in answer.notes)


def test_a_district_in_which_nobody_was_asked_counts_with_the_one_that_is_most_like_it(every_kind):
    three = [one for one in NOW if one.district != "04"]
    answer = chair(settled(asked(three), INHABITANTS).mart(every_kind), indicator="unsicher-nachts", by_district=True)
    # all four are of one kind; the Südstadt has the fewest respondents, so it stands for the harbour, too
    like = {"01": 1_000, "02": 6_000, "03": 2_000 + 1_000}
    people = [
        (one.district, (one.weight, None if one.answer is None else float(one.answer in UNSAFE)))
        for one in three
        for _ in range(one.people)
    ]
    assert only(answer)["value"] == pytest.approx(100 * survey_reference.poststratified(people, like)[0])
    assert only(answer, "04")["status"] == Status.unreliable
    assert any(
        note.endswith(
            "Wo weniger als 20 Menschen befragt wurden, zählen ähnliche Gebiete zusammen: Südstadt und Hafen."
        )
        for note in answer.notes
    )


def test_who_lives_in_no_known_district_keeps_their_share_of_the_weight(every_kind):
    unknown = Group("", 40, "4")
    answer = chair(settled(asked([*NOW, unknown]), INHABITANTS).mart(every_kind), indicator="unsicher-nachts")
    weight = sum(one.people * one.weight for one in NOW)
    inhabitants = {**INHABITANTS, "": 10_000 * 40 / weight}
    people = [
        (one.district, (one.weight, None if one.answer is None else float(one.answer in UNSAFE)))
        for one in [*NOW, unknown]
        for _ in range(one.people)
    ]
    assert only(answer)["value"] == pytest.approx(100 * survey_reference.poststratified(people, inhabitants)[0])


def test_one_district_alone_cannot_have_the_wrong_share(every_kind):
    only_one = [one for one in NOW if one.district == "01"]
    answer = chair(settled(asked(only_one), INHABITANTS).mart(every_kind), indicator="unsicher-nachts")
    assert only(answer)["value"] == pytest.approx(50)
    assert not any("Gewichte" in note for note in answer.notes)


def test_where_nobody_gave_a_valid_answer_there_is_no_number(every_kind):
    silent = [Group("01", 50, None), Group("02", 50, None)]
    answer = chair(settled(asked(silent), INHABITANTS).mart(every_kind), indicator="unsicher-nachts", by_district=True)
    assert set(answer.observations.status) == {Status.unreliable}
    assert answer.observations.value.isna().all()
    assert any("100,0\u202f%" in note for note in answer.notes)


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan")])
def test_weights_that_cannot_be_are_refused_and_never_become_a_number(every_kind, weight):
    """Intake never lets them in; should the lake hold them all the same, there is a typed error instead of a number."""
    mart = settled(asked([Group("01", 50, "4", weight=weight)]), INHABITANTS).mart(every_kind)
    with pytest.raises(UnusableNumbers):
        chair(mart, indicator="unsicher-nachts")
