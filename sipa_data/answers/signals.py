"""Early signals: which offence groups are higher somewhere than the season of earlier years lets expect.

Wehret den Anfängen. Quiet when nothing happens; judged together, so that many looks do not make many alarms.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sipa_data.access.scope import Scope
from sipa_data.answers.protection import Protection
from sipa_data.answers.sentences import subject
from sipa_data.answers.signal_cells import SignalCell, cells_over_time, signal_cells
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator
from sipa_data.german import count_of, number, with_unit
from sipa_data.marts import Mart
from sipa_data.periods import Period
from sipa_data.statistics.multiplicity import FALSE_DISCOVERY_RATE, q_values

HISTORY_MONTHS = 24
NO_MONTHS = "Dafür fehlen Monatszahlen aus wenigstens zwei früheren, vergleichbaren Jahren."
ONLY_CITY = "Monatszahlen einzelner Gebiete sind nicht öffentlich; ob es dort Signale gibt, zeigt diese Ansicht nicht."


@dataclass(frozen=True)
class Signal:
    """One month that is higher than expected. ``sentence`` : German, with what was counted and what was expected."""

    indicator: Indicator
    area: str
    period: Period
    count: int
    expected: float
    lower: int
    upper: int
    p: float
    q: float
    sentence: str


@dataclass(frozen=True)
class Looked:
    """How many months of an offence group or an area were compared, and how many of them are signals."""

    name: str
    compared: int
    signals: int


@dataclass(frozen=True)
class MonthBeside:
    """One month of a signal's history beside what was to be expected of it."""

    month: Period
    count: int
    lower: int
    upper: int


@dataclass(frozen=True)
class EarlySignals:
    """What stands out in the latest months.

    ``found`` : newest month first, then as in the catalogue, never by size
    ``family`` : German, what was looked at together; ``told`` : German, what a screen says below or instead
    ``by_group``, ``by_area`` : what was looked at, in the order of the catalogue; what may not be shown is not in it
    ``left_out`` : names of districts all of whose months are confidential for this reader, where others are not;
        that all of them are, ``told`` says
    ``only_city`` : months of districts may not be shown to this reader, so that only the whole city was looked at
    ``latest`` : the newest month that was delivered and looked at
    """

    found: tuple[Signal, ...] = ()
    family: str = ""
    told: str = NO_MONTHS
    by_group: tuple[Looked, ...] = ()
    by_area: tuple[Looked, ...] = ()
    left_out: tuple[str, ...] = ()
    only_city: bool = False
    latest: Period | None = None


def find_signals(mart: Mart, scope: Scope, district: str | None = None) -> EarlySignals:
    """The signals that this reader may see: of one district where asked, else of the city and all its districts.

    A protected reader is told of a month only where it and every earlier month behind the expectation may be shown.
    Found once per mart, scope and district: who may ask as whom is closed by the identities, not by visitors.

    Raises
    ------
    InvalidQuestion : there is no such district
    """
    if district is not None:
        mart.catalogue.district(district)
    return mart.once(("signals", scope, district), lambda: _found(mart, scope, district))


def signal_history(mart: Mart, scope: Scope, signal: Signal) -> tuple[MonthBeside, ...]:
    """The months that led up to a signal, oldest first; those that this reader may not see are left out."""
    protection = Protection(mart, scope)
    cells = cells_over_time(mart, signal.indicator, HISTORY_MONTHS)
    here = [cell for cell in cells if cell.area == signal.area and _may_be_shown(protection, cell)]
    return tuple(MonthBeside(cell.month, cell.count, cell.lower, cell.upper) for cell in reversed(here))


