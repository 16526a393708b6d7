"""Hiding as much more of a panel as it takes until every hidden cell can be moved, and giving up what never could."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sipa_data.disclosure.cube import Flags, Whole
from sipa_data.disclosure.panel import REST, STEPS, TOTAL, UNBOUND, Panel

_NEVER: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Closed:
    """``hidden`` : as in the panel; ``given_up`` : shape (series, steps), steps that cannot be published at all."""

    hidden: Flags
    given_up: Flags


def closed(panel: Panel, candidates: Flags) -> Closed:
    """The panel with further cells hidden until nobody can tell any of the hidden ones.

    Parameters
    ----------
    candidates : shape of the panel's values; cells that may be hidden in addition. Those of the last finer step and of
        the step itself, so that nothing that was published earlier is ever taken back.

    A further cell is the last finer step rather than the step itself, a part rather than what holds it, and a small
    one: by order of magnitude, not by the exact count, so that the choice says little about it and changes seldom.
    Where nothing is left to hide, the step is given up.
    """
    hidden, listed = panel.hidden.copy(), panel.listed.copy()
    given_up = np.zeros(listed.shape[:2], dtype=np.bool_)
    active = np.flatnonzero((hidden & listed[..., None]).any(axis=(0, 2, 3)))
    while active.size:
        part = replace(
            panel,
            values=panel.values[:, active],
            hidden=hidden[:, active],
            listed=listed[:, active],
            floor=panel.floor[:, active],
        )
        lacking = _lacking(part, part.gains().enough)
        still = lacking.any(axis=(0, 2, 3))
        if not still.any():
            break
        lost = _mend(part, lacking, candidates[:, active])
        hidden[:, active] = part.hidden
        given_up[:, active] |= lost
        listed[:, active, TOTAL] &= ~lost
        active = active[still]
    return Closed(hidden, given_up)


def _lacking(panel: Panel, enough: Flags) -> Flags:
    found = panel.hidden & panel.listed[..., None] & panel.listed[:, :, [TOTAL], None] & ~enough
    found[:, :, REST] = False
    return found


def _mend(panel: Panel, lacking: Flags, candidates: Flags) -> Flags:
    """Hide a little more, in the panel itself; gives the steps for which there is nothing left to hide."""
    free = candidates & panel.listed[..., None] & (panel.values > 0) & ~panel.hidden
    alone = _lacking(panel, replace(panel, balanced=False).gains().enough)
    lost = np.zeros(panel.listed.shape[:2], dtype=np.bool_)
    series, step, column, area = np.nonzero(lacking & alone)
    for one in zip(series.tolist(), step.tolist(), column.tolist(), area.tolist(), strict=True):
        found = _within_area(panel, free, *one)
        if found is None:
            lost[one[0], one[1]] = True
        else:
            panel.hidden[found] = True
    left = lacking & ~alone
    for at_series, at_step in np.argwhere(left.any(axis=(2, 3))).tolist():
        cell = np.argwhere(left[at_series, at_step])[0].tolist()
        if not _elsewhere(panel, free, at_series, at_step, *cell):
            lost[at_series, at_step] = True
    return lost


def _within_area(
    panel: Panel, free: Flags, series: int, step: int, column: int, area: int
) -> tuple[int, int, int, int] | None:
    """The next cell of the same area that gives a cell room: the last finer step, the step itself, or a relative."""
    columns = panel.values.shape[2]
    total = columns + TOTAL
    if column < columns - 2:
        for other in (columns - 3, total):
            if free[series, step, other, area] and not _has_way(panel, series, step, column, area):
                return series, step, other, area
    if column == total and columns > 2 and not panel.open_rest[series, step]:
        last = columns - 3
        if not panel.hidden[series, step, : last + 1, area].any() and free[series, step, last, area]:
            return series, step, last, area
    bound = [series, *_moving_along(panel, series, step, area)]
    places = [
        (int(panel.values[one, step, at, area]).bit_length(), is_total, one, at)
        for hidden in bound
        for one, is_total in _relatives(panel, hidden, step, area)
        for at in dict.fromkeys((column, total))
        if free[one, step, at, area]
    ]
    if places:
        _, _, one, at = min(places)
        return one, step, at, area
    if free[series, step, total, area]:
        return series, step, total, area
    return None


def _has_way(panel: Panel, series: int, step: int, column: int, area: int) -> bool:
    """Whether a finer cell is already bound to another hidden cell of its area, so that relations hold it."""
    columns = panel.values.shape[2]
    others = [at for at in (*range(columns - 2), columns + TOTAL) if at != column]
    hidden = [at for at in others if panel.hidden[series, step, at, area]]
    if columns + TOTAL in hidden:
        return True
    spare = sum(int(panel.values[series, step, at, area]) - 1 for at in (*hidden, column))
    return bool(hidden) and spare >= STEPS


def _relatives(panel: Panel, series: int, step: int, area: int) -> list[tuple[int, bool]]:
    """Series in a relation that leaves one too little room in an area, and whether they are the total there."""
    found: dict[int, bool] = {}
    for (total, parts, _), slack in zip(panel.relations, panel.slack, strict=True):
        if slack[step, :, area].min() >= STEPS:
            continue
        if series in parts:
            found |= {part: found.get(part, False) for part in parts if part != series} | {total: True}
        if series == total:
            found |= dict.fromkeys(parts, False)
    return list(found.items())


def _elsewhere(panel: Panel, free: Flags, series: int, step: int, column: int, area: int) -> bool:
    """Open one further area for what moves in this one; whether there was one."""
    columns = panel.values.shape[2]
    total = columns + TOTAL
    values = panel.values[series, step]
    if column == total and columns > 2 and not panel.open_rest[series, step]:
        hidden = panel.hidden[series, step, : columns - 2]
        column = max(np.flatnonzero(hidden[:, area]).tolist(), key=lambda at: int(hidden[at].sum()), default=total)
    if column != total and free[series, step, total, area]:
        panel.hidden[series, step, total, area] = True
        return True
    ready = panel.hidden[series, step, column] | free[series, step, column]
    ready[area] = False
    openable = ready & (free[series, step, total] if column != total else ~panel.hidden[series, step, total])
    together = _moving_along(panel, series, step, area)
    if openable.any():
        rooms = _room_if_hidden(panel, series, step)
        rank = np.where(openable, _magnitude(values[total]) * 64 + np.arange(values.shape[1]), _NEVER)
        rank = np.where(openable & (rooms == 0), rank + 2**40, rank)
        other = int(rank.argmin())
        panel.hidden[series, step, [column, total], other] = True
        if rooms[other] == 0:
            _open(panel, free, together, step, other)
        return True
    for other in np.argsort(_magnitude(values[total]), kind="stable").tolist():
        if other != area and panel.hidden[series, step, total, other] and _open(panel, free, together, step, other):
            return True
    return False


def _moving_along(panel: Panel, series: int, step: int, area: int) -> list[int]:
    """Hidden series that a relation binds to one in an area, directly or over others."""
    found, growing = {series}, [series]
    while growing:
        near = {one for one, _ in _relatives(panel, growing.pop(), step, area)} - found
        near = {one for one in near if panel.hidden[one, step, TOTAL, area]}
        found |= near
        growing += sorted(near)
    return sorted(found - {series})


def _open(panel: Panel, free: Flags, series: list[int], step: int, area: int) -> bool:
    """Hide these series in one more area; whether any of them was still shown there."""
    shown = [one for one in series if free[one, step, TOTAL, area]]
    panel.hidden[shown, step, TOTAL, area] = True
    free[shown, step, TOTAL, area] = False
    return bool(shown)


def _room_if_hidden(panel: Panel, series: int, step: int) -> Whole:
    """Per area, how far down or up a cell could go alone, were it hidden."""
    values = panel.values[series, step, TOTAL]
    up = np.full(values.shape, STEPS)
    down = np.clip(values - panel.floor[series, step, TOTAL], 0, STEPS)
    for (total, parts, _), slack in zip(panel.relations, panel.slack, strict=True):
        room = np.where(slack[step, TOTAL] < UNBOUND, slack[step, TOTAL], STEPS)
        if series in parts:
            up = np.minimum(up, room)
        if series == total:
            down = np.minimum(down, room)
    either_way: Whole = np.minimum(up, STEPS) + down
    return either_way


def _magnitude(values: Whole) -> Whole:
    return np.frexp(values.astype(np.float64))[1].astype(np.int64)
