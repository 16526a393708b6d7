"""A survey wave before its release, as German words: weights, design effect, who answered beside who lives here."""

import pandas as pd

from sipa_data import german
from sipa_data.answers.wave_review import WaveReview
from sipa_data.figures.words import NOTHING


def review_table(review: WaveReview) -> pd.DataFrame:
    """Two columns: what, and how much."""
    response = NOTHING if review.response is None else _per_cent(review.response)
    lines = {
        "Befragte": german.number(review.respondents),
        "Eingeladene": NOTHING if review.invited is None else german.number(review.invited),
        "Rücklauf": response,
        "Summe der Gewichte": german.number(review.weight_sum, 1),
        "Designeffekt der Gewichte": german.number(review.design_effect, 2),
        "Wirksame Zahl der Befragten": german.number(review.n_effective),
    }
    return pd.DataFrame({"Angabe": list(lines), "Wert": list(lines.values())}, dtype="string")


def groups_table(review: WaveReview) -> pd.DataFrame:
    """One row per group: share of the respondents, without and with weights, beside the population."""
    return pd.DataFrame(
        [
            {
                "Merkmal": group.feature,
                "Gruppe": group.label,
                "Befragte": german.number(group.respondents),
                "Anteil ungewichtet": _per_cent(group.share),
                "Anteil gewichtet": _per_cent(group.weighted),
                "Anteil der Bevölkerung": "nicht bekannt"
                if group.inhabitants is None
                else _per_cent(group.inhabitants),
                "Abstand gewichtet": NOTHING
                if group.inhabitants is None
                else _apart(group.weighted - group.inhabitants),
            }
            for group in review.groups
        ],
        dtype="string",
    )


def _per_cent(share: float) -> str:
    return german.with_unit(100 * share, "%", 1)


def _apart(difference: float) -> str:
    sign = "+" if difference > 0 else ""
    return f"{sign}{german.with_unit(100 * difference, 'Prozentpunkte', 1)}"
