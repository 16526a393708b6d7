"""What offices and partners report year by year: some of it follows from other parts of the city, some is made up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sipa_data.demo.chance import stream, swings
from sipa_data.demo.frame import YEARS, Frame
from sipa_data.demo.persons import CITY
from sipa_data.demo.plain import Numbers
from sipa_data.demo.walks import Findings

HALVES = tuple(f"{year}-H{half}" for year in YEARS for half in (1, 2))

# Courses of the whole city, 2016 to 2025.
ACTIVE_COUNCILS = (13, 14, 14, 16, 9, 8, 15, 18, 20, 21)
INJURED_ON_THE_WAY_TO_SCHOOL = (64, 61, 63, 58, 39, 42, 55, 54, 50, 51)
DAYS_TO_DECISION = (79, 80, 74, 66, 71, 69, 63, 58, 55, 54)
REACHED_BY_SPORT = (44, 47, 51, 55, 31, 36, 52, 60, 66, 71)  # per 1,000 of 10 to 21 years
SIX_MONTHS_IN_SPORT = (31, 32, 34, 36, 24, 27, 35, 39, 42, 44)  # per cent of those reached
REACHED_BY_ADDICTION_WORK = (36, 37, 39, 41, 22, 26, 38, 43, 47, 49)
SHOCK_CALL_DAMAGE = (240, 310, 420, 560, 870, 1_340, 1_910, 2_160, 1_780, 1_430)
DAYS_TO_REMOVAL = (5.4, 5.3, 5.2, 5.1, 4.3, 3.9, 3.4, 3.0, 2.7, 2.4)
REMOVED_IN_THREE_DAYS = (34, 35, 36, 38, 46, 51, 57, 63, 69, 74)  # per cent
MINUTES_TO_HELP = (9.6, 9.5, 9.4, 9.3, 9.0, 8.7, 8.3, 7.9, 7.6, 7.4)
CLEANING_TOGETHER = (6_200, 6_900, 7_400, 7_800, 900, 2_100, 6_800, 8_300, 9_100, 9_600)
PLANS, PLANS_CHECKED = (18, 16, 19, 21, 15, 14, 17, 20, 18, 19), (3, 4, 7, 9, 8, 9, 11, 15, 15, 17)
SCHOOLS, SCHOOLS_WITH_PLAN = 74, (9, 22, 35, 44, 47, 50, 57, 63, 68, 71)
PLAYGROUNDS, PLAYGROUNDS_LOOKED_AFTER = 560, (118, 126, 137, 149, 151, 158, 171, 188, 204, 217)


class Value(NamedTuple):
    """One register value: which register, when, where, how much."""

    register: str
    period: str
    area: str
    value: float


@dataclass(frozen=True)
class Known:
    """What the registers take from other parts of the city.

    ``litter`` : reports of litter, shape (years, areas), the last area without district
    ``young`` : inhabitants of 10 to 21 years, by year
    ``findings`` : what was found on walks
    """

    litter: NDArray[np.int64]
    young: Numbers
    findings: Findings


Source = Callable[[Frame, Known], Iterator[Value]]


def register_values(frame: Frame, known: Known) -> tuple[Value, ...]:
    """Every value of every register that both the catalogue and the example know, in the catalogue's order."""
    both = [register for register in frame.catalogue.registers if register in REGISTERS]
    return tuple(value for register in both for value in REGISTERS[register](frame, known))


def register_table(values: tuple[Value, ...], frame: Frame) -> pa.Table:
    """One row per register, period and area, with the unit that the catalogue gives."""
    units = {register.id: register.unit for register in frame.catalogue.registers.values()}
    return pa.table(
        {
            "register": [value.register for value in values],
            "zeitraum": [_written(value.period) for value in values],
            "bezirk": [value.area for value in values],
            "wert": [f"{value.value:.2f}".rstrip("0").rstrip(".").replace(".", ",") for value in values],
            "einheit": [units[value.register] for value in values],
        }
    )


