"""Point → district, for all points of a file at once. The points are dropped afterwards."""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from duckdb import ColumnExpression, Expression
from pyproj import Transformer

from sipa_data.catalogue import Catalogue
from sipa_data.german import count_of
from sipa_data.intake.addresses import Addresses, districts_at, read_boundaries
from sipa_data.intake.cells import cell
from sipa_data.intake.delivery import Finding
from sipa_data.intake.expressions import call, decimal_number
from sipa_data.intake.numerals import Marks
from sipa_data.intake.profile import PlaceByPoint
from sipa_data.intake.source import Source
from sipa_data.intake.workbench import Workbench

DEGREES = "EPSG:4326"
PAIR = r"(?i)^\s*(?:point)?\s*\(\s*(-?[0-9.]+)[\s,]+(-?[0-9.]+)\s*\)\s*$"


def district_by_point(
    source: Source,
    rows: duckdb.DuckDBPyRelation,
    rule: PlaceByPoint,
    catalogue: Catalogue,
    boundaries: Path,
    bench: Workbench,
) -> Addresses:
    """Look every different point of the file up once; what lies outside the city is counted without a district."""
    names = [f"v{place}" for place in range(len(rule.columns))]
    listed = ", ".join(names)
    asked = rows.project(*(cell(source, (name,)).alias(as_) for name, as_ in zip(rule.columns, names, strict=True)))
    asked = bench.stage(asked.aggregate(f"{listed}, count(*) as times", listed), "points")
    x, y = _coordinates(rule)
    found = asked.project("*", x.alias("x"), y.alias("y")).to_arrow_table()
    easting, northing = (found[name].to_numpy().astype(float) for name in ("x", "y"))
    degrees = Transformer.from_crs(rule.reference, DEGREES, always_xy=True)
    longitude, latitude = degrees.transform(easting, northing)
    areas = read_boundaries(boundaries, rule.district_property, catalogue)
    districts = districts_at(areas, np.asarray(longitude), np.asarray(latitude))
    inside = np.array([district is not None for district in districts], dtype=bool)
    lookup = pa.table(
        {
            **{name: found[name].cast(pa.string()) for name in names},
            "district_id": pa.array(districts, pa.string()),
            "role": pa.array(np.where(inside, "district", "not_locatable"), pa.string()),
        }
    )
    return Addresses(lookup, tuple(_outside(int(found["times"].to_numpy()[~inside].sum()), rule, catalogue)))


def _coordinates(rule: PlaceByPoint) -> tuple[Expression, Expression]:
    """Both numbers, whichever way they are written; nothing where they cannot be read."""
    marks = Marks(decimal=".")
    if rule.point is None:
        return tuple(decimal_number(call("replace", ColumnExpression(name), ",", "."), marks) for name in ("v0", "v1"))  # type: ignore[return-value]
    x, y = (call("nullif", call("regexp_extract", ColumnExpression("v0"), PAIR, part), "") for part in (1, 2))
    return decimal_number(x, marks), decimal_number(y, marks)


def _outside(count: int, rule: PlaceByPoint, catalogue: Catalogue) -> list[Finding]:
    if not count:
        return []
    rows, be = count_of(count, "Zeile nennt", "Zeilen nennen"), "ist" if count == 1 else "sind"
    sentence = (
        f"{rows} keinen Punkt in {catalogue.city.name} und {be} als nicht zuordenbar gezählt. "
        "Liegt nur ein kleiner Teil außerhalb, ist das üblich; sonst bitte das Bezugssystem der Koordinaten prüfen."
    )
    return [Finding("note", "point_outside", sentence, column=rule.columns[0], count=count)]
