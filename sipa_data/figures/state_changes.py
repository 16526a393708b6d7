"""What would read otherwise in another state of the data, as tables of German words: old beside new."""

from collections.abc import Iterable, Sequence

import pandas as pd

from sipa_data import german
from sipa_data.answers.state_changes import Cell, IndicatorChange
from sipa_data.answers.types import CITY, Answer, Status
from sipa_data.figures.rows import Row, rows
from sipa_data.figures.when import period_text
from sipa_data.figures.words import NOTHING, STATUS_WORDS, value_with_interval
from sipa_data.periods import Period

MOST_CELLS = 100
"""A longer table is read by nobody; what it leaves out is said below it."""
MOST_NAMED = 6


def changes_table(changes: Iterable[IndicatorChange]) -> pd.DataFrame:
    """One row per indicator: the city before and after, what is said of it, and the districts that read otherwise.

    First those of which something else would be said, last those that only lack the newest period.
    """
    ordered = sorted(changes, key=lambda one: (one.is_emptied, not said_otherwise(one)))
    return pd.DataFrame([_line(change) for change in ordered], dtype="string")


def cells_table(change: IndicatorChange) -> pd.DataFrame:
    """One row per number of an indicator that differs, the newest period first: old and new, status, verdict."""
    cells = ordered(change.cells)[:MOST_CELLS]
    told = _old_and_new(change, cells)
    lines = [{"Gebiet": _name(change.after, cell)} | line for cell, line in zip(cells, told, strict=True)]
    return pd.DataFrame(lines, dtype="string")


def place_table(changes: Iterable[IndicatorChange], place: str) -> pd.DataFrame:
    """One row per number of a district (or CITY) that differs, indicator by indicator."""
    lines = [
        {"Kennzahl": change.indicator.title} | line
        for change in changes
        for line in _old_and_new(change, ordered(cell for cell in change.cells if cell.district == place))
    ]
    return pd.DataFrame(lines[:MOST_CELLS], dtype="string")


def left_out(change: IndicatorChange) -> str:
    """What the table of cells does not show; empty where it shows everything."""
    more = len(change.cells) - MOST_CELLS
    return (
        "" if more <= 0 else f"Dazu kommen {german.count_of(more, 'weitere Zahl', 'weitere Zahlen')}, älter als diese."
    )


def title_of(change: IndicatorChange) -> str:
    """The indicator, with the period where one was asked for."""
    asked = change.after.question.period
    return change.indicator.title if asked is None else f"{change.indicator.title}, {period_text(asked)}"


def flips_table(changes: Iterable[IndicatorChange]) -> pd.DataFrame:
    """One row per indicator: how many numbers come to be shown, and how many are no longer shown, and where."""
    return pd.DataFrame(
        [
            {
                "Kennzahl": title_of(change),
                "Wird gezeigt": _cells_named(change, change.gained),
                "Wird nicht mehr gezeigt": _cells_named(change, change.lost),
            }
            for change in changes
        ],
        dtype="string",
    )


def ordered(cells: Iterable[Cell]) -> list[Cell]:
    """The newest period first; within it the order of the answer."""
    return sorted(cells, key=lambda cell: cell.period.end, reverse=True)


def districts_told(names: Sequence[str], among: int, most: int = MOST_NAMED) -> str:
    """„Hafen und Nord“, „alle 23“, „14 von 23“; „keiner“ where there is none."""
    if not names:
        return "keiner"
    if len(names) == among and among > 1:
        return f"alle {german.number(among)}"
    if len(names) <= most:
        return german.listing(tuple(names))
    return f"{german.number(len(names))} von {german.number(among)}"


def said_otherwise(change: IndicatorChange, place: str = CITY) -> bool:
    """Whether both states judge the same period of a place, and differently."""
    return place in change.verdicts


def statuses(change: IndicatorChange) -> dict[tuple[Status, Status], list[Cell]]:
    """The numbers that change their status, by the old and the new one."""
    old, new = _old(change), _new(change)
    found: dict[tuple[Status, Status], list[Cell]] = {}
    for cell in change.flipped:
        found.setdefault((_status(old.get(cell)), _status(new.get(cell))), []).append(cell)
    return found


