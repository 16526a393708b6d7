"""Tables of the chain of evidence. Cells are German text, ready to show."""

from collections.abc import Iterable, Sequence

import pandas as pd

from sipa_data.answers.effect_types import GREEN_LIST, Effect
from sipa_data.answers.evidence import FieldEvidence
from sipa_data.catalogue import Catalogue
from sipa_data.figures.words import NOTHING
from sipa_data.german import listing, number

NONE = "keine Maßnahme erfasst"


def fields_table(fields: Sequence[FieldEvidence]) -> pd.DataFrame:
    """One row per field of action: how many of its projects are evaluated, and the verdicts."""
    return pd.DataFrame(
        [
            {
                "Handlungsfeld": one.field.title,
                "Maßnahmen und Befunde": _told(one),
            }
            for one in fields
        ],
        dtype="string",
    )


def _told(one: FieldEvidence) -> str:
    """``6 von 7 ausgewertet: 3 × Hinweis auf Wirkung, …``"""
    if not one.projects:
        return NONE
    evaluated = f"{number(one.evaluated)} von {number(one.projects)} ausgewertet"
    return f"{evaluated}: {one.verdicts()}" if one.evaluated else evaluated


def chain_table(effects: Iterable[Effect], catalogue: Catalogue) -> pd.DataFrame:
    """One row per project and outcome: field of action → measure → indicator → finding, and what it rests on."""
    return pd.DataFrame(
        [
            {
                "Maßnahme": one.title,
                "Handlungsfeld": listing([catalogue.fields[key].title for key in one.fields if key in catalogue.fields])
                or NOTHING,
                "gemessen an": one.measure,
                "Befund": one.short,
                "Im Einzelnen": one.sentence,
                "Aussagekraft": rests_on(one),
            }
            for one in effects
        ],
        dtype="string",
    )


def rests_on(effect: Effect) -> str:
    """``vorher und nachher mit Vergleich (Stufe 3 von 5)``, and the level of the programme where it is listed."""
    listed = "" if effect.listed is None else f"; Grüne Liste, Stufe {effect.listed}: {GREEN_LIST[effect.listed]}"
    return f"{effect.evidence.german}{listed}"
