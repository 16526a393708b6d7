"""Proof by example: other tables that a reader could not tell from the true one.

A *move* changes unknown cells so that every published sum still holds and no hidden count falls below 1. Moves that
take a cell two steps, in one direction or in both together, prove that three whole numbers are possible for it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack
from scipy.sparse.csgraph import connected_components

from sipa_data.disclosure.groups import NOBODY
from sipa_data.disclosure.lines import Lines, Whole
from sipa_data.disclosure.rules import FEASIBLE_VALUES, UnsafeTable
from sipa_data.disclosure.table import Flags

STEPS: Final = FEASIBLE_VALUES - 1
_WORTH: Final = 20.0
"""What a wanted step counts against one step of any cell: moves stay short, and short ones serve many readers."""
_PATIENCE: Final = 4
"""So many searches in a row may find nothing new before a reader's remaining cells count as unproven."""


@dataclass(frozen=True, eq=False)
class Moves:
    """Steps up and down that moves found so far allow, per cell and reader; reader 0 is outside, g + 1 is group g.

    Moves stay valid when further cells are hidden, so the same object serves a growing pattern.
    """

    values: Whole
    lines: Lines
    groups: Whole
    up: NDArray[np.int8]
    down: NDArray[np.int8]

    @classmethod
    def none_yet(cls, values: Whole, lines: Lines, groups: Whole) -> "Moves":
        shape = (values.size, int(groups.max(initial=NOBODY)) + 2)
        return cls(values, lines, groups, np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.int8))

    def unproven(self, hidden: Flags) -> Flags:
        """Per cell and reader, shape (n, readers): hidden from the reader, and three values not proven."""
        unknown = np.repeat(hidden[:, None], self.up.shape[1], axis=1)
        known = np.flatnonzero(self.groups != NOBODY)
        unknown[known, self.groups[known] + 1] = False
        return unknown & (self.up + self.down < STEPS)

    def search(self, hidden: Flags, seed: int = 1) -> Flags:
        """Look for moves until all is proven or nothing new is found; gives what is still unproven."""
        random = np.random.default_rng(seed)
        system = _System.of(self.values, self.lines, self.groups, hidden)
        failures = np.zeros((system.clusters, self.up.shape[1]), dtype=np.int64)
        while True:
            unproven = self.unproven(hidden)[system.cells]
            left = system.per_cluster(unproven)
            worth_trying = np.where(failures < _PATIENCE, left, 0)
            if not worth_trying.any():
                return self.unproven(hidden)
            # In each cluster one reader's cells at a time, those from outside first: their moves often serve all.
            reader = np.where(worth_trying[:, 0] > 0, 0, worth_trying.argmax(axis=1))
            busy = worth_trying[np.arange(reader.size), reader] > 0
            attempt = failures[np.arange(reader.size), reader]
            self._keep(system, system.move(unproven, reader, busy, attempt, random))
            still = system.per_cluster(self.unproven(hidden)[system.cells])
            tried = np.flatnonzero(busy)
            fruitless = still[tried, reader[tried]] == left[tried, reader[tried]]
            failures[tried, reader[tried]] = np.where(fruitless, failures[tried, reader[tried]] + 1, 0)

    def _keep(self, system: "_System", move: Whole) -> None:
        """Note a move, in its independent pieces, for every reader who knows none of the cells of the piece."""
        active = np.flatnonzero(move)
        if not active.size:
            return
        pieces, piece = joined(system.equations[:, active])
        groups = self.groups[system.cells[active]]
        possible = np.ones((pieces, self.up.shape[1]), dtype=np.bool_)
        possible[piece[groups != NOBODY], groups[groups != NOBODY] + 1] = False
        for steps, direction in ((self.up, 1), (self.down, -1)):
            found = np.where(possible[piece], np.maximum(direction * move[active], 0)[:, None], 0)
            steps[system.cells[active]] = np.maximum(steps[system.cells[active]], found)


