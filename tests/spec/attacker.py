"""An attacker who only asks: every indicator, every period, every district, as one reader, and then solves.

Nothing here knows how the pattern is made. Public are the catalogue (which keys hold which, which tables are cut) and
the rule (zeros are shown, small counts are not). ``Cells`` are what was asked; the unknown ones become whole numbers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import LinearConstraint, milp

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader, Status
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.models import ClearanceMeasure, CountMeasure, RateMeasure
from sipa_data.marts import Mart
from sipa_data.periods import Grain, Period

Counted = tuple[tuple[str, ...], tuple[str, ...], str]  # offence keys, kinds of place, cases or attempts or cleared
Cell = tuple[Counted, str, Period]
FAR = 5_000
GRAINS = {"month": Grain.month, "year": Grain.year}


@dataclass
class Gathered:
    """What a reader was told (``known``) and refused (``refused``), in one Datenstand. ``own`` : the own districts."""

    known: dict[Cell, int] = field(default_factory=dict)
    refused: set[Cell] = field(default_factory=set)
    own: frozenset[str] = frozenset()

    def least(self, cell: Cell) -> int:
        """A refused count is at least 1 where other cells of its table, zeros too, are told."""
        series, area, period = cell
        others = (where for one, where, when in self.known if one == series and when == period)
        return 1 if area == CITY or any(where != CITY and where not in self.own for where in others) else 0


def gather(mart: Mart, scope: Scope, periods: Iterable[Period]) -> Gathered:
    """Ask everything that counts incidents."""
    reader, found = Reader(mart, scope), Gathered(own=scope.own_districts)
    cuts = {(cut.area, GRAINS[cut.period]) for cut in mart.catalogue.cuts.values()}
    for indicator in mart.catalogue.indicators.values():
        measure = indicator.measure
        if not isinstance(measure, CountMeasure | RateMeasure | ClearanceMeasure):
            continue
        for period in periods:
            answer = reader.ask(Question(indicator.id, by_district=True, period=period, compare_with="rest"))
            for row in answer.observations.to_dict("records"):
                level = "city" if row["district"] == CITY else "district"
                if row["status"] != Status.suppressed or (level, period.grain) in cuts:
                    _note(found, measure, row, period)
    found.refused -= found.known.keys()
    return found


def _note(found: Gathered, measure: object, row: dict[str, object], period: Period) -> None:
    series = (measure.offence_keys, measure.place_kinds, getattr(measure, "count", "cases"))  # type: ignore[attr-defined]
    cell = (series, str(row["district"]), period)
    if getattr(measure, "pooled_years", 1) > 1:
        return  # made of years that are asked by themselves
    if row["status"] == Status.suppressed:
        if isinstance(measure, CountMeasure):
            found.refused.add(cell)
        return
    if row["status"] != Status.ok:
        return
    found.known[cell] = int(row["n"])  # type: ignore[call-overload]
    if isinstance(measure, ClearanceMeasure):
        part = str(row["basis"]).split(" von ")[0].replace(".", "")
        found.known[(series[0], series[1], measure.counted), cell[1], period] = int(part)


def relations(catalogue: Catalogue, cells: set[Cell]) -> Iterator[tuple[Cell, list[Cell], bool]]:
    """Totals, their parts, and whether these are all: areas, months of a year, and keys that hold others."""
    areas = (*catalogue.districts, NOT_LOCATABLE)
    for series, period in {(series, period) for series, _, period in cells}:
        parts = [(series, area, period) for area in areas if (series, area, period) in cells]
        if parts and (series, CITY, period) in cells:
            yield (series, CITY, period), parts, len(parts) == len(areas)
    for series, area, period in cells:
        months = [(series, area, month) for month in period.months()] if period.grain is Grain.year else []
        if months and cells.issuperset(months):
            yield (series, area, period), months, True
        for held, exact in _held(catalogue, series):
            found = [(one, area, period) for one in held if (one, area, period) in cells]
            if found:
                yield (series, area, period), found, exact and len(found) == len(held)


def _held(catalogue: Catalogue, series: Counted) -> Iterator[tuple[list[Counted], bool]]:
    """Series that a series of cases holds, and whether they are all of it."""
    keys, places, counted = series
    if counted == "cases":
        yield [((key,), places, counted) for one in keys for key in catalogue.offences[one].includes], False
        yield [(keys, places, "attempts")], False
        if not places:
            yield [(keys, ("oepnv",), counted)], False
        if len(keys) > 1:
            yield [((key,), places, counted) for key in keys], True


class Solver:
    """Bounds of every refused cell, from one or more Datenstände at once.

    ``changed`` : cells whose true count differs from one Datenstand to the next, should the attacker know even that;
    all others are the same number in each
    """

    def __init__(self, catalogue: Catalogue, states: list[Gathered], changed: frozenset[Cell] = frozenset()) -> None:
        self._variables: dict[tuple[int, Cell], int] = {}
        self._rows: list[tuple[dict[int, int], float, float]] = []
        known = {cell: count for state in states for cell, count in state.known.items() if cell not in changed}
        least: dict[int, int] = {}
        for number, state in enumerate(states):
            told = {**known, **state.known}
            cells = state.known.keys() | state.refused
            for cell in state.refused - told.keys():
                variable = self._variable(number, cell, changed)
                least[variable] = max(least.get(variable, 0), state.least(cell))
            for total, parts, exact in relations(catalogue, set(cells)):
                self._add(number, told, [(total, 1), *((part, -1) for part in parts)], changed, exact=exact)
        self._least = np.array([least.get(at, 0) for at in range(len(least))])

    def _variable(self, state: int, cell: Cell, changed: frozenset[Cell]) -> int:
        key = (state if cell in changed else 0, cell)
        return self._variables.setdefault(key, len(self._variables))

    def _add(
        self, state: int, told: dict[Cell, int], signs: list[tuple[Cell, int]], changed: frozenset[Cell], *, exact: bool
    ) -> None:
        row = {self._variable(state, cell, changed): sign for cell, sign in signs if cell not in told}
        rest = -sum(sign * told[cell] for cell, sign in signs if cell in told)
        if row:
            self._rows.append((row, rest, rest if exact else np.inf))

    @property
    def unknown(self) -> set[tuple[int, Cell]]:
        """What is solved for: the Datenstand (0 where it does not matter) and the cell."""
        return set(self._variables)

    def bounds(self, cell: Cell, state: int = 0) -> tuple[int, int]:
        """The smallest and the largest whole number that fits all that was told."""
        size = len(self._variables)
        matrix = np.zeros((len(self._rows), size))
        for at, (row, _, _) in enumerate(self._rows):
            matrix[at, list(row)] = list(row.values())
        constraint = LinearConstraint(matrix, [row[1] for row in self._rows], [row[2] for row in self._rows])
        objective = np.zeros(size)
        found = []
        for direction in (1, -1):
            objective[self._variables[state, cell]] = direction
            solution = milp(objective, constraints=constraint, bounds=(self._least, FAR), integrality=np.ones(size))
            assert solution.success, solution.message
            found.append(round(direction * solution.fun))
        return found[0], found[1]
