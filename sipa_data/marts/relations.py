"""Which askable series hold which others: what everybody who reads the catalogue knows about their counts.

A sum key holds its parts, all kinds of place hold each of them, cases hold attempts. Cleared cases may be those of
earlier years, so they are only ever held by the cleared cases of a wider key.
"""

from collections.abc import Iterator, Mapping, Sequence

from sipa_data.catalogue.models import Offence
from sipa_data.disclosure import Flags, Relation
from sipa_data.marts.series import Series


def relations(offences: Mapping[str, Offence], series: Sequence[Series], published: Flags) -> tuple[Relation, ...]:
    """Every series with those it holds side by side; several times where these can be chosen otherwise.

    Parameters
    ----------
    published : shape (series, steps, areas); where what lies between two series is published with them, their relation
        follows from the two shorter ones and is left out
    """
    found: dict[tuple[int, frozenset[int]], Relation] = {}
    for total, whole in enumerate(series):
        held = [at for at, part in enumerate(series) if _holds(offences, whole, part)]
        for first in held:
            between = [at for at in held if at != first and _holds(offences, series[at], series[first])]
            both = published[total] & published[first]
            if any((published[at] | ~both).all() for at in between):
                continue
            parts = tuple(_beside(offences, series, first, held))
            complete = _makes_up(whole, [series[part] for part in parts])
            found[total, frozenset(parts)] = Relation(total, parts, exact=complete)
    return tuple(found.values())


def _holds(offences: Mapping[str, Offence], whole: Series, part: Series) -> bool:
    """Whether every case of one series is one of the other."""
    counted = part.counted == whole.counted or (part.counted, whole.counted) == ("attempts", "cases")
    places = not whole.place_kinds or (bool(part.place_kinds) and set(part.place_kinds) <= set(whole.place_kinds))
    keys = _every_key(offences, part) <= _every_key(offences, whole)
    return part != whole and part.source == whole.source and counted and places and keys


def _beside(
    offences: Mapping[str, Offence], series: Sequence[Series], first: int, held: Sequence[int]
) -> Iterator[int]:
    """One of the held series and, the widest first, the others that overlap with none before."""
    chosen = [first]
    yield first
    for at in sorted(held, key=lambda one: -len(_every_key(offences, series[one]))):
        if at not in chosen and all(_apart(offences, series[at], series[other]) for other in chosen):
            chosen.append(at)
            yield at


def _apart(offences: Mapping[str, Offence], one: Series, other: Series) -> bool:
    """Whether no case can be in both."""
    places = bool(one.place_kinds and other.place_kinds) and not set(one.place_kinds) & set(other.place_kinds)
    return places or not _every_key(offences, one) & _every_key(offences, other)


def _makes_up(whole: Series, parts: Sequence[Series]) -> bool:
    """Whether the parts are the total's own keys, each once, counted like it."""
    alike = all((one.place_kinds, one.counted) == (whole.place_kinds, whole.counted) for one in parts)
    keys = [key for one in parts for key in one.offence_keys]
    return alike and sorted(keys) == sorted(whole.offence_keys)


def _every_key(offences: Mapping[str, Offence], series: Series) -> frozenset[str]:
    """The keys of a series with all they include."""
    found, waiting = set(), list(series.offence_keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += offences[key].includes if key in offences else ()
    return frozenset(found)