@dataclass(frozen=True, eq=False)
class _System:
    """The hidden cells and the sums that bind them."""

    cells: Whole
    values: Whole
    groups: Whole
    equations: csr_array  # one row per sum, one column per hidden cell
    clusters: int
    cluster: Whole  # of each hidden cell: cells of different clusters share no sum

    @classmethod
    def of(cls, values: Whole, lines: Lines, groups: Whole, hidden: Flags) -> "_System":
        cells = np.flatnonzero(hidden)
        equations = equations_of(lines, hidden)
        clusters, cluster = joined(equations)
        return cls(cells, values[cells], groups[cells], equations, clusters, cluster)

    def per_cluster(self, flags: Flags) -> Whole:
        """How many cells of each cluster are flagged, per reader."""
        places = np.arange(self.cells.size)
        sums = csr_array(
            (np.ones(places.size, dtype=np.int64), (self.cluster, places)), shape=(self.clusters, places.size)
        )
        return np.asarray(sums @ flags.astype(np.int64))

    def move(self, unproven: Flags, reader: Whole, busy: Flags, attempt: Whole, random: np.random.Generator) -> Whole:
        """The cheapest move that takes as many chosen cells as possible two steps further."""
        own = (self.groups != NOBODY) & (self.groups + 1 == reader[self.cluster])
        wanted = unproven[np.arange(self.cells.size), reader[self.cluster]] & busy[self.cluster]
        chosen = self._one_per_sum(wanted, random)
        taking_part = busy[self.cluster] & ~own
        part = np.flatnonzero(taking_part)
        equations = self.equations[:, part]
        # Every second attempt all go up: where all counts are hidden, that is always possible.
        turn = attempt[self.cluster]
        upwards = (turn % 2 == 1) | (random.random(self.cells.size) < 0.6) | ((turn == 0) & (self.values <= STEPS))
        # Weights drawn by lot, so that of two cells in each other's way one goes two steps rather than each one.
        worth = _WORTH * random.uniform(1, 2, self.cells.size)
        wish = np.where(chosen, np.where(upwards, worth, -worth), 0.0)[part]
        solution = linprog(
            np.concatenate([1 - wish, 1 + wish]),
            A_eq=hstack([equations, -equations]).tocsc(),
            b_eq=np.zeros(equations.shape[0]),
            bounds=np.stack(
                [
                    np.zeros(2 * part.size),
                    np.concatenate([np.full(part.size, STEPS), np.minimum(self.values[part] - 1, STEPS)]),
                ],
                axis=1,
            ),
            method="highs",
        )
        if not solution.success:
            raise UnsafeTable(f"the solver found no possible table: {solution.message}")
        move = np.zeros(self.cells.size, dtype=np.int64)
        move[part] = np.round(solution.x[: part.size] - solution.x[part.size :])
        broken = self.equations @ move
        return np.zeros_like(move) if broken.any() else move

    def _one_per_sum(self, wanted: Flags, random: np.random.Generator) -> Flags:
        """Cells that do not stand in each other's way: at most one in each sum, drawn by lot."""
        lot = np.where(wanted, random.random(wanted.size), np.inf)
        entries = self.equations.tocoo()
        first = np.full(self.equations.shape[0], np.inf)
        np.minimum.at(first, entries.row, lot[entries.col])
        beaten = np.zeros(wanted.size, dtype=np.bool_)
        np.logical_or.at(beaten, entries.col, lot[entries.col] > first[entries.row])
        return wanted & ~beaten


def equations_of(lines: Lines, unknown: Flags) -> csr_array:
    """One row per line that has an unknown cell, one column per unknown cell: 1 for a part, −1 for the total."""
    cell, line = lines.cell_of_entry, lines.line_of_entry
    taken = unknown[cell]
    sign = np.where(np.arange(cell.size) < lines.parts.size, 1, -1)
    column = np.cumsum(unknown) - 1
    rows, row = np.unique(line[taken], return_inverse=True)
    shape = (rows.size, int(np.count_nonzero(unknown)))
    return csr_array((sign[taken], (row, column[cell[taken]])), shape=shape)


def joined(equations: csr_array) -> tuple[int, Whole]:
    """Number of sets of columns that share equations, directly or over others, and the set of each column."""
    if equations.shape[1] == 0:
        return 0, np.zeros(0, dtype=np.int64)
    touching = abs(equations)
    count, label = connected_components(touching.T @ touching, directed=False)
    return int(count), label.astype(np.int64)
