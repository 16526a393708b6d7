"""Every hidden count of the example city, asked of an attacker who holds all closed cuts against each other.

From outside and for every council each hidden cell is solved for. Of the 253 pairs of councils each cell meets four by
lot, and the two whose own hidden counts could take most from it.
"""

import time
from functools import partial

import numpy as np

from bench.city import example_city
from sipa_data.catalogue import load_catalogue
from sipa_data.disclosure import Attack, ClosedCuts, Cube, protect_cuts
from sipa_data.german import number
from sipa_data.lake import open_lake
from sipa_data.marts import build_mart
from soak.report import Line

PAIRS_BY_LOT = 4
Cell = tuple[int, int, int]


def run(*, every: int = 1) -> list[Line]:
    """Audit the pattern of the example city.

    Parameters
    ----------
    every : only every so many hidden cells; 1 in ``make soak``
    """
    cube, cuts, seconds = _example_city()
    cells = [(int(one), int(step), int(area)) for one, step, area in np.argwhere(cuts.hidden)[::every]]
    asked: dict[tuple[int, ...], list[Cell]] = {(): cells}
    for council in range(1, cube.counts.shape[2] - 1):
        asked[council,] = cells
    for cell in cells:
        for pair in _pairs(cube, cuts, cell):
            asked.setdefault(pair, []).append(cell)
    narrow = {reader: len(Attack(cube, cuts, reader).narrow_cells(found)) for reader, found in asked.items()}
    kinds = (("von außen", 0), ("ein Bezirksbeirat", 1), ("zwei Bezirksbeiräte zusammen", 2))
    lines = [_told(cube, cuts, seconds)]
    for who, size in kinds:
        tried = sum(len(found) for reader, found in asked.items() if len(reader) == size)
        failed = sum(count for reader, count in narrow.items() if len(reader) == size)
        told = f"{number(failed)} von {number(tried)} Prüfungen"
        lines.append(Line(f"Verdeckte Felder mit weniger als drei möglichen Zahlen, {who}", told, "0", failed == 0))
    return lines


def _example_city() -> tuple[Cube, ClosedCuts, float]:
    settings = example_city()
    with open_lake(settings) as lake, lake.reader() as reader:
        mart = build_mart(reader, load_catalogue(settings.city))
    begun = time.process_time()
    cuts = protect_cuts(mart.pattern.cube)
    return mart.pattern.cube, cuts, time.process_time() - begun


def _pairs(cube: Cube, cuts: ClosedCuts, cell: Cell) -> set[tuple[int, ...]]:
    """Pairs of councils that do not have the cell: the hardest one, and some by lot."""
    series, step, area = cell
    councils = [one for one in range(1, cube.counts.shape[2] - 1) if one != area]
    weight = partial(np.take, np.where(cuts.hidden[series, step], cube.counts[series, step], 0))
    hardest = tuple(sorted(sorted(councils, key=weight)[-2:]))
    random = np.random.default_rng([series, step, area])
    lot = {tuple(sorted(random.choice(councils, 2, replace=False).tolist())) for _ in range(PAIRS_BY_LOT)}
    return lot | {hardest}


def _told(cube: Cube, cuts: ClosedCuts, seconds: float) -> Line:
    districts = slice(1, None)
    of = int(np.count_nonzero(cube.published[:, :, districts]))
    small, hidden, withheld = (
        int(np.count_nonzero(flags[:, :, districts])) for flags in (cube.small, cuts.hidden, cuts.withheld)
    )
    told = (
        f"{number(of)} Felder nach Stadtbezirk: {number(small)} klein, {number(hidden)} verdeckt, "
        f"{number(withheld)} nicht veröffentlicht; {number(seconds, 1)} s Rechenzeit"
    )
    return Line("Muster der Beispielstadt", told)


if __name__ == "__main__":
    for line in run():
        print(line)
