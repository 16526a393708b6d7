"""``backup``, ``restore``, ``check``: keep what there is, and see whether it is whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.text import Text

from sipa_data.audit import Event
from sipa_data.catalogue import load_catalogue
from sipa_data.cli.exits import Exit, exit_code_of
from sipa_data.cli.options import by_option, city_option, example, settings_for
from sipa_data.cli.printing import local, on_stderr, progress, say
from sipa_data.cli.recording import recording
from sipa_data.errors import LakeError, ProfileError, SipaError
from sipa_data.german import count_of
from sipa_data.intake import profiles_of
from sipa_data.lake import open_lake
from sipa_data.release import backup, history, inconsistencies, restore
from sipa_data.release.backups import Progress
from sipa_data.settings import Settings


@click.command(
    "backup",
    short_help="Den Datenbestand in einen Ordner sichern.",
    epilog=example("python -m sipa_data backup /srv/sicherung/sipa-2025-03-01"),
)
@click.argument("folder", metavar="ORDNER", type=Path, help="Neuer oder leerer Ordner.")
@by_option
def backup_command(folder: Path, by: str) -> None:
    """Katalog und Dateien in einen Ordner sichern, mit Prüfsummen.

    Die Sicherung zeigt einen einzigen Augenblick; währenddessen darf veröffentlicht werden.
    """
    settings = settings_for(None)
    with recording(settings) as record, open_lake(settings) as lake, _counting("sichern") as report:
        manifest = backup(lake, folder, progress=report)
        record(Event.backed_up, by, str(folder), f"Datenstand {manifest.snapshot}")
    say(f"✓ Datenstand {manifest.snapshot} ist in {folder} gesichert, {_files(len(manifest.files))}.")


@click.command(
    "restore",
    short_help="Eine Sicherung wiederherstellen.",
    epilog=example("SIPA_LAKE=/srv/sipa/catalogue.sqlite python -m sipa_data restore /srv/sicherung/sipa-2025-03-01"),
)
@click.argument("folder", metavar="ORDNER", type=Path, help="Ordner, den „backup“ geschrieben hat.")
@by_option
def restore_command(folder: Path, by: str) -> None:
    """Eine Sicherung an dem Ort wiederherstellen, den SIPA_LAKE und SIPA_LAKE_FILES nennen.

    Der Ort muss leer sein. Jede Datei wird mit ihrer Prüfsumme verglichen und am Ende der Inhalt jeder Tabelle.
    """
    settings = settings_for(None)
    with _counting("wiederherstellen") as report:
        manifest = restore(folder, settings, progress=report)
    with recording(settings) as record:  # only now: a restore wants an empty place
        record(Event.restored, by, str(folder), f"Datenstand {manifest.snapshot}")
    say(f"✓ Datenstand {manifest.snapshot} ist wiederhergestellt, {_files(len(manifest.files))}, geprüft.")


@click.command(
    "check",
    short_help="Katalog, Dateiprofile und Datenbestand prüfen.",
    epilog=example("python -m sipa_data check --city stuttgart"),
)
@city_option
def check_command(city: str | None) -> int:
    """Katalog, Dateiprofile und Datenbestand prüfen. Endet mit 0, wenn alles stimmt."""
    settings = settings_for(city)
    worst = Exit.ok
    for look in (_check_catalogue, _check_profiles, _check_lake):
        try:
            look(settings)
        except SipaError as error:
            on_stderr().print(Text(f"✗ {error.title}: {error.sentence}", style="red"), soft_wrap=True)
            worst = max(worst, exit_code_of(error))
    return worst


def _check_catalogue(settings: Settings) -> None:
    catalogue = load_catalogue(settings.city)
    profiles = profiles_of(settings)
    for name in catalogue.city.released_alone:
        if name not in profiles:
            raise ProfileError(
                f"city.toml lässt unter released_alone das Dateiprofil „{name}“ von einer Person freigeben; das gibt es"
                " nicht. „python -m sipa_data profiles“ nennt alle."
            )
    say(
        f"✓ Katalog {catalogue.city.name}: {len(catalogue.districts)} {catalogue.city.districts_word},"
        f" {count_of(len(catalogue.indicators), 'Kennzahl', 'Kennzahlen')}"
    )


def _check_profiles(settings: Settings) -> None:
    say(f"✓ {count_of(len(profiles_of(settings)), 'Dateiprofil', 'Dateiprofile')}")


def _check_lake(settings: Settings) -> None:
    catalogue = load_catalogue(settings.city)
    with open_lake(settings) as lake:
        lake.expect_city(catalogue.city.official_key, catalogue.city.name, claim=False)
        problems = inconsistencies(lake)
        newest = lake.snapshots()[-1]
        uploads = history(lake) if not problems else ()
    if problems:
        raise LakeError(" ".join(problems))
    shown = count_of(sum(upload.status == "published" for upload in uploads), "Lieferung", "Lieferungen")
    say(f"✓ Datenbestand: Datenstand {newest.id} vom {local(newest.at)}, {shown}")


@contextmanager
def _counting(title: str) -> Iterator[Progress]:
    with progress(title) as bar:
        yield lambda done, of: bar.update(bar.task_ids[0], completed=done / of)


def _files(count: int) -> str:
    return count_of(count, "Datei", "Dateien")