def _written(period: str) -> str:
    """A year as it is; half a year by its first and last day."""
    year, _, half = period.partition("-H")
    return {"": year, "1": f"{year}-01-01--{year}-06-30", "2": f"{year}-07-01--{year}-12-31"}[half]


def _litter(frame: Frame, known: Known) -> Iterator[Value]:
    for year, areas in zip(YEARS, known.litter, strict=True):
        yield Value("wilder_muell_meldungen", str(year), CITY, float(areas.sum()))
        for name, count in zip(frame.names, areas[:-1], strict=True):
            yield Value("wilder_muell_meldungen", str(year), name, float(count))


def _removal(frame: Frame, _: Known) -> Iterator[Value]:
    """Quicker since the promise of 2020; slower where few vehicles pass."""
    chance = stream("removal")
    habit = swings(chance, 0.16, (len(frame.districts),))
    for place, half in enumerate(HALVES):
        city = np.interp(place, 2 * np.arange(len(YEARS)) + 0.5, DAYS_TO_REMOVAL)
        yield Value("wilder_muell_beseitigung", half, CITY, round(float(city * swings(chance, 0.02, (1,))[0]), 1))
        days = city * habit * swings(chance, 0.06, habit.shape)
        for name, value in zip(frame.names, days, strict=True):
            yield Value("wilder_muell_beseitigung", half, name, round(float(value), 1))


def _councils(frame: Frame, _: Known) -> Iterator[Value]:
    """Whoever meets in a weak year meets in a strong one: councils in an order of zeal."""
    zeal = stream("councils").permutation(len(frame.districts))
    for year, active in zip(YEARS, ACTIVE_COUNCILS, strict=True):
        yield Value("sicherheitsbeiraete_aktiv", str(year), CITY, float(active))
        for name, rank in zip(frame.names, zeal, strict=True):
            yield Value("sicherheitsbeiraete_aktiv", str(year), name, float(rank < active))


def _sport(frame: Frame, _: Known) -> Iterator[Value]:
    chance = stream("sport")
    offer = swings(chance, 0.28, (len(frame.districts),))
    for year, reached in zip(YEARS, REACHED_BY_SPORT, strict=True):
        yield Value("sport_reichweite", str(year), CITY, float(reached))
        for name, value in zip(frame.names, reached * offer * swings(chance, 0.08, offer.shape), strict=True):
            yield Value("sport_reichweite", str(year), name, float(round(value)))


def _participants(_: Frame, known: Known) -> Iterator[Value]:
    for year, reached, young in zip(YEARS, REACHED_BY_SPORT, known.young, strict=True):
        yield Value("sport_teilnehmende", str(year), CITY, float(round(reached * young / 1000)))


def _lasting(_: Frame, known: Known) -> Iterator[Value]:
    for year, reached, lasting, young in zip(YEARS, REACHED_BY_SPORT, SIX_MONTHS_IN_SPORT, known.young, strict=True):
        yield Value("sport_dauerhaft", str(year), CITY, float(round(reached * young / 1000 * lasting / 100)))


def _removed_quickly(frame: Frame, known: Known) -> Iterator[Value]:
    chance = stream("removed in three days")
    for year, areas, share in zip(YEARS, known.litter, REMOVED_IN_THREE_DAYS, strict=True):
        quick = chance.binomial(areas, share / 100)
        yield Value("wilder_muell_drei_tage", str(year), CITY, float(quick.sum()))
        for name, count in zip(frame.names, quick[:-1], strict=True):
            yield Value("wilder_muell_drei_tage", str(year), name, float(count))


def _fear_reported(frame: Frame, known: Known) -> Iterator[Value]:
    """All that were ever reported, and below: all that are done."""
    for year in YEARS:
        yield from _by_district("angstraeume_gemeldet", year, known.findings.reported_by(year, len(frame.names)), frame)


def _fear_done(frame: Frame, known: Known) -> Iterator[Value]:
    for year in YEARS:
        yield from _by_district("angstraeume_erledigt", year, known.findings.done_by(year, len(frame.names)), frame)


def _fear_days(_: Frame, known: Known) -> Iterator[Value]:
    for year in YEARS:
        yield Value("angstraeume_tage", str(year), CITY, known.findings.days_until_done_in(year))


