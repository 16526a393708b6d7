"""Feeling and record side by side: each district between the recorded rate and the share that feels unsafe.

The two are never averaged. A district is placed in a quadrant only where both differ from the rest of the
city beyond chance; the others cannot be told from the city, wherever their dot happens to lie.
"""

import pandas as pd

from sipa_data import german
from sipa_data.answers.types import CITY, Answer
from sipa_data.figures.findings import MOST_NAMES
from sipa_data.figures.palette import colours
from sipa_data.figures.picture import Picture
from sipa_data.figures.quadrant_drawing import draw_quadrant, in_multiples
from sipa_data.figures.rows import current_rows
from sipa_data.figures.standing import Pair, Standing, pairs_of, spoken_of
from sipa_data.figures.table import PLACE
from sipa_data.figures.words import (
    NOTHING,
    interval_text,
    measured,
    source_line,
    value_text,
    value_with_interval,
    why_hidden,
)

STANDING = "Einordnung"


def quadrant(perception: Answer, record: Answer, *, dark: bool = False) -> Picture:
    """Both asked everywhere and against the rest of the city.

    Parameters
    ----------
    perception : the vertical axis, a share of people
    record : the horizontal axis, a rate of recorded cases
    dark : colours for the dark theme
    """
    theme = colours(dark=dark)
    pairs, left_out = pairs_of(perception, record)
    title = _title(perception, pairs)
    hidden = _left_out(left_out, perception.city.districts_word)
    parts = [f"{measured(perception.indicator)}, und {measured(record.indicator)}", "Striche: 95-%-Bereich"]
    parts += ["waagerecht: gleicher Abstand heißt gleiches Vielfaches"] if in_multiples(pairs) else []
    parts += [f"nicht gezeigt: {german.listing(hidden)}"] if hidden else []
    return Picture(
        figure=draw_quadrant(perception, record, pairs, theme) if pairs else None,
        title=title,
        subtitle=" · ".join(parts),
        alt=_alt(perception, record, pairs, title, hidden),
        table=_table(perception, record, pairs),
        source=source_line(perception, record),
        chooses_district=True,
    )


def _left_out(reasons: dict[str, str], districts_word: str) -> list[str]:
    """``West (vertraulich)``; where many share a reason, how many: ``23 Stadtbezirke (zu wenige Antworten)``."""
    told = []
    for why in dict.fromkeys(reasons.values()):
        names = [name for name, reason in reasons.items() if reason == why]
        told += (
            [f"{name} ({why})" for name in names]
            if len(names) <= MOST_NAMES
            else [f"{len(names)} {districts_word} ({why})"]
        )
    return told


def _title(answer: Answer, pairs: list[Pair]) -> str:
    if not pairs:
        return f"Gefühl und Lage: keine gemeinsamen Werte für {answer.city.districts_word}"
    parts = []
    for standing in (Standing.both, Standing.feeling_only, Standing.record_only, Standing.neither):
        names = [pair.name for pair in pairs if pair.standing is standing]
        who = german.listing(names) if len(names) <= MOST_NAMES else f"{len(names)} {answer.city.districts_word}"
        parts += [f"{who}: {standing}"] if names else []
    if not parts:
        return "Gefühl und Lage: nirgends weichen beide zugleich über den Zufall hinaus vom Stadtwert ab"
    return "; ".join(parts[:2])


def _alt(perception: Answer, record: Answer, pairs: list[Pair], title: str, hidden: list[str]) -> str:
    said = [f"{title}."]
    if pairs:
        axes = f"{measured(perception.indicator)}, gegen {measured(record.indicator)}"
        said.append(f"{axes}: {len(pairs)} {perception.city.districts_word}.")
    told = [
        f"{pair.name} {value_with_interval(pair.feeling, perception.indicator)} und "
        f"{value_with_interval(pair.record, record.indicator)}"
        for pair in spoken_of(pairs)
    ]
    said += [f"Anders als der Rest: {'; '.join(told)}."] if told else []
    said += [f"Nicht gezeigt: {german.listing(hidden)}."] if hidden else []
    return " ".join(said)


def _table(perception: Answer, record: Answer, pairs: list[Pair]) -> pd.DataFrame:
    """City and districts with both values and what can be said of them."""
    standings = {pair.feeling.district: pair.standing for pair in pairs}
    columns: dict[str, list[str]] = {}
    areas = [CITY, *perception.places]
    for answer in (perception, record):
        found = {row.district: row for row in current_rows(answer)}
        values = [found.get(area) for area in areas]
        title, indicator = answer.indicator.short_title, answer.indicator
        columns[title] = [value_text(row, indicator) if row else why_hidden(None) for row in values]
        columns[f"95-%-Bereich ({title})"] = [
            (interval_text(row, indicator) if row else "") or NOTHING for row in values
        ]
    columns = {PLACE: [perception.place_name(area) for area in areas], **columns}
    columns[STANDING] = [standings[area].value if area in standings else NOTHING for area in areas]
    return pd.DataFrame(columns, dtype="string")
