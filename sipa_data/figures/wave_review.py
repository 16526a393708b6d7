"""A survey wave before its release, as German words: weights, design effect, who answered beside who lives here."""

import pandas as pd

from sipa_data import german
from sipa_data.answers.wave_review import ReviewedGroup, WaveReview
from sipa_data.figures.words import NOTHING

MOST_APART = 3


def in_short(review: WaveReview) -> str:
    """How far the wave carries, and which groups stand furthest from their share of the population."""
    carries = _per_cent(review.n_effective / review.respondents)
    told = f"Die ungleichen Gewichte lassen von der Genauigkeit so viel übrig, als hätten nur {carries} geantwortet."
    furthest = sorted(filter(_gap, review.groups), key=lambda group: -abs(_gap(group)))[:MOST_APART]
    if not furthest:
        return told
    named = german.listing(
        [f"{one.label} ({_per_cent(one.weighted)} statt {_per_cent(one.inhabitants or 0)})" for one in furthest]
    )
    return f"{told} Am weitesten von der Bevölkerung entfernt, trotz Gewichten: {named}."


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
                "Abstand gewichtet": NOTHING if group.inhabitants is None else _apart(_gap(group)),
            }
            for group in review.groups
        ],
        dtype="string",
    )


def _gap(group: ReviewedGroup) -> float:
    """Percentage points as they are shown; nothing where the population is not known."""
    return 0.0 if group.inhabitants is None else german.rounded(100 * (group.weighted - group.inhabitants), 1)


def _per_cent(share: float) -> str:
    return german.with_unit(100 * share, "%", 1)


def _apart(points: float) -> str:
    return f"{'+' if points > 0 else ''}{german.with_unit(points, 'Prozentpunkte', 1)}"
