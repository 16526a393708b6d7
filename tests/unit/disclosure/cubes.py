"""Small blocks of counts for the tests of the pattern, and an attacker who solves for every hidden cell."""

from collections.abc import Iterable, Sequence

import numpy as np

from sipa_data.disclosure import Attack, ClosedCuts, Cube, Relation, Step, protect_cuts, readers

YEAR = Step(0, 11)
QUARTERS = tuple(Step(3 * number, 3 * number + 2) for number in range(4))


def years_of(*series: Sequence[int], relations: tuple[Relation, ...] = (), smallest: int = 3) -> Cube:
    """Each series as its districts and, last, what is not locatable; one year."""
    counts = np.array([[[sum(row), *row]] for row in series], dtype=np.int64)
    return cube_of(counts, (YEAR,), relations, smallest)


def quarters_of(districts: Sequence[Sequence[int]], smallest: int = 3) -> Cube:
    """One series: each district's (and, last, not locatable) four quarters, and the year they make."""
    table = np.array(districts, dtype=np.int64)
    steps = np.concatenate([table.T, table.sum(axis=1)[None]])
    counts = np.concatenate([steps.sum(axis=1, keepdims=True), steps], axis=1)[None]
    return cube_of(counts, (*QUARTERS, YEAR), (), smallest)


def cube_of(
    counts: np.ndarray, steps: tuple[Step, ...], relations: tuple[Relation, ...] = (), smallest: int = 3
) -> Cube:
    nothing = np.zeros(counts.shape, dtype=np.bool_)
    return Cube(steps, counts, ~nothing, relations, np.full(len(counts), smallest), nothing, nothing)


def weak(cube: Cube, cuts: ClosedCuts, whoever: Iterable[tuple[int, ...]] | None = None) -> list[object]:
    """Cells that somebody could tell to fewer than three whole numbers, with who that is."""
    asked = readers(cube) if whoever is None else whoever
    return [(reader, cell) for reader in asked for cell in Attack(cube, cuts, reader).narrow_cells()]


def told(cube: Cube) -> list[list[object]]:
    """Per series, the city and its areas as protected readers see them in the last step: • hidden, × not published."""
    cuts = protect_cuts(cube)
    marks = np.where(cuts.withheld, "×", np.where(cuts.hidden, "•", cube.counts.astype(str)))
    return [row[-1].tolist() for row in marks]
