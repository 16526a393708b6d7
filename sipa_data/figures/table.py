"""The table behind a figure: one row per observation, German text in every cell."""

import pandas as pd

from sipa_data.answers.types import Answer
from sipa_data.figures.rows import Row, current_rows, group_rows, rows
from sipa_data.figures.words import NOTHING, base_text, interval_text, status_text, value_text

PLACE = "Gebiet"
GROUP = "Gruppe"
PERIOD = "Zeitraum"
VALUE = "Wert"
INTERVAL = "95-%-Bereich"
BASE = "Grundlage (n)"
BASIS = "Basis"
STATUS = "Status"
VERDICT = "Einschätzung"
EVERYONE = "alle"


def table(answer: Answer) -> pd.DataFrame:
    """All observations in the order of the answer. „Gruppe“ and „Einschätzung“ only where there are any."""
    found = rows(answer)
    columns: dict[str, list[str]] = {PLACE: [row.place for row in found]}
    if any(row.group for row in found):
        columns[GROUP] = [row.group or EVERYONE for row in found]
    columns |= {
        PERIOD: [row.period.german for row in found],
        VALUE: [value_text(row, answer.indicator) for row in found],
        INTERVAL: [interval_text(row, answer.indicator) or NOTHING for row in found],
        BASE: [base_text(row) for row in found],
        BASIS: [row.basis or NOTHING for row in found],
        STATUS: [status_text(row) for row in found],
    }
    if answer.verdicts:
        columns[VERDICT] = verdict_cells(answer, found)
    return pd.DataFrame(columns, dtype="string")


def verdict_cells(answer: Answer, found: tuple[Row, ...]) -> list[str]:
    """The verdict beside the value it is about, which is the one of the answered period."""
    spoken_of = {*current_rows(answer), *group_rows(answer)}
    cells = []
    for row in found:
        verdict = answer.verdict_on(row.district, row.group) if row in spoken_of and row.value is not None else None
        cells.append(verdict.short if verdict else NOTHING)
    return cells
