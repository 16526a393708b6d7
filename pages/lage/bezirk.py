"""One district, as the yearly hand-out to its council: how it stands, its profile, what is done, what nobody knows."""

from collections.abc import Collection, Sequence
from functools import partial

import streamlit as st

from pages.parts import chart, effects, filter_bar, finding, place, steering, verdict
from pages.parts.district_list import district_list
from pages.parts.folded import folded
from pages.parts.partners_brief import partners_of_district
from pages.parts.profile import Profile, announced_rows, profile
from pages.parts.signals import signals
from pages.parts.spine import spine
from pages.parts.tables import profile_table
from pages.parts.unknown import unknown_of
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data import figures
from sipa_data.answers import Answer, VerdictCode
from sipa_data.answers.changes import MOVED
from sipa_data.answers.yardsticks import similar_districts
from sipa_data.catalogue.models import District
from sipa_data.figures.district_brief import brief, unknown, unknown_told
from sipa_data.german import count_of, listing

TOPICS = {
    "survey": "Was Menschen erleben",
    "incidents": "Was geschieht",
    "register": "Was die Verwaltung tut",
}
"""Data class of the indicators → heading. Feeling and record stand beside each other, never mixed."""
APART = frozenset({VerdictCode.above, VerdictCode.below})
MOST_FINDINGS = 3
NOTHING_CHANGED = "Nichts hat sich über den Zufall hinaus verändert."
NOTHING_APART = "Nichts unterscheidet sich über den Zufall hinaus."


def page(view: View) -> None:
    """For the district council, in a minute. Without a district, the list to choose from."""
    word = view.catalogue.city.district_word
    if view.is_citywide:
        view.title(view.catalogue.city.districts_word, f"Wählen Sie einen {word}.")
    else:
        view.title(verdict.escaped(f"{word} {view.place_name}"), _described(view, view.catalogue.districts[view.place]))
        if place.has_data(view):
            _hand_out(view)
    with st.container(key="nur-bildschirm-bezirke"):
        st.header(f"Alle {view.catalogue.city.districts_word}", anchor=False)
        district_list(view, key="bezirk")
    if view.is_citywide and place.has_data(view):
        _maps(view)


def _described(view: View, district: District) -> str:
    """On paper, where there is no filter bar, the period must stand here."""
    kind = view.catalogue.district_types[district.type].title
    return verdict.escaped(f"{kind} · Zeitraum: {filter_bar.period_name(view.period)}")


def _hand_out(view: View) -> None:
    found = profile(view)
    _at_a_glance(view, found)
    _profile(view, found)
    signals(view)
    steering.goals(view, steering.goals_of(view, with_city=False))
    steering.walks(view)
    _projects(view)
    partners_of_district(view)
    _every_indicator(view, found)
    unknown_of(view, found)


def _at_a_glance(view: View, found: Profile) -> None:
    """The first screenful: feeling beside record, what changed, what is different, what nobody knows."""
    st.header("Auf einen Blick", anchor=False)
    city = view.catalogue.city
    feeling, record = found.apart_of(city.perception_indicator), found.apart_of(city.record_indicator)
    if feeling is not None and record is not None:
        told = brief(feeling, record)
        st.markdown(f"**{verdict.escaped(told.name)}.** {verdict.escaped(told.sentence)}")
    st.subheader("Was sich verändert hat", anchor=False)
    _findings(view, found.changed, MOVED, NOTHING_CHANGED, key="veraendert")
    st.subheader("Was hier anders ist als in der übrigen Stadt", anchor=False)
    further = [one for one in found.apart if one not in (feeling, record)]
    _findings(view, further, APART, NOTHING_APART, key="anders")
    verdict.aside(unknown_told(unknown(found.asked), len(found.asked)))


def _findings(view: View, answers: Sequence[Answer], codes: Collection[VerdictCode], without: str, *, key: str) -> None:
    judged = [(answer, answer.verdict_on(view.place)) for answer in answers]
    found = finding.leads_first(view, [(answer, said) for answer, said in judged if said and said.code in codes])
    if not found:
        st.markdown(without)
    with st.container(gap="xxsmall", key=f"befunde-{key}"):
        finding.findings(view, found[:MOST_FINDINGS], key=key)
        if more := found[MOST_FINDINGS:]:
            told = count_of(len(more), "weiterer Befund steht", "weitere Befunde stehen")
            st.markdown(verdict.muted(f"{told} unter „Alle Kennzahlen“."))


def _profile(view: View, found: Profile) -> None:
    """The announced indicators, always the same, and the sharper comparison below them."""
    st.header("Profil", anchor=False)
    rows, answers = announced_rows(view, found)
    if rows:
        spine(view, rows, answers, key="profil")
    else:
        st.markdown(verdict.muted("Für keine der festgelegten Kennzahlen gibt es hier einen Wert."))
    st.header(f"Anders als ähnliche {view.catalogue.city.districts_word}", anchor=False)
    _similar(view)
    _findings(view, found.alike, APART, NOTHING_APART, key="aehnlich")


def _similar(view: View) -> None:
    """Which districts are of the same type, and what makes them alike."""
    kind = view.catalogue.district_types[view.catalogue.districts[view.place].type]
    names = [view.catalogue.districts[other].name for other in similar_districts(view.catalogue, view.place)]
    alike = f"{kind.title}, außer {view.place_name} noch {listing(names)}. " if names else ""
    st.markdown(verdict.muted(f"{alike}{kind.note}"))


def _every_indicator(view: View, found: Profile) -> None:
    st.header("Alle Kennzahlen", anchor=False)
    for data_class, heading in TOPICS.items():
        lines = [
            answers
            for answers in zip(found.changed, found.apart, found.alike, strict=True)
            if answers[0].indicator.data_class == data_class
        ]
        if lines:
            told = count_of(len(lines), "Kennzahl", "Kennzahlen")
            folded(f"{heading}: {told}", partial(_topic, view, heading, lines), key=data_class)
    for against, told in zip(("früher", "der übrigen Stadt", "ähnlichen"), found.told, strict=True):
        verdict.aside(f"Gegenüber {against}: {told}" if told else "")


def _topic(view: View, heading: str, lines: Sequence[tuple[Answer, Answer, Answer]]) -> None:
    before, rest, similar = zip(*lines, strict=True)
    words_table(profile_table(before, rest, view.place, similar), f"{heading}: {view.place_name}")


def _projects(view: View) -> None:
    st.header("Projekte", anchor=False)
    found = view.reader.projects(district=view.place)
    here, everywhere = [one for one in found if one["districts"]], [one for one in found if not one["districts"]]
    if here:
        effects.projects(view, here, f"Projekte in {view.place_name}", key="bezirk")
    else:
        st.markdown(verdict.muted(f"Für {view.place_name} allein ist kein Projekt erfasst."))
    if everywhere:
        told = count_of(len(everywhere), "Projekt läuft", "Projekte laufen")
        with st.expander(f"{told} in der ganzen Stadt", type="compact", key="tabelle-projekte"):
            table = effects.table_with_effects(view, everywhere)
            words_table(table, "Projekte in der ganzen Stadt")


def _maps(view: View) -> None:
    """What people feel and what is recorded, side by side: where to look first."""
    city = view.catalogue.city
    asked = [one for one in (city.perception_indicator, city.record_indicator) if one is not None]
    for column, indicator in zip(st.columns(len(asked), gap="large") if asked else (), asked, strict=True):
        everywhere = view.ask_everywhere(indicator)
        with column:
            chart.chart(view, view.drawn(figures.district_map, everywhere), everywhere, key=f"karte-{indicator}")
