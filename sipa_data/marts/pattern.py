"""The closed cuts of one snapshot: every number a protected reader could ask, and which of them stay hidden.

Computed once per snapshot, so that it can be looked up, audited and kept the same for everybody.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue import Catalogue
from sipa_data.disclosure import NOBODY, hide
from sipa_data.disclosure.lines import Line
from sipa_data.marts.coverage import Coverage
from sipa_data.marts.series import Cell, Series, all_series, sums_of_others
from sipa_data.periods import Grain, Period

GRAINS = {
    "month": Grain.month,
    "quarter": Grain.quarter,
    "year": Grain.year,
    "rolling_year": Grain.rolling_year,
}
FINER = {
    Grain.year: (Grain.quarter, Grain.month),
    Grain.rolling_year: (Grain.quarter, Grain.month),
    Grain.quarter: (Grain.month,),
}
"""Which steps a longer period is the sum of, longest first."""

Ask = Callable[..., pa.Table]


@dataclass
class CellTable:
    """The cells of all cuts, numbered, with their true counts."""

    values: list[int] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    index: dict[Cell, int] = field(default_factory=dict)

    def add(self, cell: Cell, value: int) -> None:
        if cell not in self.index:
            self.index[cell] = len(self.cells)
            self.cells.append(cell)
            self.values.append(value)


def hidden_cells(catalogue: Catalogue, coverage: Coverage, ask: Ask) -> frozenset[Cell]:
    """The cells of the closed cuts that a protected reader must not receive."""
    series = all_series(catalogue)
    table = CellTable()
    for cut in catalogue.cuts.values():
        areas = (*catalogue.districts, NOT_LOCATABLE) if cut.area == "district" else ()
        _add_cut(table, series, GRAINS[cut.period], areas, coverage, ask)
    if not table.cells:
        return frozenset()
    district_numbers = {district: number for number, district in enumerate(catalogue.districts)}
    hidden = hide(
        np.asarray(table.values, dtype=np.int64),
        list(_lines(table, series, catalogue)),
        known_groups=np.asarray([district_numbers.get(cell.area, NOBODY) for cell in table.cells]),
    )
    return frozenset(cell for cell, is_hidden in zip(table.cells, hidden, strict=True) if is_hidden)


def _add_cut(
    table: CellTable,
    series: tuple[Series, ...],
    grain: Grain,
    areas: tuple[str, ...],
    coverage: Coverage,
    ask: Ask,
) -> None:
    periods = {source: coverage.of_source(source).answerable(grain) for source in {one.source for one in series}}
    asked = sorted({period for found in periods.values() for period in found})
    if not asked:
        return
    counted = _counts(series, asked, ask)
    for one in series:
        for period in periods[one.source]:
            if not coverage.collects(one.source, one.offence_keys, period):
                continue
            found = counted.get((one, period), {})
            if None in found.values():  # the source does not say what this series counts
                continue
            counts = {area: count for area, count in found.items() if count is not None}
            table.add(Cell(one, CITY, period), sum(counts.values()))
            if coverage.of_source(one.source).names_districts(period):
                for area in areas:
                    table.add(Cell(one, area, period), counts.get(area, 0))


def _counts(
    series: tuple[Series, ...], asked: list[Period], ask: Ask
) -> dict[tuple[Series, Period], dict[str, int | None]]:
    members = [
        (number, one.source, key, kind)
        for number, one in enumerate(series)
        for key in one.offence_keys
        for kind in one.place_kinds or ("",)
    ]
    numbers, sources, keys, kinds = (list(column) for column in zip(*members, strict=True))
    rows = ask(
        "cells",
        starts=[period.start for period in asked],
        ends=[period.end for period in asked],
        series=numbers,
        sources=sources,
        offence_keys=keys,
        place_kinds=kinds,
    )
    counted: dict[tuple[Series, Period], dict[str, int | None]] = defaultdict(dict)
    for row in rows.to_pylist():
        one = series[row["series"]]
        counted[one, Period(row["asked_start"], row["asked_end"])][row["area"]] = row[one.counted]
    return counted


def _lines(table: CellTable, series: tuple[Series, ...], catalogue: Catalogue) -> Iterator[Line]:
    """Every sum that holds between published cells: areas, time, and series that add up."""
    parts_of = {one: sums_of_others(one, series) for one in series}
    for cell, total in table.index.items():
        if cell.area == CITY:
            areas = (Cell(cell.series, area, cell.period) for area in (*catalogue.districts, NOT_LOCATABLE))
            yield from _line(table, total, areas)
        for finer in FINER.get(cell.period.grain, ()):
            steps = (Cell(cell.series, cell.area, step) for step in _split(cell.period, finer))
            yield from _line(table, total, steps)
        if parts := parts_of[cell.series]:
            yield from _line(table, total, (Cell(part, cell.area, cell.period) for part in parts))


def _line(table: CellTable, total: int, parts: Iterator[Cell]) -> Iterator[Line]:
    """The line, if every part is itself a published cell."""
    numbers = [table.index.get(part) for part in parts]
    known = tuple(number for number in numbers if number is not None)
    if known and len(known) == len(numbers):
        yield Line(total, known)


def _split(period: Period, grain: Grain) -> tuple[Period, ...]:
    """The months or quarters that make up a period."""
    months = period.months()
    if grain == Grain.month:
        return months
    return tuple(Period(first.start, third.end) for first, third in zip(months[::3], months[2::3], strict=True))
