"""Numbers beside each other on one scale: what the rows say, and what the sentence above them may claim."""

import pytest

from sipa_data.answers import Question
from sipa_data.figures import group_strips, month_strips, side_by_side
from sipa_data.figures.words import SYNTHETIC
from sipa_data.periods import Period
from tests.support.answers import COUNT, NORD, RATE, SHARE, answer, hide, observe, verdict, with_changes

THIN = "\u202f"


def by_sex(*verdicts, women=None, **more):
    return answer(
        SHARE,
        observe(30.0, lower=28.0, upper=32.0, n=1000),
        women or observe(40.0, lower=36.0, upper=44.0, n=520, group="Frauen"),
        observe(20.0, lower=17.0, upper=23.0, n=480, group="Männer"),
        *verdicts,
        question=Question("unsicher", breakdown="geschlecht"),
        **more,
    )


def test_everybody_comes_first_then_the_groups_in_their_own_order():
    drawn = group_strips("Wer unsicher ist", [by_sex()])
    assert [(one.name, one.value, one.interval, one.base) for one in drawn.members] == [
        ("alle", f"30,0{THIN}%", f"28,0–32,0{THIN}%", "1.000"),
        ("Frauen", f"40,0{THIN}%", f"36,0–44,0{THIN}%", "520"),
        ("Männer", f"20,0{THIN}%", f"17,0–23,0{THIN}%", "480"),
    ]


def test_all_rows_lie_on_one_scale_from_zero_to_the_highest_end():
    _, women, men = group_strips("Wer unsicher ist", [by_sex()]).members
    assert (women.lower, women.at, women.upper) == pytest.approx((36 / 44, 40 / 44, 1.0))
    assert (men.lower, men.at, men.upper) == pytest.approx((17 / 44, 20 / 44, 23 / 44))


def test_the_title_names_the_groups_that_differ_beyond_chance_and_no_others():
    answered = by_sex(verdict("above", group="Frauen"), verdict("within_chance", group="Männer"))
    drawn = group_strips("Wer unsicher ist", [answered])
    assert drawn.title == "Wer unsicher ist: häufiger Frauen"
    assert [one.stands_out for one in drawn.members] == [False, True, False]


def test_without_a_difference_beyond_chance_the_title_claims_none():
    drawn = group_strips("Wer unsicher ist", [by_sex(verdict("within_chance", group="Frauen"))])
    assert drawn.title.endswith("keine Gruppe unterscheidet sich über den Zufall hinaus von allen anderen")


def test_the_ends_of_the_scale_are_named():
    assert group_strips("Wer unsicher ist", [by_sex()]).scale == f"0–44{THIN}%"


def test_a_hidden_group_says_why_and_carries_no_number():
    hidden = hide("stadt", "unreliable", group="Frauen", reason="zu wenige Antworten")
    _, women, _ = group_strips("Wer unsicher ist", [by_sex(women=hidden)]).members
    assert women.value == "/ zu wenige Antworten"
    assert (women.interval, women.base) == ("", "entfällt")
    assert women.lower is women.at is women.upper is None


def test_where_all_groups_are_hidden_the_title_says_so_and_claims_nothing_of_them():
    hidden = [hide("stadt", group=name, reason="vertraulich") for name in ("Frauen", "Männer")]
    drawn = group_strips("Wer unsicher ist", [answer(SHARE, observe(30.0), *hidden)])
    assert drawn.title == "Wer unsicher ist: vertraulich"
    assert drawn.is_empty
    assert not group_strips("Wer unsicher ist", [by_sex()]).is_empty


def test_of_the_months_the_latest_twelve_are_shown_oldest_first():
    months = [Period.month(2024, 12), *(Period.month(2025, one) for one in range(1, 13))]
    counts = [observe(10 + at, period=month) for at, month in enumerate(months)]
    drawn = month_strips("Raub nach Monaten", answer(COUNT, *counts, period=months[-1]))
    assert [one.name for one in drawn.members][:2] == ["Januar 2025", "Februar 2025"]
    assert len(drawn.members) == 12
    assert drawn.title == "Raub nach Monaten: zwischen 11 (Januar 2025) und 22 (Dezember 2025)"  # 10 + 1 and 10 + 12


def test_a_number_of_cases_is_its_own_base_and_needs_no_column_for_it():
    assert not side_by_side("Raub", [answer(COUNT, observe(120, n=120)), answer(COUNT, observe(40, n=40))]).has_base
    assert group_strips("Wer unsicher ist", [by_sex()]).has_base


def test_a_few_indicators_are_all_told_by_name():
    first = answer(COUNT, observe(120))
    second = answer(with_changes(COUNT, id="raub-nachts", short_title="Raub nachts"), observe(40))
    drawn = side_by_side("Raub", [first, second])
    assert drawn.title == "Raub: Raub 120 und Raub nachts 40"
    assert drawn.subtitle.startswith("Fälle · Musterstadt · 2025")


def test_nothing_but_the_place_that_was_asked_about_is_told():
    drawn = side_by_side("Gewalt", [answer(RATE, observe(400), observe(900, NORD))])
    assert [one.value for one in drawn.members] == ["400"]


def test_synthetic_data_are_named_in_the_source():
    assert SYNTHETIC in group_strips("Wer unsicher ist", [by_sex(synthetic=True)]).source
