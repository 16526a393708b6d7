"""What a delivery would change or has changed, told at the shell as the page tells it."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

import click
import pandas as pd
from rich.progress import Progress

from sipa_data.access.scope import Role, Scope
from sipa_data.answers.state_difference import Difference
from sipa_data.answers.types import CITY
from sipa_data.catalogue import Catalogue
from sipa_data.cli.options import Command
from sipa_data.cli.printing import on_stdout, say, table_of
from sipa_data.errors import InvalidQuestion
from sipa_data.figures.state_changes import (
    cells_table,
    changes_table,
    flips_table,
    left_out,
    place_table,
    statuses_table,
    title_of,
)
from sipa_data.figures.state_difference import at_a_glance, in_short
from sipa_data.figures.wave_review import groups_table, review_table
from sipa_data.figures.wave_review import in_short as wave_in_short
from sipa_data.german import listing
from sipa_data.intake import Delivery
from sipa_data.lake import Lake
from sipa_data.marts.former import current_mart
from sipa_data.release import Rehearsal, rehearsal_of

OFFICE = Scope.of(Role.office)
"""Whoever may run a command may read the files: everything is shown."""


@dataclass(frozen=True)
class Part:
    """What of a difference is wanted number by number."""

    indicator: str | None = None
    district: str | None = None


def part_options(command: Command) -> Command:
    """--indicator, --district: given to the command as one ``part``."""

    @click.option("--indicator", metavar="KENNZAHL", help="Jede Zahl dieser Kennzahl zeigen, die sich ändert.")
    @click.option("--district", metavar="BEZIRK", help="Jede Zahl dieses Bezirks zeigen, die sich ändert.")
    @wraps(command)
    def gathered(*given: Any, indicator: str | None, district: str | None, **others: Any) -> Any:
        return command(*given, part=Part(indicator, district), **others)

    return gathered  # type: ignore[return-value]  # the same command with two options for one parameter


def rehearsed_now(
    lake: Lake, catalogue: Catalogue, delivery: Delivery, bar: Progress, *, may_replace: bool
) -> Rehearsal:
    """Rehearse against the newest Datenstand."""
    mart, _ = current_mart(lake, catalogue)
    try:
        return rehearsal_of(
            lake,
            mart,
            delivery,
            OFFICE,
            may_replace=may_replace,
            tell=lambda step, share: bar.update(bar.task_ids[0], description=step, completed=share),
        )
    finally:
        mart.close()


def tell_rehearsal(found: Rehearsal, catalogue: Catalogue, part: Part) -> None:
    """Everything that the page says of it."""
    say(f"Gefüllt würde: {listing(found.fills)}.")
    if found.replaced:
        say(f"Ersetzt würde: {listing([upload.described for upload in found.replaced])}.", style="yellow")
    for sentence in found.marked_otherwise:
        say(sentence, style="yellow")
    tell_difference(found.difference, catalogue, part)
    for review in found.waves:
        _print(review.title, review_table(review))
        say(wave_in_short(review))
        _print("Befragte neben der Bevölkerung", groups_table(review))
        say(f"Bevölkerung: {review.basis}.", style="dim")


def tell_difference(found: Difference, catalogue: Catalogue, part: Part) -> None:
    """In one sentence, at a glance, indicator by indicator, and the wanted part number by number."""
    say(in_short(found))
    glance = at_a_glance(found, catalogue)
    if glance.empty:
        return
    _print(f"Auf einen Blick, verglichen mit Datenstand {found.compared_with}", glance)
    if found.changes:
        _print("Was sich ändert", changes_table(found.changes))
    if not (flipped := statuses_table(found.changes)).empty:
        _print("Welche Zahlen ihren Status wechseln", flipped)
    if found.public:
        _print("Was die Öffentlichkeit anders sieht", flips_table(found.public))
    if part.indicator is not None:
        wanted = catalogue.indicator(part.indicator).id
        for change in (one for one in found.changes if one.indicator.id == wanted):
            _print(title_of(change), cells_table(change))
            say(left_out(change), style="dim")
    if part.district is not None:
        place = _place(catalogue, part.district)
        rows = place_table(found.changes, place)
        name = catalogue.city.name if place == CITY else catalogue.districts[place].name
        _print(name, rows) if not rows.empty else say(f"In {name} ändert sich keine Zahl.")


def _place(catalogue: Catalogue, text: str) -> str:
    found = CITY if text == catalogue.city.name else catalogue.find_district(text)
    if found is None:
        names = ", ".join(district.name for district in catalogue.districts.values())
        raise InvalidQuestion(
            f"Einen Bezirk „{text}“ gibt es hier nicht. Möglich sind: {catalogue.city.name}, {names}."
        )
    return found


def _print(title: str, rows: pd.DataFrame) -> None:
    cells = [tuple(map(str, row)) for row in rows.itertuples(index=False, name=None)]
    on_stdout().print(table_of(tuple(rows.columns), cells, title=title))
