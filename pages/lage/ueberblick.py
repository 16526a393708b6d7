"""The chair's first screen: what changed, the lead indicators, the ten fields, feeling beside record, the map."""

import streamlit as st

from pages.parts import chart, finding, place, steering, tile, verdict
from pages.parts.signals import signals
from pages.parts.view import View
from sipa_data import figures
from sipa_data.answers import VerdictCode
from sipa_data.answers.changes import Changes, changes
from sipa_data.answers.families import Family
from sipa_data.german import count_of, listing

MOST_FINDINGS = 6
MOST_NAMED = 8


def page(view: View) -> None:
    """Überblick: for the chair, in sixty seconds."""
    city = view.catalogue.city
    view.title("Lagebild der Sicherheitspartnerschaft", f"{view.place_name} · {' und '.join(city.chairs)}")
    if not place.has_data(view):
        return
    together = _what_changed(view)
    signals(view)
    st.header("Leitkennzahlen", anchor=False)
    leads = [view.reader.ask_what_there_is(view.question(lead).over_time()) for lead in city.lead_indicators]
    tile.tiles(view, [together.applied(lead) for lead in leads], key="leit")
    _fields(view, together)
    _districts(view)
    steering.goals(view, steering.goals_of(view, with_city=False))
    if view.is_citywide:
        steering.decisions(view)


def _what_changed(view: View) -> Family:
    """The findings. Tiles and fields below are told by the same family, so that no two parts of the page disagree."""
    st.header("Was sich verändert hat", anchor=False)
    found = changes(view.reader, [view.question(indicator) for indicator in view.catalogue.indicators])
    beyond_chance = finding.leads_first(view, found.beyond_chance)
    finding.findings(view, beyond_chance[:MOST_FINDINGS], key="befund")
    further = [answer.indicator.short_title for answer, _ in beyond_chance[MOST_FINDINGS:]]
    st.markdown(verdict.muted(_what_did_not(found, further)))
    return found.family


def _what_did_not(found: Changes, further: list[str]) -> str:
    """The quiet half of the news: what stayed, and how much was looked at."""
    if not found.looked_at:
        return "Für keine Kennzahl gibt es einen früheren Zeitraum, mit dem sie sich vergleichen ließe."
    unclear = [answer.indicator.short_title for answer, told in found.unchanged if told.code is VerdictCode.one_of_many]
    unchanged = [
        answer.indicator.short_title for answer, told in found.unchanged if told.code is not VerdictCode.one_of_many
    ]
    said = [] if found.beyond_chance else ["Keine Kennzahl hat sich über den Zufall hinaus verändert."]
    said += [f"Ebenfalls verändert: {_some(further)}."] if further else []
    said += (
        [f"Für sich auffällig, unter so vielen Vergleichen aber kein klarer Befund: {_some(unclear)}."]
        if unclear
        else []
    )
    said += (
        [f"Unverändert im Rahmen des Zufalls oder der üblichen Schwankung: {_some(unchanged)}."] if unchanged else []
    )
    said += [found.family.told or f"Geprüft: {count_of(found.looked_at, 'Kennzahl', 'Kennzahlen')}."]
    if found.not_comparable:
        said += [f"Ohne Vergleich: {count_of(found.not_comparable, 'weitere Kennzahl', 'weitere Kennzahlen')}."]
    return " ".join(said)


def _some(titles: list[str]) -> str:
    """The first titles by name, the others by number: the catalogue lists the lead indicators first."""
    if len(titles) <= MOST_NAMED:
        return listing(titles)
    return listing([*titles[: MOST_NAMED - 1], f"{len(titles) - MOST_NAMED + 1} weitere"])


def _fields(view: View, together: Family) -> None:
    st.header("Handlungsfelder", anchor=False)
    for field in view.catalogue.fields.values():
        with st.container(key=f"verweis-feld-{field.id}"):
            name, value, said = st.columns([5, 3, 4], vertical_alignment="center", gap="small")
        name.page_link(view.page_of_field(field.id), label=verdict.escaped(field.title))
        if field.lead is None:
            value.markdown(verdict.muted("noch keine Leitkennzahl"))
            continue
        answer = together.applied(view.reader.ask_what_there_is(view.question(field.lead)))
        shown = view.drawn(figures.tile, answer)
        value.markdown(f":small[{verdict.escaped(f'{shown.title}: {shown.value} {shown.unit}'.strip())}]")
        said.markdown(f":small[{verdict.toned(verdict.escaped(f'{shown.arrow} {shown.verdict}'.strip()), shown.tone)}]")


def _districts(view: View) -> None:
    city = view.catalogue.city
    st.header(city.districts_word, anchor=False)
    mapped = view.reader.ask_what_there_is(
        view.question(city.record_indicator or city.lead_indicators[0]).everywhere().against("rest")
    )
    if city.perception_indicator is None or city.record_indicator is None:
        chart.chart(view, view.drawn(figures.tile_map, mapped), mapped, key="karte")
        return
    feeling = view.ask_everywhere(city.perception_indicator)
    record = view.ask_everywhere(city.record_indicator)
    left, right = st.columns(2, gap="large")
    with left:
        chart.chart(view, view.drawn(figures.quadrant, feeling, record), feeling, record, key="quadrant")
    with right:
        chart.chart(view, view.drawn(figures.tile_map, mapped), mapped, key="karte")
