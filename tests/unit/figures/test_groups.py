"""Groups of people in a figure: the title says who, the marks stand where they should, nothing joins across a break."""

from sipa_data.answers.types import Question
from sipa_data.figures.groups import dumbbell, groups_title
from tests.support.answers import CITY, MITTE, SHARE, answer, hide, observe, verdict, wave
from tests.support.figures import all_text

BY_SEX = Question("", breakdown="geschlecht", history=True)


def said(code, group, difference=None):
    return verdict(code, "", CITY, group=group, difference=difference)


def two(*more, code="above", **kwargs):
    return answer(
        SHARE,
        observe(29.7, period=wave(2025)),
        observe(38.0, period=wave(2023), group="Frauen"),
        observe(20.0, period=wave(2023), group="Männer"),
        observe(39.6, period=wave(2025), group="Frauen", lower=38.0, upper=41.3),
        observe(19.0, period=wave(2025), group="Männer", lower=17.6, upper=20.4),
        said(code, "Frauen", 20.6),
        said("within_chance" if code == "within_chance" else "below", "Männer", -20.6),
        *more,
        question=BY_SEX,
        period=wave(2025),
        **kwargs,
    )


def traces(picture):
    return [trace.to_plotly_json() for trace in picture.figure.data]


def test_two_groups_are_named_with_their_values_and_whether_it_is_chance():
    name = "Unsicher im Stadtbezirk: Frauen 39,6\u202f%, Männer 19,0\u202f%"
    assert groups_title(two()) == f"{name}, mehr als Zufall"
    assert groups_title(two(code="within_chance")) == f"{name}, im Rahmen des Zufalls"


def test_of_many_groups_the_one_is_named_that_is_furthest_from_all_others():
    many = answer(
        SHARE,
        *(observe(value, group=group) for group, value in (("jung", 14.0), ("mittel", 15.0), ("alt", 25.0))),
        said("within_chance", "jung", -1.0),
        said("within_chance", "mittel", 0.5),
        said("above", "alt", 10.5),
    )
    assert groups_title(many) == "Unsicher im Stadtbezirk: alt 25,0\u202f%, alle anderen 14,5\u202f%, mehr als Zufall"
    quiet = answer(
        SHARE, *(observe(14.0, group=group) for group in "abc"), *(said("within_chance", one) for one in "abc")
    )
    assert "Keine Gruppe unterscheidet sich über den Zufall hinaus" in groups_title(quiet)


def test_groups_of_a_district_name_it():
    here = answer(SHARE, observe(14.0, MITTE, group="Frauen"), question=Question("", districts=(MITTE,)))
    assert groups_title(here).startswith("Unsicher im Stadtbezirk, Mitte: Frauen")


def test_the_figure_shows_now_and_before_and_its_sentence_says_both():
    picture = dumbbell(two())
    rings, dots = traces(picture)
    assert list(dots["x"]) == [39.6, 19.0]
    assert list(rings["x"]) == [38.0, 20.0]
    assert picture.alt.startswith(picture.title)
    assert "Frauen 39,6\u202f% (38,0–41,3\u202f%), zuvor 38,0\u202f%" in picture.alt
    assert "Ring: Nov. bis Dez. 2023" in picture.subtitle
    assert "Gruppe" in picture.table.columns


def test_nothing_is_joined_across_a_break():
    picture = dumbbell(two(breaks=((wave(2025).start.isoformat(), "andere Antwortskala"),)))
    assert len(traces(picture)) == 1
    assert "Ring" not in picture.subtitle
    assert "zuvor" not in picture.alt


def test_a_hidden_group_is_a_word_and_no_number():
    picture = dumbbell(two(hide(CITY, "suppressed", wave(2025), group="divers"), synthetic=True))
    assert "• vertraulich" in all_text(picture.figure)
    assert "Nicht gezeigt: divers (vertraulich)." in picture.alt
    assert "Beispieldaten (synthetisch)" in all_text(picture.figure)


def test_without_any_value_there_is_no_figure_and_the_title_says_why():
    picture = dumbbell(answer(SHARE, hide(CITY, group="Frauen"), hide(CITY, group="Männer")))
    assert picture.figure is None
    assert "keine Werte nach Gruppen (vertraulich)" in picture.title
