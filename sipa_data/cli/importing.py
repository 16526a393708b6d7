"""``import``: read, check and publish files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import click
from rich.progress import Progress
from rich.text import Text

from sipa_data.audit import Event
from sipa_data.catalogue import Catalogue, load_catalogue
from sipa_data.cli.options import Pair, PeriodText, Said, by_option, city_option, example, settings_for
from sipa_data.cli.printing import findings_table, on_stderr, on_stdout, progress, say
from sipa_data.cli.recording import recording
from sipa_data.cli.rehearsing import Part, part_options, rehearsed_now, tell_rehearsal
from sipa_data.cli.writing import told_by, writing_options
from sipa_data.errors import NotAllowed, ProfileError, RefusedDelivery, SipaError
from sipa_data.german import count_of, listing, number
from sipa_data.intake import (
    Delivery,
    Marking,
    Profile,
    choose_profile,
    look_at,
    profiles_of,
    read_delivery,
    recognise,
    wave_of,
)
from sipa_data.lake import Lake, open_lake
from sipa_data.release import Upload, WaitingRoom, publish, submit


class Companion(click.ParamType[tuple[str, Path]]):
    """NAME=FILE"""

    name = "begleitdatei"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        name, found, path = str(value).partition("=")
        if not (name and found and path):
            self.fail("Gemeint ist NAME=DATEI, zum Beispiel adressen=adressen.csv.", param, ctx)
        return name, Path(path)


@click.command(
    "import",
    short_help="Dateien prüfen und veröffentlichen.",
    epilog=example(
        "python -m sipa_data import fallzahlen-2025.csv --city stuttgart --profile eigene-fallzahlen"
        " --period 2025 --dry-run"
    ),
)
@click.argument("files", metavar="DATEI...", nargs=-1, required=True, type=Path, help="Eine oder mehrere Dateien.")
@city_option
@click.option(
    "--profile",
    "-p",
    "profile_id",
    metavar="PROFIL",
    help="Aufbau der Datei; „profiles“ nennt alle. Ohne Angabe wird er erkannt, wenn er sicher ist.",
)
@click.option(
    "--period",
    metavar="ZEITRAUM",
    type=PeriodText(),
    help="Wofür die Datei gilt, wenn sie es nicht selbst sagt: 2025, 2025-Q3, 2025-07 oder 2025-01-01--2025-06-30.",
)
@click.option("--wave", metavar="WELLE", help="Kennung der Befragungswelle, wenn die Datei sie nicht selbst sagt.")
@click.option(
    "--describe",
    "described",
    metavar="ANGABE=WERT",
    multiple=True,
    type=Said(),
    help="Die Welle beschreiben, wenn weder die Datei noch eine Begleitdatei es tut: Titel, Feldzeit von, Feldzeit bis,"
    " Eingeladen, Mindestalter und so weiter. Mehrfach möglich.",
)
@click.option(
    "--marking",
    type=click.Choice(get_args(Marking)),
    help="Kennzeichnung: Beispieldaten (synthetic), öffentlich (published), vertraulich (confidential)."
    " Sonst gilt das Profil.",
)
@click.option(
    "--companion",
    "companions",
    metavar="NAME=DATEI",
    multiple=True,
    type=Companion(),
    help="Zweite Datei, die das Profil braucht, etwa ein Adressverzeichnis. Mehrfach möglich.",
)
@writing_options
@click.option("--replace", is_flag=True, help="Ersetzen, was für denselben Ausschnitt schon veröffentlicht ist.")
@click.option(
    "--refused-rows",
    metavar="DATEI",
    type=Path,
    help="Wohin die beanstandeten Zeilen mit ihren Gründen kommen, wenn die Datei abgelehnt wird.",
)
@click.option(
    "--coarsen",
    is_flag=True,
    help="Zustimmen, dass Angaben von Befragten wegfallen, die durch sie fast eindeutig wären.",
)
@click.option("--acknowledge", is_flag=True, help="Die Warnungen sind gelesen; trotzdem veröffentlichen.")
@click.option("--dry-run", is_flag=True, help="Nur prüfen und zeigen, was sich ändern würde; nichts verändern.")
@click.option("--submit", "only_submit", is_flag=True, help="Zur Freigabe durch eine andere Person einreichen.")
@part_options
@by_option
@click.option("--approved-by", metavar="NAME", help="Wer die Veröffentlichung freigegeben hat.")
@click.option("--note", metavar="TEXT", help="Anmerkung für den Verlauf.")
def import_command(  # noqa: PLR0913 -- one parameter per option of the command
    files: tuple[Path, ...],
    city: str | None,
    profile_id: str | None,
    *,
    acknowledge: bool,
    dry_run: bool,
    only_submit: bool,
    part: Part,
    replace: bool,
    by: str,
    approved_by: str | None,
    note: str | None,
    companions: tuple[tuple[str, Path], ...],
    described: tuple[Pair, ...],
    **reading: Any,
) -> None:
    """Dateien lesen, prüfen und veröffentlichen.

    Jede Datei ist eine eigene Lieferung. Beim ersten Fehler hält der Befehl an; was davor veröffentlicht wurde, sagt
    er. Eine abgelehnte Datei verändert nichts.
    """
    if approved_by is not None and approved_by.strip().casefold() == by.strip().casefold():
        raise NotAllowed("Wer freigibt (--approved-by), muss jemand anderes sein als wer liefert (--by).")
    settings = settings_for(city)
    catalogue = load_catalogue(settings.city)
    profiles = profiles_of(settings)
    written = told_by(reading)
    if described:
        reading["described"] = wave_of(described, key=reading["wave"])
    published: list[Upload] = []
    with recording(settings) as record, open_lake(settings) as lake:
        lake.expect_city(catalogue.city.official_key, catalogue.city.name, claim=not dry_run)
        for place, file in enumerate(files):
            try:
                profile = (
                    choose_profile(profiles, profile_id)
                    if profile_id
                    else _recognised(file, catalogue, profiles, written)
                )
                with _read(file, catalogue, profile, companions=dict(companions), **reading, **written) as delivery:
                    if dry_run:
                        _rehearse(lake, catalogue, delivery, part, may_replace=replace)
                    elif only_submit:
                        waits = submit(
                            WaitingRoom.of(settings),
                            delivery,
                            by=by,
                            may_replace=replace,
                            acknowledged=acknowledge,
                            note=note,
                        )
                        record(Event.uploaded, by, waits.id, profile.id)
                        say(f"✓ {_taken(delivery)} Wartet auf Freigabe: {waits.id}.")
                        _show_findings(delivery)
                    else:
                        _refuse_unread_warnings(delivery, acknowledged=acknowledge)
                        upload = _publish(lake, delivery, by=by, approved_by=approved_by, replace=replace, note=note)
                        published.append(upload)
                        record(Event.uploaded, by, upload.upload_id, profile.id)
                        record(Event.released, approved_by or by, upload.upload_id, f"Datenstand {upload.snapshot}")
            except SipaError:
                _say_what_is_done(published, left=files[place:])
                raise


def _recognised(
    file: Path, catalogue: Catalogue, profiles: Mapping[str, Profile], written: Mapping[str, Any]
) -> Profile:
    """The layout of a file, where there is no doubt."""
    likely = recognise(look_at(file, **written), catalogue, profiles)
    if likely and likely[0].certainty == "sicher":
        say(f"Profil: {likely[0].profile.id}. {likely[0].why}")
        return likely[0].profile
    names = listing([f"„{one.profile.id}“" for one in likely[:3]], "oder")
    hint = f"Vielleicht {names}; bitte mit --profile angeben." if likely else "Bitte mit „map“ eine Zuordnung anlegen."
    raise ProfileError(f"Das Profil der Datei „{file.name}“ ist nicht sicher zu erkennen. {hint}")


def _refuse_unread_warnings(delivery: Delivery, *, acknowledged: bool) -> None:
    warnings = delivery.report.warnings
    if warnings and not acknowledged:
        raise RefusedDelivery(
            f"Zur Datei „{delivery.report.file_name}“ gibt es {count_of(len(warnings), 'Warnung', 'Warnungen')}. "
            "Bitte lesen und mit --acknowledge bestätigen.",
            warnings,
        )


def _read(file: Path, catalogue: Catalogue, profile: Profile, **reading: Any) -> Delivery:
    with progress(file.name) as bar:
        return read_delivery(
            file, catalogue, profile, progress=lambda step, share: _move(bar, file, step, share), **reading
        )


def _move(bar: Progress, file: Path, step: str, share: float) -> None:
    bar.update(bar.task_ids[0], description=f"{file.name}: {step}", completed=share)


def _publish(lake: Lake, delivery: Delivery, **release: Any) -> Upload:
    with progress(f"{delivery.report.file_name}: veröffentlichen"):
        upload = publish(lake, delivery, **release)
    say(f"✓ {_taken(delivery)} Datenstand {upload.snapshot}, Lieferung {upload.upload_id}.")
    _show_findings(delivery)
    return upload


def _rehearse(lake: Lake, catalogue: Catalogue, delivery: Delivery, part: Part, *, may_replace: bool) -> None:
    with progress(f"{delivery.report.file_name}: Probe") as bar:
        found = rehearsed_now(lake, catalogue, delivery, bar, may_replace=may_replace)
    say(f"Probe: {_taken(delivery)} Nichts wurde verändert.")
    tell_rehearsal(found, catalogue, part)
    _show_findings(delivery)


def _taken(delivery: Delivery) -> str:
    report = delivery.report
    rows = count_of(report.rows_in, "Zeile", "Zeilen")
    parts = [f"{report.file_name}: {number(report.rows_taken)} von {rows} übernommen"]
    if report.rows_skipped:
        parts.append(f"{number(report.rows_skipped)} übergangen (andere Stadt oder anderes Thema)")
    if report.not_locatable:
        parts.append(f"{number(report.not_locatable)} ohne Bezirk")
    return ", ".join(parts) + "."


def _show_findings(delivery: Delivery) -> None:
    if delivery.report.findings:
        on_stdout().print(findings_table(delivery.report.findings))


def _say_what_is_done(published: Sequence[Upload], left: Sequence[Path]) -> None:
    if not published and len(left) == 1:
        return
    done = listing([upload.file_name for upload in published]) or "keine"
    waiting = listing([path.name for path in left])
    on_stderr().print(
        Text(f"Veröffentlicht wurde bis hierher: {done}. Nicht veröffentlicht: {waiting}."), soft_wrap=True
    )
