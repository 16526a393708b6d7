"""Groups of people beside each other, as the city decided beforehand to look at them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from pages.parts import verdict
from pages.parts.breakdown import strips
from pages.parts.view import View
from sipa_data import figures
from sipa_data.answers import Answer, Question
from sipa_data.answers.survey_views import GroupView, group_views
from sipa_data.catalogue.models import Indicator
from sipa_data.figures.rows import group_rows, subject_row
from sipa_data.figures.survey_words import city_instead_told
from sipa_data.figures.words import value_with_interval, why_hidden

ASSOCIATION = (
    "Ein Zusammenhang, keine Wirkung: Die Gruppen unterscheiden sich auch in anderem, etwa im Alter oder darin, wo sie "
    "wohnen. Wer sich fürchtet, ist vielleicht deshalb seltener dort; wer sich sicher fühlt, hört vielleicht eher von "
    "einer Maßnahme."
)


class Divided(NamedTuple):
    """An answer by groups; ``city_instead`` : of the whole city, because this reader may not have a district's."""

    answer: Answer
    city_instead: bool


def groups(view: View) -> None:
    """Every pair of groups that the catalogue names, two beside each other."""
    found = group_views(view.catalogue)
    if not found:
        return
    st.header("Wer sich wie sicher fühlt", anchor=False)
    verdict.aside(ASSOCIATION)
    for start in range(0, len(found), 2):
        _pair(view, found[start : start + 2])


def divided(view: View, question: Question) -> Divided:
    """The groups of the chosen place, or of the city where a district's are not for this reader."""
    answer = view.reader.ask(question)
    if view.is_citywide or any(row.value is not None for row in group_rows(answer)) or not _kept_back(answer):
        return Divided(answer, city_instead=False)
    return Divided(view.reader.ask(question.citywide()), city_instead=True)


def _kept_back(answer: Answer) -> bool:
    return any(row.status == "suppressed" for row in group_rows(answer))


def _pair(view: View, found: Sequence[GroupView]) -> None:
    for column, one in zip(st.columns(2, gap="large"), found, strict=False):
        with column:
            _group(view, one)


def _group(view: View, shown: GroupView) -> None:
    asked = view.question(shown.indicator.id)
    answer, city_instead = divided(view, asked.divided_by(shown.breakdown))
    drawn = figures.group_strips(shown.indicator.short_title, [answer], dark=view.dark)
    strips(
        view, replace(drawn, title=figures.groups_title(answer)), [answer], f"{shown.indicator.id}-{shown.breakdown}"
    )
    if city_instead:
        verdict.aside(city_instead_told(view.catalogue))
    if shown.gap is not None:
        _gap(view, asked.citywide() if city_instead else asked, shown.gap)


def _gap(view: View, asked: Question, gap: Indicator) -> None:
    """The difference itself, with the way to its proof."""
    answer = view.reader.ask(asked.about(gap.id))
    row, tile = subject_row(answer), view.drawn(figures.tile, answer)
    value = why_hidden(row) if row is None else value_with_interval(row, gap)
    told = f"Abstand: {value}{f'; {tile.verdict}' if tile.verdict else ''}."
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"verweis-abstand-{gap.id}"):
        st.markdown(verdict.escaped(told), width="content")
        st.page_link(view.page_of_indicator(gap.id), label=f"Beleg: {gap.short_title}")
