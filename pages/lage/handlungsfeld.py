"""One field of action: ONE template for all of them, registered once per field."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import chart, effects, finding, place, steering, tile, verdict
from pages.parts.breakdown import breakdowns
from pages.parts.changed import answers_table, changed
from pages.parts.course import course
from pages.parts.district_list import district_list
from pages.parts.folded import folded
from pages.parts.funnel import funnel
from pages.parts.partners_brief import partners_of_field
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data import figures
from sipa_data.answers import Answer
from sipa_data.answers.changes import MOVED, each_once
from sipa_data.answers.families import Family, place_of
from sipa_data.catalogue.models import FieldOfAction, Indicator
from sipa_data.german import count_of

MOST_TILES = 8
OTHER_SIDE = {"incidents": "survey", "survey": "incidents"}
CHOICE = "kennzahl"
"""The choice of an indicator in the address: ``handlungsfeld-sport?kennzahl=…``."""


def page(view: View, field: FieldOfAction) -> None:
    """For the chair and for those responsible for the field: its question, what can be said to it, the proof."""
    view.title(verdict.escaped(field.title), verdict.escaped(field.question))
    if not place.has_data(view):
        return
    members = [one for one in view.catalogue.indicators.values() if field.id in one.fields]
    members.sort(key=lambda one: one.id != field.lead)
    if not members:
        st.info("Für dieses Handlungsfeld sind noch keine Kennzahlen festgelegt.")
    else:
        together = _what_can_be_said(view, field, members)
        _indicators(view, field, members, together)
        _one_in_detail(view, field, members, together)
    if field.breakdown:
        st.header("Wer, wann und wo", anchor=False)
        breakdowns(view, field.breakdown, key=field.id)
    about = {one.id for one in members}
    steering.goals(view, [goal for goal in steering.goals_of(view, with_city=True) if goal.indicator.id in about])
    steering.decisions(view, members)
    _projects(view, field)
    partners_of_field(view, field.id)
    _principles(view, field)


def _what_can_be_said(view: View, field: FieldOfAction, members: Sequence[Indicator]) -> Family:
    """The sentence on the lead indicator, whatever it says, then the findings among the others."""
    with st.container(gap="xsmall", key="befunde"):
        st.header(verdict.escaped(f"Was sich dazu sagen lässt: {view.place_name}"), anchor=False)
        lead = None if field.lead is None else view.reader.ask_what_there_is(view.question(field.lead))
        return changed(view, key="feld", only={one.id for one in members}, first=lead).family


def _indicators(view: View, field: FieldOfAction, members: Sequence[Indicator], together: Family) -> None:
    """The few that matter as tiles, all of them in a table."""
    st.header("Kennzahlen", anchor=False)
    answers = each_once(view.reader, [view.question(one.id).over_time() for one in members])
    told = [together.applied(answer) for answer in answers]
    few = _few(field, [answer for answer in told if place.is_collected(answer)])
    tile.tiles(view, few, key="feld")
    tile.not_collected(told)
    count = count_of(len(told), "Kennzahl", "Kennzahlen")

    def everything() -> None:
        words_table(answers_table(view, told), f"Kennzahlen: {field.title}")
        verdict.aside(together.told)

    folded(f"{count} des Handlungsfelds als Tabelle", everything, key="feld-kennzahlen")


def _few(field: FieldOfAction, answers: Sequence[Answer]) -> list[Answer]:
    """The lead, the others of the matrix, what moved beyond chance, then as they come."""

    def rank(answer: Answer) -> int:
        said = answer.verdict_on(place_of(answer))
        if answer.indicator.id == field.lead:
            return 0
        if answer.indicator.id in field.matrix:
            return 1
        return 2 if said is not None and said.code in MOVED else 3

    return sorted(answers, key=rank)[:MOST_TILES]


def _one_in_detail(view: View, field: FieldOfAction, members: Sequence[Indicator], together: Family) -> None:
    """One indicator over time and by district: the lead, or the one that is chosen."""
    st.header("Im Einzelnen", anchor=False)
    titles = {one.id: one.title for one in members}
    chosen = st.selectbox("Kennzahl", list(titles), format_func=titles.__getitem__, key=CHOICE, bind="query-params")
    over_time = together.applied(view.reader.ask_what_there_is(view.question(chosen).over_time()))
    if over_time.is_empty:
        place.why_empty(over_time)
    else:
        chart.chart(view, view.drawn(figures.trend, over_time), over_time, key="verlauf")
        course(view, over_time.indicator)
        finding.caveats(over_time)
    if not funnel(view, over_time.indicator, alone=True):
        everywhere = view.ask_everywhere(over_time.indicator.id)
        chart.chart(view, view.drawn(figures.district_comparison, everywhere), everywhere, key="vergleich")
    _other_side(view, field, over_time.indicator)
    district_list(view, key=f"feld-{field.id}")


def _other_side(view: View, field: FieldOfAction, chosen: Indicator) -> None:
    """By district what people say, where the record was chosen, and the record, where they were asked."""
    others = [view.catalogue.indicator(one) for one in field.matrix]
    other = next((one for one in others if one.data_class == OTHER_SIDE.get(chosen.data_class)), None)
    if other is None:
        return
    everywhere = view.ask_everywhere(other.id)
    picture = view.drawn(figures.district_comparison, everywhere)
    if picture.figure is not None:
        chart.chart(view, picture, everywhere, key="daneben")


def _projects(view: View, field: FieldOfAction) -> None:
    st.header("Projekte", anchor=False)
    found = view.reader.projects(field_of_action=field.id)
    if found:
        effects.projects(view, found, f"Projekte: {field.title}", key="feld")
    else:
        st.markdown(verdict.muted("Zu diesem Handlungsfeld ist kein Projekt erfasst."))


def _principles(view: View, field: FieldOfAction) -> None:
    st.header("Grundsätze", anchor=False)
    for key in field.principles:
        principle = view.catalogue.principles[key]
        st.markdown(f"**{verdict.escaped(principle.title)}**  \n{verdict.escaped(principle.served_by)}")