def statuses_table(changes: Iterable[IndicatorChange]) -> pd.DataFrame:
    """One row per indicator and kind of change: from which status to which, and where. Empty where none changes."""
    return pd.DataFrame(
        [
            {
                "Kennzahl": title_of(change),
                "Status bisher": STATUS_WORDS[was],
                "Status neu": STATUS_WORDS[now],
                "Wo": _cells_named(change, cells),
            }
            for change in changes
            for (was, now), cells in statuses(change).items()
        ],
        dtype="string",
    )


def _line(change: IndicatorChange) -> dict[str, str]:
    was, now = _newest_of_each(change) if change.is_new_period else (change.newest, change.newest)
    city, places = change.after.city, change.after.places
    named = [place.name for district, place in places.items() if district in change.districts]
    return {
        "Kennzahl": change.indicator.title,
        "Zeitraum": period_text(now) if was == now else f"{period_text(was)} → {period_text(now)}",
        "Stadt bisher": _number(_old(change).get(Cell(CITY, was)), change),
        "Stadt neu": _number(_new(change).get(Cell(CITY, now)), change),
        "Einschätzung": _judged(change, Cell(CITY, now)),
        city.districts_word: districts_told(named, len(places), most=2),
    }


def _newest_of_each(change: IndicatorChange) -> tuple[Period, Period]:
    """„Neuester Stand“ before and after."""
    after = change.after.period or change.newest
    return change.before.period or after, after


def _judged(change: IndicatorChange, cell: Cell) -> str:
    """What is said then, and what is said now where that is something else."""
    now = _said(change.after, cell)
    was = _said(change.before, cell) if cell.district in change.verdicts else now
    return now if was == now else f"{now} (bisher: {was})"


def _old_and_new(change: IndicatorChange, cells: Iterable[Cell]) -> list[dict[str, str]]:
    old, new = _old(change), _new(change)
    return [
        {
            "Zeitraum": period_text(cell.period),
            "Bisher": _number(old.get(cell), change),
            "Neu": _number(new.get(cell), change),
            "Einschätzung bisher": _said(change.before, cell),
            "Einschätzung neu": _said(change.after, cell),
        }
        for cell in cells
    ]


def _old(change: IndicatorChange) -> dict[Cell, Row]:
    return _by_cell(change.also_before) | _by_cell(change.before)


def _new(change: IndicatorChange) -> dict[Cell, Row]:
    return _by_cell(change.also_after) | _by_cell(change.after)


def _by_cell(answer: Answer | None) -> dict[Cell, Row]:
    return {} if answer is None else {Cell(row.district, row.period, row.group): row for row in rows(answer)}


def _name(answer: Answer, cell: Cell) -> str:
    place = answer.place_name(cell.district)
    return place if cell.group is None else f"{place}, {cell.group}"


def _status(row: Row | None) -> Status:
    return Status.not_collected if row is None else row.status


def _number(row: Row | None, change: IndicatorChange) -> str:
    """The value with its interval, and a word where it is to be read with care; else the word for why there is none."""
    if row is None or row.value is None:
        return STATUS_WORDS[_status(row)]
    told = value_with_interval(row, change.indicator)
    return f"{told}, {STATUS_WORDS[row.status]}" if row.status is Status.limited else told


def _said(answer: Answer, cell: Cell) -> str:
    found = answer.verdict_on(cell.district) if answer.period == cell.period else None
    return found.short if found else NOTHING


def _cells_named(change: IndicatorChange, cells: Sequence[Cell]) -> str:
    """„Hafen (2025)“; only how many and where, without the periods, where they are many."""
    if not cells:
        return "nichts"
    if len(cells) > MOST_NAMED:
        return f"{german.count_of(len(cells), 'Zahl', 'Zahlen')}: {_places_named(change, cells)}"
    return german.listing([f"{_name(change.after, cell)} ({period_text(cell.period)})" for cell in ordered(cells)])


def _places_named(change: IndicatorChange, cells: Sequence[Cell]) -> str:
    """„Musterstadt, Hafen und Nordstadt“, „Musterstadt und alle 23 Stadtbezirke“"""
    after = change.after
    named = list(dict.fromkeys(after.place_name(cell.district) for cell in cells))
    districts = {place.name for place in after.places.values()}
    if len(districts) > 1 and districts <= set(named):
        others = [name for name in named if name not in districts]
        return german.listing([*others, f"alle {german.number(len(districts))} {after.city.districts_word}"])
    return german.listing(named)
