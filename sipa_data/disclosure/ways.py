"""Which series can move together: up with what holds them, or against a sibling in the same total."""

from collections.abc import Iterator, Sequence
from typing import Final

from sipa_data.disclosure.cube import Relation
from sipa_data.disclosure.panel import Way

LONGEST: Final = 3
"""So many series in one way: a part, the total that holds it, and what holds that or stands beside it."""


def ways_among(relations: Sequence[Relation]) -> tuple[Way, ...]:
    """Every way of two or more series that some relation makes useful, short ones first, each once.

    A part that goes up where its total has nothing to spare takes the total with it, or a sibling the other way.
    """
    series = sorted({one for relation in relations for one in (relation.total, *relation.parts)})
    found: dict[frozenset[tuple[int, int]], Way] = {}
    growing: list[dict[int, int]] = [{one: 1} for one in series]
    for _ in range(LONGEST - 1):
        longer = [way for short in growing for way in _longer(short, relations)]
        growing = []
        for way in longer:
            if _key(way) not in found:
                found[_key(way)] = way
                growing.append(way)
    return tuple(found.values())


def _longer(way: dict[int, int], relations: Sequence[Relation]) -> Iterator[dict[int, int]]:
    for relation in relations:
        change = way.get(relation.total, 0) - sum(way.get(part, 0) for part in relation.parts)
        if not change or not {relation.total, *relation.parts} & set(way):
            continue
        if relation.total not in way:
            yield way | {relation.total: -change}
        for part in relation.parts:
            if part not in way:
                yield way | {part: change}


def _key(way: dict[int, int]) -> frozenset[tuple[int, int]]:
    """The same for a way and its reverse."""
    turn = way[min(way)]
    return frozenset((series, sign * turn) for series, sign in way.items())
