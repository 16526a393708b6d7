"""A table while its pattern of hidden cells grows: the line rule, and which cell goes next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sipa_data.disclosure.groups import NOBODY, counts_of, own_totals
from sipa_data.disclosure.lines import Line, Lines, Whole
from sipa_data.disclosure.rules import FEASIBLE_VALUES, UnsafeTable

Flags = NDArray[np.bool_]
_NO_CANDIDATE = np.iinfo(np.int64).max


class Previous(NamedTuple):
    """The same cells as published last. ``values`` is −1 where a cell did not exist; both of shape (n,)."""

    values: Whole
    hidden: Flags


@dataclass(frozen=True, eq=False)
class Table:
    """Everything about a table that does not change while its pattern grows."""

    values: Whole
    lines: Lines
    groups: Whole
    kept: Flags  # hidden before and unchanged
    seen: Flags  # shown before and unchanged
    heights: Whole
    pair_of_entry: Whole = field(repr=False)  # line × group, NOBODY where nobody knows the cell
    line_of_pair: Whole = field(repr=False)
    group_of_pair: Whole = field(repr=False)

    @classmethod
    def of(
        cls,
        values: ArrayLike,
        given: Lines | Iterable[Line],
        known_groups: ArrayLike | None,
        previous: Previous | None,
    ) -> "Table":
        counts, lines = counts_of(values), Lines.of(given)
        lines.check(counts)
        groups = np.full(counts.size, NOBODY) if known_groups is None else own_totals(counts, lines, known_groups)
        kept, seen = np.zeros((2, counts.size), dtype=np.bool_)
        if previous is not None:
            if previous.values.shape != counts.shape or previous.hidden.shape != counts.shape:
                raise UnsafeTable("previous: one value and one flag per cell")
            unchanged = previous.values == counts
            kept, seen = unchanged & previous.hidden & (counts > 0), unchanged & ~previous.hidden
        group_of_entry = groups[lines.cell_of_entry]
        known = group_of_entry != NOBODY
        width = int(groups.max(initial=NOBODY)) + 1
        codes, places = np.unique((lines.line_of_entry * width + group_of_entry)[known], return_inverse=True)
        pair_of_entry = np.full(known.size, NOBODY)
        pair_of_entry[known] = places
        line_of_pair, group_of_pair = np.divmod(codes, max(width, 1))
        return cls(
            counts,
            lines,
            groups,
            kept,
            seen,
            lines.heights(counts.size),
            pair_of_entry,
            line_of_pair,
            group_of_pair,
        )

    def closed(self, hidden: Flags) -> Flags:
        """The pattern grown until every line holds."""
        pattern = hidden.copy()
        while True:
            broken, knower = self._broken(pattern)
            if not broken.any():
                return pattern
            chosen, helped = self.companions(pattern, broken, knower)
            if not helped[broken].all():
                raise UnsafeTable("a line cannot be protected: it has no further count above zero")
            pattern[chosen] = True

    def _broken(self, hidden: Flags) -> tuple[Flags, Whole]:
        """Per line: whether it gives a hidden cell away, and the group to which (NOBODY: to everybody)."""
        count = self.lines.totals.size
        line, cell = self.lines.line_of_entry, self.lines.cell_of_entry
        is_total = np.arange(cell.size) >= self.lines.parts.size
        part, total = hidden[cell] & ~is_total, hidden[cell] & is_total
        measures = (part, total, part * self.values[cell])
        everyone = [np.bincount(line, measure, count) for measure in measures]
        broken = _gives_away(*everyone)
        knower = np.full(count, NOBODY)
        pairs = self.line_of_pair.size
        if pairs:
            known = self.pair_of_entry != NOBODY
            own = [np.bincount(self.pair_of_entry[known], measure[known], pairs) for measure in measures]
            rest = [whole[self.line_of_pair] - theirs for whole, theirs in zip(everyone, own, strict=True)]
            insider = np.flatnonzero(_gives_away(*rest) & ~broken[self.line_of_pair])
            knower[self.line_of_pair[insider]] = self.group_of_pair[insider]
            broken[self.line_of_pair[insider]] = True
        return broken, knower

    def companions(self, hidden: Flags, broken: Flags, knower: Whole) -> tuple[Whole, Flags]:
        """For every broken line the one further cell to hide, none of its knower's; and which lines had one."""
        line, cell = self.lines.line_of_entry, self.lines.cell_of_entry
        size = self.values.size
        filled = np.bincount(line, hidden[cell], self.lines.totals.size) > 0
        mended = np.bincount(cell, broken[line], size).astype(np.int64)
        opened = np.bincount(cell, ~filled[line], size).astype(np.int64)
        magnitude = np.frexp(self.values.astype(np.float64))[1].astype(np.int64)
        rank = np.empty(size, dtype=np.int64)
        order = np.lexsort((np.arange(size), magnitude, opened - mended, self.heights, self.seen))
        rank[order] = np.arange(size)
        useless = hidden[cell] | (self.values[cell] == 0)
        useless |= ~broken[line] | ((self.groups[cell] != NOBODY) & (self.groups[cell] == knower[line]))
        score = np.where(useless, _NO_CANDIDATE, rank[cell])
        best = np.full(self.lines.totals.size, _NO_CANDIDATE)
        np.minimum.at(best, line, score)
        helped = best != _NO_CANDIDATE
        chosen: Whole = order[np.unique(best[helped])]
        return chosen, np.asarray(helped)


def _gives_away(parts: NDArray[Any], totals: NDArray[Any], sums: NDArray[Any]) -> Flags:
    """Whether unknown parts and totals of a line leave fewer than three whole numbers for one of them."""
    alone = parts + totals == 1
    tight = (parts > 1) & (totals == 0) & (sums - parts < FEASIBLE_VALUES - 1)
    return np.asarray(alone | tight)
