"""Which files the offices of the example city deliver, in which order, and how each is made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from shutil import copyfile

import numpy as np
import pyarrow as pa

from sipa_data.demo import (
    bases,
    incidents,
    order_office,
    persons,
    plain,
    population,
    projects,
    registers,
    special,
    survey,
    walks,
)
from sipa_data.demo.files import write_csv, write_pairs, write_parquet
from sipa_data.demo.frame import YEARS, Frame
from sipa_data.demo.kinds import Kinds

COUNTS, EVENTS, PEOPLE = "eigene-fallzahlen", "eigene-vorfaelle", "eigene-personen"
RESIDENTS, OTHER_BASES, REGISTERS = "eigene-einwohner", "eigene-bezugsgroessen", "eigene-registerwerte"
SURVEY = "eigene-befragung"
PARTNERS, PROJECTS, RESULTS = "eigene-partner", "eigene-projekte", "eigene-projektergebnisse"
TARGETS, DECISIONS, WALKS = "eigene-ziele", "eigene-beschluesse", "eigene-begehungen"


@dataclass(frozen=True)
class Piece:
    """One file on its way: its name, the layout it follows, how it is written, and what comes with it."""

    name: str
    profile: str
    title: str  # German, for the progress bar
    write: Callable[[Path], None] = field(repr=False)
    companions: dict[str, Callable[[Path], None]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Town:
    """Everything that happened, before anybody wrote it down."""

    frame: Frame
    recorded: incidents.Incidents = field(repr=False)
    reported: tuple[Kinds, incidents.Counts] = field(repr=False)
    residents: population.Population = field(repr=False)
    people: tuple[persons.Group, ...] = field(repr=False)
    findings: walks.Findings = field(repr=False)

    @classmethod
    def imagine(cls, frame: Frame) -> "Town":
        recorded = incidents.record(frame)
        return cls(
            frame,
            recorded,
            order_office.report(frame),
            population.settle(frame),
            persons.count_persons(recorded),
            walks.walk(frame),
        )

    @property
    def register_values(self) -> tuple[registers.Value, ...]:
        kinds, counts = self.reported
        known = registers.Known(
            litter=counts[kinds.at(order_office.LITTER)[0]].sum(axis=(1, 3)),
            young=np.array([population.young_at_start_of(self.residents, year) for year in YEARS]),
            findings=self.findings,
        )
        return registers.register_values(self.frame, known)


def pieces(town: Town) -> Iterator[Piece]:
    """Every file, in the order in which it is published."""
    yield from _bases(town)
    for year in YEARS:
        table = partial(incidents.police_table, town.recorded, town.frame, year)
        yield Piece(f"pks-{year}.parquet", COUNTS, f"Kriminalstatistik {year}", _parquet(table))
    yield from _office(town)
    beside = partial(special.special_table, special.count_special(town.recorded, town.frame), town.frame)
    yield Piece("sonderzaehlungen.parquet", COUNTS, "Sonderzählungen", _parquet(beside))
    people = partial(persons.person_table, town.people, town.frame)
    yield Piece("opfer-und-tatverdaechtige.parquet", PEOPLE, "Opfer und Tatverdächtige", _parquet(people))
    for wave in plain.rows("wellen"):
        description = partial(write_pairs, survey.wave_description(wave))
        answers = _csv(partial(survey.wave_table, wave, town.frame))
        yield Piece(f"befragung-{wave['kennung'][-4:]}.csv", SURVEY, wave["titel"], answers, {"welle": description})
    yield from _steering(town)


def _bases(town: Town) -> Iterator[Piece]:
    residents = partial(population.population_table, town.residents, town.frame)
    yield Piece("einwohner.csv", RESIDENTS, "Einwohner", _csv(residents))
    yield Piece("bezugsgroessen.csv", OTHER_BASES, "Bezugsgrößen", _csv(bases.base_table))


def _office(town: Town) -> Iterator[Piece]:
    kinds, counts = town.reported
    monthly = partial(order_office.monthly_table, kinds, counts, town.frame)
    first = order_office.EVENTS_FROM
    yield Piece(f"ordnungsamt-bis-{first - 1}.parquet", COUNTS, f"Ordnungsamt bis {first - 1}", _parquet(monthly))
    for year in range(first, YEARS[-1] + 1):
        single = partial(order_office.event_table, kinds, counts, town.frame, year)
        yield Piece(f"ordnungsamt-{year}.parquet", EVENTS, f"Ordnungsamt {year}", _parquet(single))


def _steering(town: Town) -> Iterator[Piece]:
    """What the office of the partnership keeps: registers, projects, targets, decisions, walk-throughs."""
    values = partial(registers.register_table, town.register_values, town.frame)
    yield Piece("register.csv", REGISTERS, "Register", _csv(values))
    yield Piece("partner.csv", PARTNERS, "Partner", _as_it_is("partner"))
    yield Piece("projekte.csv", PROJECTS, "Projekte", _as_it_is("projekte"))
    results = partial(projects.result_table, town.recorded, town.frame)
    yield Piece("projektergebnisse.csv", RESULTS, "Projektergebnisse", _csv(results))
    yield Piece("ziele.csv", TARGETS, "Ziele", _as_it_is("ziele"))
    yield Piece("beschluesse.csv", DECISIONS, "Beschlüsse", _as_it_is("beschluesse"))
    findings = partial(walks.finding_table, town.findings, town.frame)
    yield Piece("begehungen.csv", WALKS, "Begehungen", _csv(findings))


def _csv(table: Callable[[], pa.Table]) -> Callable[[Path], None]:
    return lambda path: write_csv(table(), path)


def _parquet(table: Callable[[], pa.Table]) -> Callable[[Path], None]:
    return lambda path: write_parquet(table(), path)


def _as_it_is(name: str) -> Callable[[Path], None]:
    """A file that people wrote: it is delivered as it stands in ``data/demo``."""

    def write(path: Path) -> None:
        copyfile(plain.FOLDER / f"{name}.csv", path)

    return write
