"""Options of the commands that read a file: how it is written, where what was found is wrong."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

import click

from sipa_data.intake import Writing
from sipa_data.intake.writing import Encoding

Command = TypeVar("Command", bound=Callable[..., Any])
SEPARATORS = {";": ";", ",": ",", "tab": "\t", "|": "|"}
DECIMALS = {"komma": ",", "punkt": "."}
DAYS = {"TT.MM.JJJJ": "%d.%m.%Y", "TT/MM/JJJJ": "%d/%m/%Y", "MM/TT/JJJJ": "%m/%d/%Y", "JJJJ-MM-TT": "%Y-%m-%d"}
OPTIONS = (
    click.option(
        "--encoding", type=click.Choice(get_args(Encoding)), help="Zeichensatz, wenn der gefundene nicht stimmt."
    ),
    click.option(
        "--separator", type=click.Choice(list(SEPARATORS)), help="Trennzeichen, wenn das gefundene nicht stimmt."
    ),
    click.option("--sheet", metavar="BLATT", help="Blatt einer Tabellendatei, wenn das gefundene nicht gemeint ist."),
    click.option(
        "--head", metavar="ZEILE", type=click.IntRange(1, 30), help="Zeile der Überschriften, mit 1 beginnend."
    ),
    click.option("--head-rows", metavar="ANZAHL", type=click.IntRange(1, 3), help="Über wie viele Zeilen sie gehen."),
    click.option("--decimal", type=click.Choice(list(DECIMALS)), help="Dezimalzeichen der Zahlen."),
    click.option("--days", type=click.Choice(list(DAYS)), help="Form der Tage."),
)


def writing_options(command: Command) -> Command:
    """--encoding, --separator, --sheet, --head, --head-rows, --decimal, --days"""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def told_by(options: dict[str, Any]) -> dict[str, Any]:
    """These options out of all of a command's, as ``look_at`` and ``read_delivery`` take them."""
    words: Mapping[str, Mapping[str, str]] = {"separator": SEPARATORS, "decimal": DECIMALS, "days": DAYS}
    said = {name: options.pop(name) for name in ("encoding", "separator", "head", "decimal", "days")}
    meant = {name: words.get(name, {}).get(value, value) for name, value in said.items()}
    return {
        "sheet": options.pop("sheet"),
        "head_rows": options.pop("head_rows"),
        "writing": Writing.model_validate(meant),
    }
