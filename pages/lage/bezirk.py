"""One district: what stands out, its profile beside the rest of the city, its walks, projects and partners."""

from collections.abc import Collection, Sequence

import streamlit as st

from pages.parts import chart, effects, finding, place, steering, tile, verdict
from pages.parts.filter_bar import choose_place
from pages.parts.partners_brief import partners_of_district
from pages.parts.signals import signals
from pages.parts.tables import profile_table
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data import figures
from sipa_data.answers import Answer, VerdictCode
from sipa_data.answers.changes import MOVED, each_once
from sipa_data.answers.families import Family
from sipa_data.catalogue.models import District
from sipa_data.german import count_of

TOPICS = {
    "incidents": "Was geschieht",
    "survey": "Was Menschen erleben",
    "register": "Was die Verwaltung tut",
}
"""Data class of the indicators → heading. Feeling and record stand beside each other, never mixed."""
APART = frozenset({VerdictCode.above, VerdictCode.below})
MOST_FINDINGS = 5
FEWEST_TILES, MOST_TILES = 4, 8

Pair = tuple[Answer, Answer, Answer]
"""One indicator of the district: against its past, the rest of the city, and similar districts."""


def page(view: View) -> None:
    """For the district council, in a minute. Without a district, the list to choose from."""
    word = view.catalogue.city.district_word
    if view.is_citywide:
        view.title(view.catalogue.city.districts_word, f"Wählen Sie einen {word}.")
    else:
        view.title(verdict.escaped(f"{word} {view.place_name}"), _described(view, view.catalogue.districts[view.place]))
    if not view.is_citywide and place.has_data(view):
        _profile(view)
        signals(view)
        steering.goals(view, steering.goals_of(view, with_city=False))
        steering.walks(view)
        _projects(view)
        partners_of_district(view)
    _all_districts(view)
    if view.is_citywide and place.has_data(view):
        _maps(view)


def _described(view: View, district: District) -> str:
    kind = view.catalogue.district_types[district.type].title
    return verdict.escaped(f"Lage: {district.zone} · Vergleichsgruppe: {kind}")


def _profile(view: View) -> None:
    """The few that stand out, then topic by topic. What the page compares is judged together."""
    members = [one.id for one in view.catalogue.indicators.values()]
    answers = each_once(view.reader, [view.question(one).over_time() for one in members])
    shown = [answer for answer in answers if place.is_collected(answer)]
    against_rest = [view.reader.ask(answer.question.against("rest")) for answer in shown]
    against_similar = [view.reader.ask(answer.question.against("similar")) for answer in shown]
    announced = view.catalogue.announced_indicators
    changed, apart, alike = (Family.of(them, announced) for them in (shown, against_rest, against_similar))
    pairs = [
        (changed.applied(before), apart.applied(rest), alike.applied(similar))
        for before, rest, similar in zip(shown, against_rest, against_similar, strict=True)
    ]
    st.header("Was sich verändert hat", anchor=False)
    _findings(view, [before for before, _, _ in pairs], MOVED, "Nichts hat sich über den Zufall hinaus verändert.")
    verdict.aside(changed.told)
    st.header("Was hier anders ist als in der übrigen Stadt", anchor=False)
    _findings(view, [rest for _, rest, _ in pairs], APART, "Nichts unterscheidet sich über den Zufall hinaus.")
    verdict.aside(apart.told)
    for data_class, heading in TOPICS.items():
        _topic(view, data_class, heading, [pair for pair in pairs if pair[0].indicator.data_class == data_class])


def _findings(view: View, answers: Sequence[Answer], codes: Collection[VerdictCode], without: str) -> None:
    judged = [(answer, answer.verdict_on(view.place)) for answer in answers]
    found = finding.leads_first(view, [(answer, said) for answer, said in judged if said and said.code in codes])
    if not found:
        st.markdown(without)
    finding.findings(view, found[:MOST_FINDINGS], key="-".join(sorted(codes)))
    if more := found[MOST_FINDINGS:]:
        told = count_of(len(more), "weiterer Befund steht", "weitere Befunde stehen")
        st.markdown(verdict.muted(f"{told} in den Tabellen unten."))


def _topic(view: View, data_class: str, heading: str, pairs: Sequence[Pair]) -> None:
    """Lead indicators and what moved as tiles; everything in the table."""
    if not pairs:
        return
    before, rest, similar = zip(*pairs, strict=True)
    st.header(heading, anchor=False)
    tile.tiles(view, _chosen(view, before), key=data_class)
    told = f"{count_of(len(before), 'Kennzahl', 'Kennzahlen')} als Tabelle, auch verglichen mit der übrigen Stadt"
    with st.expander(told if len(before) == 1 else f"Alle {told}", type="compact", key=f"tabelle-{data_class}"):
        words_table(profile_table(before, rest, view.place, similar), f"{heading}: {view.place_name}")


def _chosen(view: View, answers: Sequence[Answer]) -> list[Answer]:
    """Lead indicators first, then what moved beyond chance, then others until there are a few."""

    def rank(answer: Answer) -> int:
        said = answer.verdict_on(view.place)
        if answer.indicator.id in view.catalogue.lead_indicators:
            return 0
        return 1 if said is not None and said.code in MOVED else 2

    ordered = sorted(answers, key=rank)
    important = sum(rank(answer) < 2 for answer in ordered)
    return ordered[: min(MOST_TILES, max(important, FEWEST_TILES))]


def _projects(view: View) -> None:
    st.header("Projekte", anchor=False)
    found = view.reader.projects(district=view.place)
    here, everywhere = [one for one in found if one["districts"]], [one for one in found if not one["districts"]]
    if here:
        effects.projects(view, here, f"Projekte in {view.place_name}", key="bezirk")
    else:
        st.markdown(verdict.muted(f"Für {view.place_name} allein ist kein Projekt erfasst."))
    if everywhere:
        told = count_of(len(everywhere), "Projekt wirkt", "Projekte wirken")
        with st.expander(f"{told} in der ganzen Stadt", type="compact", key="tabelle-projekte"):
            table = effects.table_with_effects(view, everywhere)
            words_table(table, "Projekte in der ganzen Stadt")


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


def _maps(view: View) -> None:
    """What people feel and what is recorded, side by side: where to look first."""
    city = view.catalogue.city
    asked = [one for one in (city.perception_indicator, city.record_indicator) if one is not None]
    for column, indicator in zip(st.columns(len(asked), gap="large") if asked else (), asked, strict=True):
        everywhere = view.ask_everywhere(indicator)
        with column:
            chart.chart(view, view.drawn(figures.tile_map, everywhere), everywhere, key=f"karte-{indicator}")
