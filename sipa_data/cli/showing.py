"""``show``: one indicator with its uncertainty, its verdict, its source and its Datenstand."""

from collections.abc import Hashable
from typing import Any

import click
import pandas as pd

from sipa_data.access.scope import Scope
from sipa_data.answers.types import NOT_LOCATABLE, Answer, Question, Status, VerdictCode
from sipa_data.audit import Event
from sipa_data.cli.options import PeriodText, by_option, city_option, example, settings_for
from sipa_data.cli.printing import local, on_stdout, say, table_of
from sipa_data.cli.recording import recording
from sipa_data.errors import InvalidQuestion
from sipa_data.german import interval, number, with_unit
from sipa_data.house import House, open_house
from sipa_data.periods import Period

EMPTY = "–"


@click.command(
    "show",
    short_help="Eine Kennzahl mit Unsicherheit, Quelle und Datenstand zeigen.",
    epilog=example("python -m sipa_data show gewalt-oeffentlicher-raum --district Bad-Cannstatt --period 2025"),
)
@click.argument("indicator", metavar="KENNZAHL", help="Kennung der Kennzahl im Katalog.")
@click.option(
    "--district",
    "districts",
    metavar="BEZIRK",
    multiple=True,
    help="Nummer oder übliche Schreibweise. Mehrfach möglich; sonst die ganze Stadt.",
)
@click.option("--all-districts", is_flag=True, help="Alle Bezirke und was keinem zuzuordnen ist.")
@click.option(
    "--period",
    metavar="ZEITRAUM",
    type=PeriodText(),
    help="Zum Beispiel 2025, 2025-Q3 oder 2025-07. Sonst der letzte, für den es Daten gibt.",
)
@click.option("--snapshot", metavar="DATENSTAND", type=int, help="Ein älterer Datenstand; „snapshots“ nennt alle.")
@city_option
@by_option
def show_command(
    indicator: str,
    city: str | None,
    districts: tuple[str, ...],
    *,
    all_districts: bool,
    period: Period | None,
    snapshot: int | None,
    by: str,
) -> None:
    """Eine Kennzahl zeigen: Wert, Unsicherheit, was der Vergleich sagt, Quelle und Datenstand.

    Zeigt alles ohne Schutz kleiner Zahlen: Wer den Befehl ausführen darf, kann auch die Dateien lesen.
    """
    settings = settings_for(city)
    with recording(settings) as record, open_house(settings) as house:
        house.lake.expect_city(house.catalogue.city.official_key, house.catalogue.city.name, claim=False)
        question = Question(
            indicator=house.catalogue.indicator(indicator).id,
            districts=tuple(_number_of(house, text) for text in districts),
            by_district=all_districts,
            period=period,
        )
        answer = house.reader(Scope.chair(), snapshot, even_withdrawn=True).ask(question)
        record(Event.viewed, by, indicator, " ".join(districts))
    _print(answer)


def _number_of(house: House, text: str) -> str:
    found = house.catalogue.find_district(text)
    if found is None:
        names = ", ".join(district.name for district in house.catalogue.districts.values())
        raise InvalidQuestion(f"Einen Bezirk „{text}“ gibt es hier nicht. Möglich sind: {names}.")
    return found


def _print(answer: Answer) -> None:
    period = f", {answer.period.german}" if answer.period else ""
    title = f"{answer.indicator.title} – {answer.city.name}{period}"
    rows = [_row(answer, row) for row in answer.observations.to_dict("records")]
    on_stdout().print(table_of(("Ort", "Zeitraum", "Wert", "95-%-Bereich", "n", "Hinweis"), rows, title=title))
    for verdict in answer.verdicts:
        if len(rows) == 1 or verdict.code != VerdictCode.no_comparison:
            say(verdict.sentence)
    for note in answer.notes:
        say(note, style="dim")
    say(f"Quelle: {answer.source}")
    published = f" vom {local(answer.snapshot.published_at)}" if answer.snapshot.published_at else ""
    say(
        f"Datenstand {answer.snapshot.id}{published}"
        + (" – enthält Beispieldaten" if answer.snapshot.synthetic else "")
    )


def _row(answer: Answer, row: dict[Hashable, Any]) -> tuple[str, ...]:
    unit, decimals = answer.indicator.unit, answer.indicator.decimals
    place = str(row["district"])
    name = answer.place_name(place) + ("" if pd.isna(row["breakdown"]) else f", {row['breakdown']}")
    value, lower, upper, n = (row[column] for column in ("value", "lower", "upper", "n"))
    return (
        name if place != NOT_LOCATABLE else answer.place_name(NOT_LOCATABLE),
        Period(row["period_start"].date(), row["period_end"].date()).german,
        EMPTY if pd.isna(value) else with_unit(float(value), unit, decimals),
        EMPTY if pd.isna(lower) or pd.isna(upper) else interval(float(lower), float(upper), unit, decimals),
        EMPTY if pd.isna(n) else number(int(n)),
        _remark(row),
    )


def _remark(row: dict[Hashable, Any]) -> str:
    words = {
        Status.ok: "",
        Status.limited: "wenige Antworten",
        Status.unreliable: "zu wenige Antworten",
        Status.suppressed: "geheim zu halten",
        Status.not_collected: "nicht erhoben",
    }
    reason = "" if pd.isna(row["reason"]) else str(row["reason"])
    return reason or words[Status(str(row["status"]))]