def _all_of(register: str, total: int) -> Source:
    """Things that are there: the same every year, spread like the people."""

    def values(frame: Frame, _: Known) -> Iterator[Value]:
        for year in YEARS:
            yield from _by_district(register, year, _spread(total, frame), frame)

    return values


def _some_of(register: str, total: int, course: tuple[int, ...]) -> Source:
    """Those of them that are looked after: never more than there are."""

    def values(frame: Frame, _: Known) -> Iterator[Value]:
        there = _spread(total, frame)
        order = stream(register).permutation(np.repeat(np.arange(there.size), there))
        for year, some in zip(YEARS, course, strict=True):
            yield from _by_district(register, year, np.bincount(order[:some], minlength=there.size), frame)

    return values


def _spread(total: int, frame: Frame) -> NDArray[np.int64]:
    """Whole things for whole districts, together the total: largest remainders."""
    exact = total * frame.column("einwohner") / frame.column("einwohner").sum()
    whole = np.floor(exact).astype(np.int64)
    whole[np.argsort(whole - exact)[: total - whole.sum()]] += 1
    return np.asarray(whole)


def _by_district(register: str, year: int, counts: NDArray[np.int64], frame: Frame) -> Iterator[Value]:
    yield Value(register, str(year), CITY, float(counts.sum()))
    for name, count in zip(frame.names, counts, strict=True):
        yield Value(register, str(year), name, float(count))


def _help(_: Frame, __: Known) -> Iterator[Value]:
    chance = stream("help")
    for place, half in enumerate(HALVES):
        minutes = np.interp(place, 2 * np.arange(len(YEARS)) + 0.5, MINUTES_TO_HELP) * swings(chance, 0.015, (1,))[0]
        yield Value("notruf_oepnv", half, CITY, round(float(minutes), 1))


def _yearly(register: str, course: tuple[int, ...]) -> Source:
    """A register of the whole city, one value a year: in a district it would be about single people."""

    def values(_: Frame, __: Known) -> Iterator[Value]:
        for year, value in zip(YEARS, course, strict=True):
            yield Value(register, str(year), CITY, float(value))

    return values


REGISTERS: dict[str, Source] = {
    "wilder_muell_meldungen": _litter,
    "wilder_muell_beseitigung": _removal,
    "wilder_muell_drei_tage": _removed_quickly,
    "putzaktion_teilnehmende": _yearly("putzaktion_teilnehmende", CLEANING_TOGETHER),
    "sicherheitsbeiraete_aktiv": _councils,
    "schulwegunfaelle": _yearly("schulwegunfaelle", INJURED_ON_THE_WAY_TO_SCHOOL),
    "schulen": _all_of("schulen", SCHOOLS),
    "schulen_sicherer_schulweg": _some_of("schulen_sicherer_schulweg", SCHOOLS, SCHOOLS_WITH_PLAN),
    "spielplaetze": _all_of("spielplaetze", PLAYGROUNDS),
    "spielplaetze_mit_paten": _some_of("spielplaetze_mit_paten", PLAYGROUNDS, PLAYGROUNDS_LOOKED_AFTER),
    "sport_reichweite": _sport,
    "sport_teilnehmende": _participants,
    "sport_dauerhaft": _lasting,
    "sucht_reichweite": _yearly("sucht_reichweite", REACHED_BY_ADDICTION_WORK),
    "schockanruf_schaden": _yearly("schockanruf_schaden", SHOCK_CALL_DAMAGE),
    "verfahrensdauer_jugend": _yearly("verfahrensdauer_jugend", DAYS_TO_DECISION),
    "notruf_oepnv": _help,
    "angstraeume_gemeldet": _fear_reported,
    "angstraeume_erledigt": _fear_done,
    "angstraeume_tage": _fear_days,
    "bauleitplaene": _yearly("bauleitplaene", PLANS),
    "bauleitplaene_geprueft": _yearly("bauleitplaene_geprueft", PLANS_CHECKED),
}
