"""Address → point → district, for all addresses of a file at once. Points and addresses are dropped afterwards."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from duckdb import ColumnExpression

from sipa_data.catalogue import Catalogue
from sipa_data.errors import UnreadableFile
from sipa_data.german import count_of
from sipa_data.intake.cells import cell
from sipa_data.intake.delivery import Finding
from sipa_data.intake.expressions import decimal_number
from sipa_data.intake.numerals import Marks
from sipa_data.intake.profile import PlaceByAddress
from sipa_data.intake.source import Source
from sipa_data.intake.workbench import Workbench, count_rows


@dataclass(frozen=True)
class Addresses:
    """``lookup``: v0, v1, … (the address) → district_id, role."""

    lookup: pa.Table
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Boundaries:
    """The districts' areas, in degrees."""

    areas: Any  # array of shapely geometries
    districts: tuple[str, ...]


def district_by_address(
    source: Source,
    rows: duckdb.DuckDBPyRelation,
    rule: PlaceByAddress,
    catalogue: Catalogue,
    table: Source,
    boundaries: Path,
    bench: Workbench,
) -> Addresses:
    """Look every address of the file up once.

    An address that the table lists several times counts once, with its first point: the file keeps its rows.
    """
    names = [f"v{place}" for place in range(len(rule.columns))]
    listed = ", ".join(names)
    asked = rows.project(*(cell(source, (name,)).alias(as_) for name, as_ in zip(rule.columns, names, strict=True)))
    asked = bench.stage(asked.aggregate(f"{listed}, count(*) as times", listed), "addresses")
    known = table.rows.project(
        ColumnExpression("row"),
        *(cell(table, (name,)).alias(as_) for name, as_ in zip(rule.address_columns, names, strict=True)),
        decimal_number(cell(table, (rule.longitude,)), Marks(decimal=".")).alias("longitude"),
        decimal_number(cell(table, (rule.latitude,)), Marks(decimal=".")).alias("latitude"),
    )
    points = bench.stage(
        known.aggregate(
            f"{listed}, arg_min(longitude, row) as longitude, arg_min(latitude, row) as latitude, "
            "count(distinct (longitude, latitude)) as places",
            listed,
        ),
        "points",
    )
    same = " and ".join(f"asked.{name} is not distinct from point.{name}" for name in names)
    joined = asked.set_alias("asked").join(points.set_alias("point"), same, how="left")
    found = joined.project(
        *(ColumnExpression("asked", name) for name in (*names, "times")),
        *(ColumnExpression("point", name) for name in ("longitude", "latitude")),
    ).to_arrow_table()
    longitude, latitude = (found[name].to_numpy() for name in ("longitude", "latitude"))
    districts = districts_at(read_boundaries(boundaries, rule.district_property, catalogue), longitude, latitude)
    located = np.array([district is not None for district in districts], dtype=bool)
    lookup = pa.table(
        {
            **{name: found[name].cast(pa.string()) for name in names},
            "district_id": pa.array(districts, pa.string()),
            "role": pa.array(np.where(located, "district", "not_locatable"), pa.string()),
        }
    )
    ambiguous = count_rows(points.filter(ColumnExpression("places") > duckdb.ConstantExpression(1)))
    times = found["times"].to_numpy()
    unlisted = np.isnan(longitude.astype(float))
    return Addresses(lookup, tuple(_findings(times, unlisted, located, ambiguous, rule, catalogue)))


def districts_at(boundaries: Boundaries, longitude: Any, latitude: Any) -> list[str | None]:
    """The district at each point; on a common border the one that the file lists first."""
    places = np.column_stack([longitude, latitude]).astype(float)
    known = np.flatnonzero(np.isfinite(places).all(axis=1))
    tree = shapely.STRtree(shapely.points(places[known]))  # of the points: only what is asked for is prepared
    area, inside = tree.query(boundaries.areas, predicate="intersects")
    first = np.full(len(places), len(boundaries.districts))
    np.minimum.at(first, known[inside], area)
    names: list[str | None] = [*boundaries.districts, None]
    return [names[place] for place in first]


def read_boundaries(path: Path, district_property: str, catalogue: Catalogue) -> Boundaries:
    """Read a GeoJSON file whose features are the city's districts, in degrees (WGS 84).

    Raises
    ------
    UnreadableFile : no GeoJSON, not in degrees, or a feature that is none of the city's districts
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
        areas = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
        names = [str(feature["properties"][district_property]) for feature in features]
    except (ValueError, KeyError, TypeError, shapely.errors.GEOSException) as fault:
        raise UnreadableFile(
            f"Die Grenzdatei „{path.name}“ ist kein GeoJSON mit der Eigenschaft „{district_property}“ je Bezirk. "
            "Bitte die Datei neu aus dem Geoportal laden."
        ) from fault
    if not len(areas) or not _in_degrees(areas):
        raise UnreadableFile(
            f"Die Grenzdatei „{path.name}“ enthält keine Flächen in Grad (WGS 84). Bitte in EPSG:4326 umrechnen lassen."
        )
    districts = [catalogue.find_district(name) for name in names]
    if None in districts:
        unknown = names[districts.index(None)]
        raise UnreadableFile(
            f"Die Grenzdatei „{path.name}“ nennt „{unknown}“. Das kennt der Katalog auf der Ebene "
            f"{catalogue.city.district_word} nicht; bitte dort als Schreibweise ergänzen."
        )
    shapely.prepare(areas)
    return Boundaries(areas, tuple(district for district in districts if district))


def _in_degrees(areas: Any) -> bool:
    west, south, east, north = shapely.total_bounds(areas)
    return bool(west >= -180 and east <= 180 and south >= -90 and north <= 90)


def _findings(
    times: Any, unlisted: Any, located: Any, ambiguous: int, rule: PlaceByAddress, catalogue: Catalogue
) -> list[Finding]:
    findings = []
    column = rule.columns[0]
    if missing := int(times[unlisted].sum()):
        findings.append(
            Finding(
                "note",
                "address_unlisted",
                f"{count_of(missing, 'Zeile nennt eine Adresse, die', 'Zeilen nennen Adressen, die')} die "
                f"Adresstabelle nicht enthält, und {'ist' if missing == 1 else 'sind'} als nicht zuordenbar gezählt.",
                column=column,
                count=missing,
            )
        )
    if outside := int(times[~unlisted & ~located].sum()):
        findings.append(
            Finding(
                "note",
                "address_outside",
                f"{count_of(outside, 'Zeile liegt', 'Zeilen liegen')} nach der Adresstabelle außerhalb von "
                f"{catalogue.city.name} und {'ist' if outside == 1 else 'sind'} als nicht zuordenbar gezählt.",
                column=column,
                count=outside,
            )
        )
    if ambiguous:
        findings.append(
            Finding(
                "note",
                "address_ambiguous",
                f"Die Adresstabelle nennt {count_of(ambiguous, 'Adresse', 'Adressen')} mit verschiedenen Punkten; "
                "gezählt ist jeweils der erste.",
                count=ambiguous,
            )
        )
    return findings
