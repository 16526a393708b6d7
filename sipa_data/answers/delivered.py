"""Results as projects deliver them, one outcome at a time: which groups were measured when, and what kind they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from sipa_data.access.scope import Scope
from sipa_data.answers.effect_types import Design
from sipa_data.marts import SMALLEST_SHOWN_PERSONS

Row = Mapping[str, Any]
Group = Literal["treated", "comparison"]
When = Literal["before", "after"]

CASES = frozenset({"Fall", "Fälle"})
COUNTED_THINGS = CASES | {"Anzahl", "Personen", "Meldungen", "Vorfälle", "Taten", "Unfälle"}
"""Units of plain counts. „Anzahl je Monat“ is a mean of months and comes with its spread."""
PER_CENT = "%"


class Kind(StrEnum):
    """What kind of number the results are."""

    mean = "mean"  # with spread and number of persons
    share = "share"  # per cent of so many persons
    number = "number"  # so many cases
    bare = "bare"  # a median, or a number without its spread: nothing can be tested


@dataclass(frozen=True)
class Cell:
    """One delivered number. ``spread`` : standard deviation in the same unit; ``n`` : persons or cases behind it."""

    value: float
    spread: float | None
    n: int | None

    @property
    def events(self) -> int:
        """Persons that a share in per cent stands for; delivered shares are rounded, persons are whole."""
        return round(self.value / 100 * (self.n or 0))


@dataclass(frozen=True)
class Delivered:
    """One outcome of one project. ``later`` : the second value is that of the follow-up, for none was taken before."""

    measure: str
    unit: str
    cells: Mapping[tuple[Group, When], Cell]
    promised: Design
    direction: Literal["higher_is_better", "lower_is_better"] | None
    confidential: bool
    later: bool

    def has(self, *places: tuple[Group, When]) -> bool:
        return all(place in self.cells for place in places)

    def of(self, group: Group, when: When) -> Cell:
        return self.cells[group, when]

    @property
    def design(self) -> Design:
        """What the rows really allow, whatever was promised."""
        compared = self.has(("treated", "after"), ("comparison", "after"))
        if compared and self.promised == Design.randomised:
            return Design.randomised
        if compared and self.has(("treated", "before"), ("comparison", "before")):
            return Design.with_comparison
        if compared:
            return Design.comparison_afterwards
        return Design.before_after if self.has(("treated", "before"), ("treated", "after")) else Design.none

    @property
    def used(self) -> tuple[Cell, ...]:
        """The numbers that the design compares."""
        match self.design:
            case Design.with_comparison:
                return tuple(
                    self.of(group, when) for group in ("treated", "comparison") for when in ("before", "after")
                )
            case Design.randomised | Design.comparison_afterwards:
                return self.of("treated", "after"), self.of("comparison", "after")
            case Design.before_after:
                return self.of("treated", "before"), self.of("treated", "after")
            case _:
                return ()

    @property
    def kind(self) -> Kind:
        cells = self.used
        if all(cell.n is not None and cell.spread is not None and cell.spread >= 0 for cell in cells):
            return Kind.mean
        shares = all(cell.n is not None and cell.spread is None and 0 <= cell.value <= 100 for cell in cells)
        if self.unit.startswith(PER_CENT) and shares:
            return Kind.share
        whole = all(cell.value == round(cell.value) and cell.value >= 0 and cell.spread is None for cell in cells)
        return Kind.number if self.unit in COUNTED_THINGS and whole else Kind.bare

    def may_be_told(self, scope: Scope, districts: tuple[str, ...]) -> bool:
        """Fails closed: whoever does not see everything is told nothing that one to four persons stand behind.

        Delivered counts of recorded cases are known to no pattern of hidden cells, so those of single districts are
        for readers who see all of these.
        """
        if scope.sees_all_of(None) or (districts and all(scope.sees_all_of(one) for one in districts)):
            return True
        if self.confidential or (self.unit in CASES and districts):
            return False
        return not any(0 < persons < SMALLEST_SHOWN_PERSONS for persons in self._persons())

    def _persons(self) -> list[int]:
        """Every number of persons that the results tell, or that could be worked out from them."""
        found = []
        for (group, when), cell in self.cells.items():
            if cell.n is not None:
                found.append(cell.n)
                if when == "after" and self.has((group, "before")):
                    found.append(abs((self.of(group, "before").n or 0) - cell.n))
            if self.unit.startswith(PER_CENT) and cell.n is not None:
                found += [cell.events, cell.n - cell.events]
            if self.unit in COUNTED_THINGS:
                found.append(round(cell.value))
        return found


def delivered_results(rows: Sequence[Row]) -> list[Delivered]:
    """The outcomes of one project in the order of their names.

    Parameters
    ----------
    rows : rows of one project
    """
    by_measure: dict[str, list[Row]] = {}
    for row in rows:
        by_measure.setdefault(str(row["measure"]), []).append(row)
    return [_delivered(measure, own) for measure, own in sorted(by_measure.items())]


def _delivered(measure: str, rows: Sequence[Row]) -> Delivered:
    told = {(row["group_name"], row["measured_at"]): Cell(row["value"], row["spread"], row["n"]) for row in rows}
    later = ("treated", "after") not in told and ("treated", "follow_up") in told
    second = "follow_up" if later else "after"
    cells: dict[tuple[Group, When], Cell] = {}
    for group in ("treated", "comparison"):
        for when, said in (("before", "before"), ("after", second)):
            if (group, said) in told:
                cells[group, when] = told[group, said]  # type: ignore[index]  # the literals of the loops above
    designs = {Design(row["design"]) for row in rows}
    directions = {row["direction"] for row in rows}
    return Delivered(
        measure=measure,
        unit=str(rows[0]["unit"]),
        cells=cells,
        promised=designs.pop() if len(designs) == 1 else Design.before_after,
        direction=directions.pop() if len(directions) == 1 else None,
        confidential=any(row["confidential"] for row in rows),
        later=later,
    )
