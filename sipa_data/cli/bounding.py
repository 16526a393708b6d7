"""``import-boundaries``: real boundaries for the map."""

from pathlib import Path

import click

from sipa_data.catalogue import load_catalogue
from sipa_data.cli.options import city_option, example, settings_for
from sipa_data.cli.printing import progress, say
from sipa_data.german import number

BYTES = 1000


@click.command(
    "import-boundaries",
    short_help="Grenzen der Stadtbezirke für die Karte übernehmen.",
    epilog=example("python -m sipa_data import-boundaries stadtbezirke.geojson --source 'Stadtmessungsamt, CC BY 4.0'"),
)
@click.argument(
    "file",
    metavar="DATEI",
    type=click.Path(path_type=Path),
    help="GeoJSON, TopoJSON, GeoPackage, oder ein Shapefile mit allen Teilen in einer ZIP-Datei.",
)
@click.option("--name-column", metavar="SPALTE", help="Spalte mit Nummer oder Name. Sonst wird sie gesucht.")
@click.option("--source", metavar="TEXT", help="Wessen Grenzen es sind; steht unter jeder Karte. Sonst der Dateiname.")
@click.option("--layer", metavar="EBENE", help="Ebene der Datei, wenn sie mehrere hat.")
@click.option("--crs", metavar="SYSTEM", help="Koordinatensystem, wenn die Datei es nicht oder falsch nennt.")
@city_option
def import_boundaries_command(
    file: Path, name_column: str | None, source: str | None, layer: str | None, crs: str | None, city: str | None
) -> None:
    """Die Grenzen der Stadtbezirke übernehmen, damit die Karten die Stadt in ihrer Gestalt zeigen.

    Jedes Koordinatensystem ist recht; verdrehte Ringe werden berichtigt. Die Datei muss genau die Stadtbezirke des
    Katalogs enthalten, jeden einmal. Vereinfacht auf höchstens 60 kB liegen die Grenzen dann als boundaries.json im
    Ordner der Stadt. Ein laufendes Dashboard zeigt sie nach einem Neustart.
    """
    from sipa_data.boundaries import import_boundaries  # noqa: PLC0415 -- no other command waits for GeoPandas

    catalogue = load_catalogue(settings_for(city).city)
    with progress("Grenzen übernehmen"):
        done = import_boundaries(file, catalogue, source=source, name_column=name_column, layer=layer, crs=crs)
    say(
        f"✓ {number(len(done.file.districts))} {catalogue.city.districts_word}, {number(done.corners)} Eckpunkte, "
        f"{number(done.size / BYTES)} kB: {done.path}. Ein laufendes Dashboard zeigt sie nach einem Neustart."
    )
