"""Asked through the only door and solved with all that is public: three numbers stay possible for each hidden count."""

from dataclasses import replace

import numpy as np
import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.areas import CITY
from sipa_data.catalogue import Catalogue
from sipa_data.marts import Mart, build_mart
from sipa_data.periods import Grain, Period
from tests.spec.attacker import Cell, Gathered, Solver, gather
from tests.support.facts import Facts

PUBLIC = Scope.public()
YEARS = [Period.year(2024), Period.year(2025)]
PERIODS = [*YEARS, *Period.year(2025).months()]
USUAL = {"210000": 0.25, "222000": 0.9, "892000": 0.03, "***300": 0.6, "326*00": 0.4}
"""Cases a month in a district of middle size; of the sum key only what is not counted under another."""


def councils(*districts: str) -> Scope:
    return Scope(Role.district, full_detail=False, own_districts=frozenset(districts))


@pytest.fixture(scope="module")
def catalogue(every_kind: Catalogue) -> Catalogue:
    """Musterstadt with nine districts."""
    hafen = every_kind.districts["04"]
    more = {f"{at:02}": hafen.model_copy(update={"id": f"{at:02}", "name": f"Bezirk {at}"}) for at in range(5, 10)}
    return replace(every_kind, districts={**every_kind.districts, **more})


def counts(catalogue: Catalogue, seed: int) -> dict[tuple[str, str, Period], int]:
    """Cases by key, district and month: skewed sizes, many months and districts without any."""
    random = np.random.default_rng(seed)
    size = dict(zip((*catalogue.districts, ""), np.exp(random.normal(0, 1, 10)), strict=True))
    months = [month for year in YEARS for month in year.months()]
    drawn = {
        (key, district, month): int(random.poisson(usual * size[district]))
        for key, usual in USUAL.items()
        for district in size
        for month in months
    }
    return {
        (key, district, month): count
        + (drawn["210000", district, month] + drawn["222000", district, month] if key == "892000" else 0)
        for (key, district, month), count in drawn.items()
    }


def mart_of(catalogue: Catalogue, cases: dict[tuple[str, str, Period], int], previous: Mart | None = None) -> Mart:
    spec = "period_start|period_end|district_id|offence_key|cases|attempts|cleared\n" + "\n".join(
        f"{month.start}|{month.end}|{district}|{key}|{count}|{count // 4}|{count // 2}"
        for (key, district, month), count in cases.items()
        if count
    )
    facts = Facts(2 if previous else 1).add("incident_counts", spec, source="pks")
    return build_mart(facts, catalogue, previous.pattern if previous else None)


def true_counts(mart: Mart) -> dict[Cell, int]:
    return gather(mart, Scope.chair(), PERIODS).known


def narrow(
    solver: Solver, state: Gathered, truth: dict[Cell, int], own: frozenset[str], number: int = 0
) -> list[object]:
    """Refused counts with cases of others for which fewer than three numbers fit, with what fits."""
    found = []
    for cell in sorted(state.refused, key=str):
        series, area, period = cell
        in_cut = area == CITY or period.grain is Grain.year
        foreign = truth.get(cell, 0) - sum(truth.get((series, one, period), 0) for one in own if area == CITY)
        if not in_cut or cell not in truth or not foreign or (number, cell) not in solver.unknown:
            continue
        least, most = solver.bounds(cell, number)
        assert least <= truth[cell] <= most, "the attacker's table excludes the truth"
        if most - least < 2:
            found.append((cell, truth[cell], least, most))
    return found


@pytest.fixture(scope="module")
def mart(catalogue) -> Mart:
    return mart_of(catalogue, counts(catalogue, 1))


@pytest.mark.parametrize("own", [(), ("03",), ("02", "07")], ids=["outside", "a council", "two councils"])
def test_whoever_asks_everything_cannot_tell_any_hidden_count(mart, catalogue, own):
    scope = councils(*own) if own else PUBLIC
    state, truth = gather(mart, scope, PERIODS), true_counts(mart)
    assert len([cell for cell in state.refused if cell[2].grain is Grain.year]) > 20
    assert any(0 < truth[cell] < 3 for cell in state.refused if cell in truth)
    assert narrow(Solver(catalogue, [state]), state, truth, frozenset(own)) == []


def test_the_attacker_is_no_fool(catalogue, mart):
    """Were only the small counts hidden, and nothing with them, this attacker would find them."""
    truth = true_counts(mart)
    table = {cell: count for cell, count in truth.items() if cell[1] == CITY or cell[2].grain is Grain.year}
    naive = Gathered(
        {cell: count for cell, count in table.items() if not 0 < count < 3},
        {cell for cell, count in table.items() if 0 < count < 3},
    )
    assert len(narrow(Solver(catalogue, [naive]), naive, truth, frozenset())) >= 3


def test_nor_can_who_kept_the_datenstand_before_a_correction(catalogue):
    before = counts(catalogue, 2)
    after = dict(before)
    random = np.random.default_rng(3)
    keys = [key for key in before if key[0] != "892000"]
    for at in random.choice(len(keys), 12, replace=False):
        key, district, month = keys[at]
        change = 1 if before[key, district, month] == 0 else -1
        after[key, district, month] += change
        if key in ("210000", "222000"):
            after["892000", district, month] += change
    first = mart_of(catalogue, before)
    second = mart_of(catalogue, after, first)
    states = [gather(one, PUBLIC, PERIODS) for one in (first, second)]
    truths = [true_counts(one) for one in (first, second)]
    changed = frozenset(
        cell for cell in truths[0].keys() | truths[1].keys() if truths[0].get(cell) != truths[1].get(cell)
    )
    assert changed
    solver = Solver(catalogue, states, changed)
    unchanged = Gathered(states[1].known, {cell for cell in states[1].refused if cell not in changed})
    assert not unchanged.refused & states[0].known.keys()  # nothing is taken back that was told and is still so
    assert narrow(solver, unchanged, truths[1], frozenset()) == []


def test_what_a_city_is_told_of_its_own_cases_alone_needs_no_hiding(catalogue):
    month = Period.month(2025, 3)
    mart = mart_of(catalogue, {("210000", "04", month): 2, ("892000", "04", month): 2, ("222000", "01", month): 0})
    robbery = (("210000",), (), "cases")
    assert (robbery, CITY, month) in gather(mart, PUBLIC, [month]).refused
    assert gather(mart, councils("04"), [month]).known[robbery, CITY, month] == 2
    assert (robbery, CITY, month) in gather(mart, councils("05"), [month]).refused
