"""``demo``: build the synthetic example city."""

import click
from rich.progress import Progress

from sipa_data.catalogue import load_catalogue
from sipa_data.cli.options import example, settings_for
from sipa_data.cli.printing import progress, say
from sipa_data.demo import build_example_city
from sipa_data.demo.build import CITY
from sipa_data.errors import AlreadyPublished
from sipa_data.settings import Settings

TITLE = "Beispielstadt"


@click.command(
    "demo",
    short_help="Die erfundene Beispielstadt aufbauen.",
    epilog=example("python -m sipa_data demo"),
)
@click.option(
    "--if-empty",
    is_flag=True,
    help="Nichts tun und nichts sagen, wenn schon Daten da sind oder eine andere Stadt eingestellt ist.",
)
def demo_command(*, if_empty: bool) -> None:
    """Die erfundene Beispielstadt in einen leeren Datenbestand bauen; ein abgebrochener Lauf wird fortgesetzt."""
    settings = settings_for(None)
    if if_empty and load_catalogue(settings.city).city.id != CITY:
        return
    try:
        uploads = _build(settings)
    except AlreadyPublished:
        if if_empty:
            return
        raise
    if uploads:
        say(f"✓ Die Beispielstadt steht: {uploads} Lieferungen. Alle Zahlen sind erfunden.")
    elif not if_empty:
        say("Die Beispielstadt stand schon; es gibt nichts zu tun.")


def _build(settings: Settings) -> int:
    with progress(TITLE) as bar:
        return len(build_example_city(settings, lambda step, share: _move(bar, step, share)))


def _move(bar: Progress, step: str, share: float) -> None:
    bar.update(bar.task_ids[0], description=f"{TITLE}: {step}", completed=share, total=1.0)
