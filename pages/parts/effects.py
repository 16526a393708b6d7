"""Projects with what is known of their effect: a short verdict in the table, the full sentences below it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.parts import verdict
from pages.parts.tables import Row, project_table
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data.answers.effect_types import GREEN_LIST, Effect, EffectCode
from sipa_data.german import count_of

EXPLAINED = (
    "Die Aussagekraft einer Auswertung hat fünf Stufen (Maryland-Skala): 5 ist Zufallszuteilung, 3 ein Vergleich "
    "vorher und nachher, 2 nur vorher und nachher. „Keine Wirkung erkennbar“ heißt nicht, dass es keine gibt."
)


def projects(view: View, found: Sequence[Row], about: str, key: str) -> None:
    """The table of projects, and what was found out about each.

    Parameters
    ----------
    found : rows of the register
    about : names the tables for readers who do not see them
    key : tells the expander from others on the page
    """
    effects = _effects_of(view, found)
    words_table(table_with_effects(view, found), about)
    told = [effect for effect in effects if effect.code != EffectCode.not_measured]
    with st.expander("Wirkung im Einzelnen", type="compact", key=f"tabelle-wirkung-{key}"):
        for effect in told:
            st.markdown(_in_full(effect))
        st.markdown(verdict.muted(_summary(effects)))


def table_with_effects(view: View, found: Sequence[Row]) -> pd.DataFrame:
    """The table of projects with a short verdict on each."""
    effects = _effects_of(view, found)
    table = project_table(found, view.catalogue)
    table["Wirkung"] = pd.Series([_short(row, effects) for row in found], dtype="string")
    return table


def _effects_of(view: View, found: Sequence[Row]) -> list[Effect]:
    shown = {_identity(row) for row in found}
    return [one for one in view.reader.effects() if (one.project, one.title) in shown]


def _short(row: Row, effects: Sequence[Effect]) -> str:
    """``Hinweis auf Wirkung (vorher und nachher mit Vergleich)``, one per outcome."""
    own = [effect for effect in effects if (effect.project, effect.title) == _identity(row)]
    return "; ".join(dict.fromkeys(map(_in_short, own)))


def _identity(row: Row) -> tuple[str, str]:
    return str(row["project_id"]), str(row["title"])


def _in_short(effect: Effect) -> str:
    return effect.short if effect.evidence.scale is None else f"{effect.short} ({effect.evidence.name})"


def _in_full(effect: Effect) -> str:
    """The project in bold, what its evaluation rests on, and below it the whole sentence."""
    listed = "" if effect.listed is None else f" · Grüne Liste, Stufe {effect.listed}: {GREEN_LIST[effect.listed]}"
    head = f"{effect.evidence.german}{listed}"
    return f"**{verdict.escaped(effect.title)}** · {verdict.muted(head)}  \n{verdict.escaped(effect.sentence)}"


def _summary(effects: Sequence[Effect]) -> str:
    missing = len({effect.project for effect in effects if effect.code == EffectCode.not_measured})
    without = f" Ohne Messung: {count_of(missing, 'Projekt', 'Projekte')}." if missing else ""
    return f"{EXPLAINED}{without}"
