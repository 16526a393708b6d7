"""What would read otherwise in another state of the data, as tables of German words: old beside new."""

from collections.abc import Iterable, Sequence

import pandas as pd

from sipa_data import german
from sipa_data.answers.state_changes import Cell, IndicatorChange
from sipa_data.answers.types import CITY, Answer
from sipa_data.figures.rows import Row, rows
from sipa_data.figures.words import NOTHING, status_text, value_with_interval, why_hidden

MOST_CELLS = 100
"""A longer table is read by nobody; what it leaves out is said below it."""
MOST_NAMED = 6


def changes_table(changes: Iterable[IndicatorChange]) -> pd.DataFrame:
    """One row per indicator: the city before and after, in how many districts and periods numbers differ.

    First those with other numbers, then those that only lack the newest period.
    """
    return pd.DataFrame([_line(change) for change in sorted(changes, key=lambda one: one.is_emptied)], dtype="string")


def cells_table(change: IndicatorChange) -> pd.DataFrame:
    """One row per number that differs, the newest period first: old and new with interval, status, verdict."""
    old, new = _old(change), _new(change)
    answered = change.after.period
    return pd.DataFrame(
        [
            {
                "Gebiet": _name(change.after, cell),
                "Zeitraum": cell.period.german,
                "Bisher": _number(old.get(cell), change),
                "Neu": _number(new.get(cell), change),
                "Einschätzung bisher": _said(change.before, cell) if cell.period == answered else NOTHING,
                "Einschätzung neu": _said(change.after, cell) if cell.period == answered else NOTHING,
            }
            for cell in ordered(change.cells)[:MOST_CELLS]
        ],
        dtype="string",
    )


def left_out(change: IndicatorChange) -> str:
    """What the table of cells does not show; empty where it shows everything."""
    more = len(change.cells) - MOST_CELLS
    return (
        "" if more <= 0 else f"Dazu kommen {german.count_of(more, 'weitere Zahl', 'weitere Zahlen')}, älter als diese."
    )


def in_short(changes: Sequence[IndicatorChange], looked_at: int) -> str:
    """„12 von 60 betroffenen Kennzahlen ändern sich, davon 9 in der Gesamtzahl der Stadt.“"""
    if not looked_at:
        return "Keine Kennzahl wird aus diesen Angaben berechnet."
    if not changes:
        asked = german.count_of(looked_at, "Kennzahl", "Kennzahlen")
        return f"Von {asked}, die von diesen Angaben abhängen können, ändert sich keine."
    city = sum(change.is_citywide for change in changes)
    verb = "ändert" if len(changes) == 1 else "ändern"
    told = f"{german.number(len(changes))} von {german.count_of(looked_at, 'Kennzahl', 'Kennzahlen')} {verb} sich"
    emptied = sum(change.is_emptied for change in changes)
    told = f"{told}, davon {german.number(city)} in der Gesamtzahl der Stadt."
    if not emptied:
        return told
    of = "einer Kennzahl" if emptied == 1 else f"{german.number(emptied)} Kennzahlen"
    return f"{told} Bei {of} stünde unter „neuester Stand“ keine Zahl mehr, weil sie für den neuen Zeitraum fehlt."


def flips_table(changes: Iterable[IndicatorChange]) -> pd.DataFrame:
    """One row per indicator: how many numbers come to be shown, and how many are no longer shown, and where."""
    return pd.DataFrame(
        [
            {
                "Kennzahl": change.indicator.title,
                "Wird gezeigt": _places(change, change.gained),
                "Wird nicht mehr gezeigt": _places(change, change.lost),
            }
            for change in changes
        ],
        dtype="string",
    )


def ordered(cells: Iterable[Cell]) -> list[Cell]:
    """The newest period first; within it the order of the answer."""
    return sorted(cells, key=lambda cell: cell.period.end, reverse=True)


def _line(change: IndicatorChange) -> dict[str, str]:
    cell = Cell(CITY, change.newest)
    verdicts = [_said(answer, cell) for answer in (change.before, change.after)]
    periods = {one.period for one in change.cells}
    return {
        "Kennzahl": change.indicator.title,
        "Zeitraum": change.newest.german,
        "Stadt bisher": _number(_old(change).get(cell), change, with_reason=False),
        "Stadt neu": _number(_new(change).get(cell), change),
        "Einschätzung": verdicts[1]
        if verdicts[0] in (NOTHING, verdicts[1])
        else f"{verdicts[1]} (bisher: {verdicts[0]})",
        "Gebiete": german.number(len(change.districts)) if change.districts else "keine",
        "Zeiträume": german.number(len(periods)) if periods else "keine",
        "Neuester Stand": "leer" if change.is_emptied else "mit Zahl",
    }


def _old(change: IndicatorChange) -> dict[Cell, Row]:
    return _by_cell(change.also_before) | _by_cell(change.before)


def _new(change: IndicatorChange) -> dict[Cell, Row]:
    return _by_cell(change.also_after) | _by_cell(change.after)


def _by_cell(answer: Answer | None) -> dict[Cell, Row]:
    return {} if answer is None else {Cell(row.district, row.period, row.group): row for row in rows(answer)}


def _name(answer: Answer, cell: Cell) -> str:
    place = answer.place_name(cell.district)
    return place if cell.group is None else f"{place}, {cell.group}"


def _number(row: Row | None, change: IndicatorChange, *, with_reason: bool = True) -> str:
    """Of what is replaced, why there was no number is of interest only in the details."""
    if row is not None and row.value is not None:
        return value_with_interval(row, change.indicator)
    return status_text(row) if row is not None and with_reason else why_hidden(row)


def _said(answer: Answer, cell: Cell) -> str:
    found = answer.verdict_on(cell.district) if answer.period == cell.period else None
    return found.short if found else NOTHING


def _places(change: IndicatorChange, cells: Sequence[Cell]) -> str:
    """„Hafen (2025)“; only how many where they are many."""
    if not cells:
        return "nichts"
    if len(cells) > MOST_NAMED:
        return german.count_of(len(cells), "Zahl", "Zahlen")
    return german.listing([f"{_name(change.after, cell)} ({cell.period.german})" for cell in ordered(cells)])
