"""Files to import, the same in every run: our plain single incidents, Köln's fines with addresses, an SPSS wave."""

import json
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyreadstat
import shapely

from bench.measure import PROJECT
from sipa_data.catalogue import Catalogue, load_catalogue

STREETS, HOUSES = 2_000, 30
UNLISTED = 0.02
"""Share of rows whose address the table does not know."""
FINES = ["141312", "112400", "141322", "112402"]
WEST, SOUTH, WIDTH = 9.0, 48.7, 0.2


def write_plain(path: Path, rows: int) -> None:
    """Our plain layout of single incidents, ten years of them."""
    random, catalogue = np.random.default_rng(1), city()
    districts = ["unbekannt", *(district.name for district in catalogue.districts.values())]
    offences = [offence.key for offence in catalogue.offences.values() if offence.kind == "part"]
    table = pl.DataFrame(
        {
            "quelle": np.full(rows, "pks"),
            "zeitpunkt": _minutes(random, datetime(2016, 1, 1), days=3653, rows=rows),  # noqa: DTZ001 - local time
            "bezirk": random.choice(districts, rows),
            "schluessel": random.choice(offences, rows),
            "ort": random.choice(["strasse", "platz", "wohnung", "oepnv", "geschaeft"], rows),
            "versuch": random.choice(["nein", "ja"], rows, p=[0.9, 0.1]),
            "aufgeklaert": random.choice(["nein", "ja"], rows),
        }
    )
    _write(table, path, "%d.%m.%Y %H:%M")


def write_koeln(folder: Path, rows: int) -> Path:
    """Köln's shape: address → point → district, with its two companions beside the file."""
    random = np.random.default_rng(2)
    street = random.integers(0, STREETS, rows)
    street[random.random(rows) < UNLISTED] = STREETS
    names = np.array([f"STRASSE {number}" for number in range(STREETS + 1)])
    path = folder / "2020.csv"
    fines = pl.DataFrame(
        {
            "datum_von": _minutes(random, datetime(2020, 1, 1), days=366, rows=rows),  # noqa: DTZ001 - local time
            "kennzeichen1": np.full(rows, "K"),
            "fahrzeugart": np.full(rows, "PKW"),
            "fabrikat": random.choice(["VW", "FORD", "OPEL"], rows),
            "strasse": names[street],
            "hausnummer": random.integers(1, HOUSES + 1, rows),
            "tatbestand1": random.choice(FINES, rows),
        }
    ).with_columns(tatbestand2=pl.lit(None), tatbestand3=pl.lit(None))
    _write(fines, path, "%Y-%m-%d %H:%M:%S.000")
    points = random.random((2, STREETS * HOUSES))
    addresses = pl.DataFrame(
        {
            "strasse": np.repeat(names[:-1], HOUSES),
            "hausnummer": np.tile(np.arange(1, HOUSES + 1), STREETS),
            "Latitude": SOUTH + WIDTH * points[0],
            "Longitude": WEST + WIDTH * points[1],
        }
    )
    _write(addresses, folder / "Alle-Orte-mit-Lat-Long.csv")
    (folder / "stadtbezirke.geojson").write_text(json.dumps(_boundaries()), encoding="utf-8")
    return path


def write_wave(path: Path, persons: int) -> int:
    """A wave as a survey institute sends it: every question of the catalogue, with its codes and their labels.

    Returns
    -------
    how many questions there are
    """
    random, catalogue = np.random.default_rng(3), city()
    districts = [district.name for district in catalogue.districts.values()]
    columns: dict[str, np.ndarray] = {
        "bezirk": random.choice(districts, persons),
        "gewicht": random.uniform(0.4, 2.5, persons).round(3),
    }
    labels: dict[str, dict[int, str]] = {}
    for item in catalogue.items.values():
        answers = catalogue.scales[item.scale].answers
        drawn = random.choice([answer.code for answer in answers], persons)
        if all(answer.code.isdigit() for answer in answers):
            drawn = drawn.astype(float)
            labels[item.id] = {int(answer.code): answer.label for answer in answers}
        columns[item.id] = drawn
    path.parent.mkdir(parents=True, exist_ok=True)
    pyreadstat.write_sav(pd.DataFrame(columns), str(path), variable_value_labels=labels)
    return len(catalogue.items)


def city() -> Catalogue:
    return load_catalogue(PROJECT / "data" / "stuttgart")


def _minutes(random: np.random.Generator, first: datetime, *, days: int, rows: int) -> np.ndarray:
    return np.datetime64(first, "ms") + random.integers(0, days * 1440, rows).astype("timedelta64[m]")


def _write(table: pl.DataFrame, path: Path, times: str | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    table.write_csv(path, separator=";", datetime_format=times)


def _boundaries() -> dict[str, object]:
    """The districts as stripes from west to east, their borders with as many points as real ones have."""
    names = [district.name for district in city().districts.values()]
    width, features = WIDTH / len(names), []
    for place, name in enumerate(names):
        stripe = shapely.box(WEST + place * width, SOUTH, WEST + (place + 1) * width, SOUTH + WIDTH)
        geometry = json.loads(shapely.to_geojson(shapely.segmentize(stripe, WIDTH / 1000)))
        features.append({"type": "Feature", "properties": {"STB_NAME": name}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}
