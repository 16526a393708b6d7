"""``audit verify`` and ``audit export``: look at the log of who saw and changed what."""

import csv
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TextIO

import click

from sipa_data.audit import AuditLog, Chain, Event, holds, open_audit, verify
from sipa_data.cli.exits import Exit
from sipa_data.cli.options import by_option, example, settings_for
from sipa_data.cli.printing import on_stderr, say, table_of
from sipa_data.cli.recording import recording
from sipa_data.errors import AuditError
from sipa_data.exports.cells import text_cell
from sipa_data.german import count_of

TITLES = {Chain.use: "Nutzung", Chain.deeds: "Änderungen"}
HEADS = ("Kette", "Nummer", "Zeit (UTC)", "Ereignis", "Konto", "Rolle", "Gegenstand", "Einzelheit", "Prüfsumme")


@click.group(
    "audit",
    short_help="Das Protokoll prüfen oder ausgeben.",
    subcommand_metavar="BEFEHL",
    epilog=example("python -m sipa_data audit verify"),
)
def audit_command() -> None:
    """Das Protokoll: wer welche Seite angesehen, was heruntergeladen und was verändert hat."""


@audit_command.command(
    "verify",
    short_help="Prüfen, ob im Protokoll eine Zeile verändert, entfernt oder eingefügt wurde.",
    epilog=example("python -m sipa_data audit verify"),
    options_metavar="[ANGABEN]",
)
@click.option(
    "--known",
    metavar="PRÜFSUMME",
    multiple=True,
    help="Eine früher notierte Prüfsumme, die es noch geben muss. Mehrfach möglich.",
)
def verify_command(known: tuple[str, ...]) -> int:
    """Das Protokoll prüfen. Endet mit 0, wenn es unversehrt ist, sonst mit 4.

    Notieren Sie die ausgegebenen Prüfsummen an einem anderen Ort und geben Sie sie beim nächsten Mal mit --known an:
    Nur so fällt auf, wenn jemand das ganze Protokoll durch ein neues ersetzt.
    """
    with open_audit(settings_for(None).record_folder) as log:
        findings = verify(log)
        missing = [one for one in known if not holds(log, one)]
        for chain in Chain:
            _say_end(log, chain)
    if not findings and not missing:
        say("✓ Das Protokoll ist unversehrt.")
        return Exit.ok
    rows = [(TITLES[finding.chain], finding.day, finding.sentence) for finding in findings]
    rows += [("", "", f"Die notierte Prüfsumme {one[:16]}… kommt nicht mehr vor.") for one in missing]
    on_stderr().print(table_of(("Kette", "Tag", "Befund"), rows, title="Das Protokoll wurde verändert"))
    return Exit.lake


@audit_command.command(
    "export",
    short_help="Das Protokoll als CSV ausgeben.",
    epilog=example("python -m sipa_data audit export --account stadt:4711 --from 2025-03-01"),
    options_metavar="[ANGABEN]",
)
@click.option("--to-file", "target", metavar="DATEI", type=Path, help="Wohin; sonst auf die Standardausgabe.")
@click.option(
    "--from",
    "first",
    metavar="TAG",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Nur ab diesem Tag, zum Beispiel 2025-03-01.",
)
@click.option("--account", metavar="KONTO", help="Nur dieses Konto, etwa für eine Auskunft.")
@by_option
def export_command(target: Path | None, first: datetime | None, account: str | None, by: str) -> None:
    """Das Protokoll als CSV ausgeben, mit Strichpunkt getrennt. Auch das wird protokolliert."""
    settings = settings_for(None)
    with open_audit(settings.record_folder) as log:
        rows = list(_rows(log, "" if first is None else first.date().isoformat(), account))
    with recording(settings) as record:
        record(Event.log_exported, by, account or "alle Konten", count_of(len(rows), "Eintrag", "Einträge"))
    if target is None:
        _write(sys.stdout, rows)
        return
    try:
        with target.open("x", encoding="utf-8-sig", newline="") as file:
            target.chmod(0o600)
            _write(file, rows)
    except OSError as fault:
        raise AuditError(f"Die Datei {target} lässt sich nicht neu anlegen: {fault.strerror}.") from fault
    say(f"✓ {count_of(len(rows), 'Eintrag', 'Einträge')} in {target}.")


def _rows(log: AuditLog, first_day: str, account: str | None) -> Iterable[tuple[str, ...]]:
    for chain in Chain:
        for entry, sealed in log.entries(chain):
            if entry.day >= first_day and account in (None, entry.account):
                texts = (entry.event, entry.account, entry.role, entry.subject, entry.detail)
                yield (TITLES[chain], str(entry.number), entry.at, *map(text_cell, texts), sealed)


def _write(file: TextIO, rows: Iterable[tuple[str, ...]]) -> None:
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows(rows)


def _say_end(log: AuditLog, chain: Chain) -> None:
    segments = log.segments(chain)
    if segments:
        newest = segments[-1]
        many = count_of(newest.last, "Eintrag", "Einträge")
        say(f"{TITLES[chain]}: {many}, zuletzt {newest.day}, Prüfsumme {newest.closing}")
    else:
        say(f"{TITLES[chain]}: noch kein Eintrag")