def _found(mart: Mart, scope: Scope, district: str | None) -> EarlySignals:
    cells = [cell for cell in signal_cells(mart) if district is None or cell.area == district]
    protection = Protection(mart, scope)
    shown = [cell for cell in cells if _may_be_shown(protection, cell)]
    if not shown:
        hidden = bool(cells) and district is not None
        return EarlySignals(told=_hidden_here(mart) if hidden else NO_MONTHS)
    q = q_values([cell.p for cell in shown])
    found = tuple(
        _signal(mart, cell, float(q[place]))
        for place, cell in enumerate(shown)
        if cell.is_signal and q[place] <= FALSE_DISCOVERY_RATE
    )
    family = _family(mart, shown)
    only_city = len(shown) < len(cells) and {cell.area for cell in shown} == {CITY}
    return EarlySignals(
        found,
        family,
        _told(found, family, only_city=only_city),
        _looked([(cell.indicator.id, cell.indicator.short_title) for cell in shown], [s.indicator.id for s in found]),
        _looked([(cell.area, _place(mart, cell.area)) for cell in shown], [signal.area for signal in found]),
        _left_out(mart, cells, shown),
        only_city,
        max(cell.month for cell in shown),
    )


def _left_out(mart: Mart, cells: Sequence[SignalCell], shown: Sequence[SignalCell]) -> tuple[str, ...]:
    seen = {cell.area for cell in shown}
    hidden = {cell.area for cell in cells} - seen if seen != {CITY} else set()
    return tuple(_place(mart, area) for area in mart.catalogue.districts if area in hidden)


def _looked(compared: Sequence[tuple[str, str]], found: Sequence[str]) -> tuple[Looked, ...]:
    """Counted by key; ``compared`` : key and name of every month that was compared, ``found`` : keys of the signals."""
    return tuple(Looked(name, times, found.count(key)) for (key, name), times in Counter(compared).items())


def _place(mart: Mart, area: str) -> str:
    return mart.catalogue.city.name if area == CITY else mart.catalogue.districts[area].name


def _may_be_shown(protection: Protection, cell: SignalCell) -> bool:
    return all(protection.shows((cell.series,), cell.area, month) for month in (cell.month, *cell.earlier))


def _signal(mart: Mart, cell: SignalCell, q: float) -> Signal:
    sentence = (
        f"{_who(mart, cell)}: im {cell.month.german} waren es {with_unit(cell.count, cell.indicator.unit)}; "
        f"aus früheren Jahren wären {number(cell.lower)} bis {number(cell.upper)} zu erwarten."
    )
    return Signal(
        cell.indicator, cell.area, cell.month, cell.count, cell.expected, cell.lower, cell.upper, cell.p, q, sentence
    )


def _who(mart: Mart, cell: SignalCell) -> str:
    name = "" if cell.area == CITY else _place(mart, cell.area)
    return subject(cell.indicator, cell.area, name, mart.catalogue.city.district_word)


def _family(mart: Mart, shown: list[SignalCell]) -> str:
    """„2.592 Monatswerte: 36 Deliktgruppen in 24 Gebieten, Oktober 2025 bis Dezember 2025“"""
    groups = count_of(len({cell.indicator.id for cell in shown}), "Deliktgruppe", "Deliktgruppen")
    areas = list(dict.fromkeys(cell.area for cell in shown))
    where = _place(mart, areas[0]) if len(areas) == 1 else f"{number(len(areas))} Gebieten"
    values = count_of(len(shown), "Monatswert", "Monatswerte")
    return f"{values}: {groups} in {where}, {_span(cell.month for cell in shown)}"


def _span(months: Iterable[Period]) -> str:
    ordered = sorted(set(months))
    first, last = ordered[0].german, ordered[-1].german
    return last if first == last else f"{first} bis {last}"


def _told(found: tuple[Signal, ...], family: str, *, only_city: bool) -> str:
    calm = "" if found else "Kein Monat war höher, als nach früheren Jahren zu erwarten war. "
    restricted = f" {ONLY_CITY}" if only_city else ""
    return (
        f"{calm}Gemeinsam geprüft: {family}. Ein Signal ist ein Anlass, hinzusehen, kein Nachweis einer Ursache."
        f"{restricted}"
    )


def _hidden_here(mart: Mart) -> str:
    return f"Monatszahlen je {mart.catalogue.city.district_word} sind in dieser Ansicht vertraulich."
