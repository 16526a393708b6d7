"""What changed in a place, the strongest evidence first, and what did not."""

from collections.abc import Collection, Iterable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from pages.parts import finding, verdict
from pages.parts.folded import folded
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data import figures
from sipa_data.answers import Answer, VerdictCode
from sipa_data.answers.changes import Changes, Finding, changes
from sipa_data.answers.families import place_of
from sipa_data.figures.words import NOTHING
from sipa_data.german import count_of, listing

MOST_FINDINGS = 5
FEWEST_FINDINGS = 3
MOST_NAMED = 5


def changed(view: View, *, key: str, only: Collection[str] | None = None, first: Answer | None = None) -> Changes:
    """Findings in sentences, each with its proof; below them in small what stayed.

    Everything of the catalogue is judged together, whatever is shown of it: else one page would call a finding what
    another calls chance. Tiles and tables of the page are told by the same family.

    Parameters
    ----------
    key : tells the links from others on the page
    only : ids of the indicators to speak of
    first : what is said before everything else, whether it is a finding or not
    """
    found = changes(view.reader, [view.question(indicator) for indicator in view.catalogue.indicators])
    found = found if only is None else found.among(only)
    ahead = [] if first is None else _said_of(found.family.applied(first))
    leading = {answer.indicator.id for answer, _ in ahead}
    others = [one for one in found.beyond_chance if one[0].indicator.id not in leading]
    with st.container(gap="xxsmall", key=f"befunde-{key}"):
        finding.findings(view, [*ahead, *others][:MOST_FINDINGS], key=key, with_field=only is None)
        st.markdown(verdict.muted(_what_did_not(found, leading)))
    return found


def _said_of(answer: Answer) -> list[Finding]:
    judged = answer.verdict_on(place_of(answer))
    return [] if judged is None else [(answer, judged)]


def _what_did_not(found: Changes, told_already: Collection[str]) -> str:
    """The quiet half of the news: what stayed, and what looks striking only as long as nobody counts the looks."""
    if not found.looked_at:
        return "Für keine Kennzahl gibt es einen früheren Zeitraum, mit dem sie sich vergleichen ließe."
    left = [one for one in found.unchanged if one[0].indicator.id not in told_already]
    unclear = [one for one in left if one[1].code is VerdictCode.one_of_many]
    stayed = [one for one in left if one[1].code is not VerdictCode.one_of_many]
    further = found.beyond_chance[MOST_FINDINGS:]
    parts = (
        ("Ebenfalls verändert", further),
        ("Ohne gesicherte Veränderung (Zufall oder übliche Schwankung)", stayed),
        ("Für sich auffällig, unter so vielen Vergleichen aber kein klarer Befund", unclear),
    )
    said = [f"{told}: {_some(members)}." for told, members in parts if members]
    return " ".join([_how_few(len(found.beyond_chance)), *said]).strip()


def _how_few(findings: int) -> str:
    if findings >= FEWEST_FINDINGS:
        return ""
    if findings:
        return "Weitere klare Befunde gibt es nicht."
    return "Keine Kennzahl hat sich klar verändert."


def _some(members: Sequence[Finding]) -> str:
    """The first by name, the others by number: the catalogue lists the lead indicators first."""
    titles = [answer.indicator.short_title for answer, _ in members]
    if len(titles) <= MOST_NAMED:
        return listing(titles)
    return listing([*titles[: MOST_NAMED - 1], f"{len(titles) - MOST_NAMED + 1} weitere"])


def all_compared(view: View, found: Changes, *, key: str) -> None:
    """Everything that was compared, on demand."""
    if found.looked_at:
        answers = [answer for answer, _ in (*found.beyond_chance, *found.unchanged)]
        told = f"Alles Verglichene: {count_of(found.looked_at, 'Kennzahl', 'Kennzahlen')}"
        folded(told, partial(_compared, view, found, answers), key=f"{key}-geprueft")


def _compared(view: View, found: Changes, answers: Sequence[Answer]) -> None:
    words_table(answers_table(view, answers), f"Was verglichen wurde: {view.place_name}")
    verdict.aside(found.family.told)
    if found.not_comparable:
        without = count_of(found.not_comparable, "weitere Kennzahl", "weitere Kennzahlen")
        verdict.aside(f"Ohne Vergleich: {without}.")


def answers_table(view: View, answers: Iterable[Answer]) -> pd.DataFrame:
    """One row per indicator: how it stands, and what can be said of its change or of its missing."""
    rows = []
    for answer in answers:
        shown = view.drawn(figures.tile, answer)
        rows.append(
            {
                "Kennzahl": answer.indicator.title,
                "Wert": f"{shown.value} {shown.unit}".strip(),
                "95-%-Bereich": shown.interval or NOTHING,
                "Gegenüber früher": shown.verdict or shown.note or NOTHING,
            }
        )
    return pd.DataFrame(rows, dtype="string")
