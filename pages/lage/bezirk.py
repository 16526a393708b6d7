"""One district: its profile beside the rest of the city, its survey, its projects. For the district council."""

import streamlit as st

from pages.parts import place, tile, verdict
from pages.parts.filter_bar import choose_place
from pages.parts.tables import profile_table, project_table
from pages.parts.view import View
from sipa_data.answers.changes import each_once
from sipa_data.catalogue.models import District

TOPICS = {
    "incidents": "Was geschieht",
    "survey": "Was Menschen erleben",
    "register": "Was die Verwaltung tut",
}
"""Data class of the indicators → heading. Feeling and record stand beside each other, never mixed."""


def page(view: View) -> None:
    """The district of the filter bar; without one, the list to choose from."""
    word = view.catalogue.city.district_word
    if view.is_citywide:
        view.title(view.catalogue.city.districts_word, f"Wählen Sie einen {word}.")
    else:
        view.title(verdict.escaped(f"{word} {view.place_name}"), _described(view, view.catalogue.districts[view.place]))
    if place.has_data(view) and not view.is_citywide:
        for data_class, heading in TOPICS.items():
            _topic(view, data_class, heading)
        _projects(view)
    _all_districts(view)


def _described(view: View, district: District) -> str:
    kind = view.catalogue.district_types[district.type].title
    return verdict.escaped(f"Lage: {district.zone} · Vergleichsgruppe: {kind}")


def _topic(view: View, data_class: str, heading: str) -> None:
    members = [one.id for one in view.catalogue.indicators.values() if one.data_class == data_class]
    answers = each_once(view.reader, [view.question(one).over_time() for one in members])
    shown = [answer for answer in answers if place.is_collected(answer)]
    if not shown:
        return
    st.header(heading, anchor=False)
    tile.tiles(view, shown, key=data_class)
    against_rest = [view.reader.ask(answer.question.against("rest")) for answer in shown]
    with st.expander("Als Tabelle, auch verglichen mit der übrigen Stadt", type="compact", key=f"tabelle-{data_class}"):
        st.table(
            profile_table(shown, against_rest, view.place),
            hide_index=True,
            border="horizontal",
            alt=f"{heading}: {view.place_name}",
        )


def _projects(view: View) -> None:
    st.header("Projekte", anchor=False)
    found = view.reader.projects(district=view.place)
    if found:
        table = project_table(found, view.catalogue)
        st.table(table, hide_index=True, border="horizontal", alt=f"Projekte in {view.place_name}")
    else:
        st.markdown(verdict.muted(f"Für {view.place_name} ist kein Projekt erfasst."))


def _all_districts(view: View) -> None:
    """Every district, to choose with mouse or keyboard."""
    st.header(f"Alle {view.catalogue.city.districts_word}", anchor=False)
    with st.container(horizontal=True, gap="small"):
        for district in view.catalogue.districts.values():
            st.button(
                verdict.escaped(district.name),
                type="primary" if district.id == view.place else "tertiary",
                on_click=choose_place,
                args=(view.catalogue, district.id),
                key=f"waehle-{district.id}",
            )
