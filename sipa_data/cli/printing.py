"""How the command line looks: tables, times and progress."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn
from rich.table import Table
from rich.text import Text

from sipa_data.german import moment, number
from sipa_data.intake import Finding

WIDTH_OF_A_FILE = 160
"""Characters per line where the output is no terminal."""
BERLIN = ZoneInfo("Europe/Berlin")
SEVERITIES = {"error": "Fehler", "warning": "Warnung", "note": "Hinweis"}


def on_stdout() -> Console:
    """For results."""
    return _console(stderr=False)


def on_stderr() -> Console:
    """For errors and progress, so that results can be piped on."""
    return _console(stderr=True)


def say(text: str, style: str = "") -> None:
    """One line of a result, printed as it is."""
    on_stdout().print(Text(text, style=style), soft_wrap=True)


def local(at: datetime) -> str:
    """A moment that is stored in UTC, as a clock in the city shows it."""
    return moment(at.astimezone(BERLIN))


def table_of(heads: Sequence[str], rows: Iterable[Sequence[str | int]], *, title: str | None = None) -> Table:
    """A table. The first column is never broken, so that it can be copied; whole numbers stand right, in German."""
    table = Table(title=title, title_justify="left", title_style="bold")
    rows = [tuple(row) for row in rows]
    for place, head in enumerate(heads):
        numeric = bool(rows) and isinstance(rows[0][place], int)
        table.add_column(head, justify="right" if numeric else "left", overflow="fold", no_wrap=place == 0)
    for row in rows:
        table.add_row(*(Text(number(cell) if isinstance(cell, int) else cell) for cell in row))
    return table


def findings_table(findings: Sequence[Finding]) -> Table:
    """What intake found: how bad, where, what, how often."""
    rows = [
        (
            SEVERITIES[finding.severity],
            "" if finding.line is None else str(finding.line),
            finding.column or "",
            finding.sentence,
            finding.count,
        )
        for finding in findings
    ]
    return table_of(("Art", "Zeile", "Spalte", "Befund", "Anzahl"), rows)


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """A bar on a terminal; nothing elsewhere."""
    console = on_stderr()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        bar.add_task(title, total=1.0)
        yield bar


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console.width = WIDTH_OF_A_FILE
    return console
