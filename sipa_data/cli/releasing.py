"""``waiting``, ``release``, ``refuse``: what somebody has submitted, and what another person decides about it."""

import click

from sipa_data.audit import Event
from sipa_data.catalogue import Catalogue, load_catalogue
from sipa_data.cli.options import by_option, city_option, example, settings_for
from sipa_data.cli.printing import findings_table, local, on_stdout, progress, say, table_of
from sipa_data.cli.recording import recording
from sipa_data.cli.rehearsing import Part, part_options, rehearsed_now, tell_rehearsal
from sipa_data.german import number
from sipa_data.lake import Lake, open_lake
from sipa_data.release import PurgeRequests, Submission, WaitingRoom, open_requests, refuse, refused, release, waiting
from sipa_data.release.purge_requests import DAMAGED as DAMAGED_REQUEST
from sipa_data.release.submission import DAMAGED

ID_HELP = "Nummer der wartenden Lieferung; „waiting“ nennt sie."


@click.command(
    "waiting",
    short_help="Lieferungen nennen, die auf Freigabe warten, oder eine davon proben.",
    epilog=example("python -m sipa_data waiting"),
)
@click.argument("submission_id", metavar="LIEFERUNG", required=False, help="Nur diese: was ihre Freigabe ändern würde.")
@part_options
@city_option
def waiting_command(submission_id: str | None, city: str | None, part: Part) -> None:
    """Nennen, was auf eine zweite Person wartet: eingereichte Lieferungen und beantragte Löschungen.

    Mit einer Nummer: die Probe dieser Lieferung gegen den heutigen Datenstand. Verändert wird nichts.
    """
    settings = settings_for(city)
    room, requests = WaitingRoom.of(settings), PurgeRequests.of(settings)
    room.tidy()
    with open_lake(settings) as lake:
        if submission_id is not None:
            _rehearse(lake, room, load_catalogue(settings.city), submission_id, part)
            return
        found = waiting(lake, room)
        asked = open_requests(lake, requests)
    turned_down = refused(room)
    if not found:
        say("Es wartet keine Lieferung.")
    for name in room.damaged():
        say(DAMAGED.format(name), style="yellow")
    for name in requests.damaged():
        say(DAMAGED_REQUEST.format(name), style="yellow")
    wanted = [(one.upload_id, f"{local(one.at)}\n{one.by}") for one in asked]
    for title, heads, rows in (
        ("Warten auf Freigabe", ("Lieferung", "Datei und Profil", "Zeilen", "Eingereicht"), map(_row, found)),
        ("Beantragte Löschungen", ("Lieferung", "Beantragt"), wanted),
        ("Nicht freigegeben", ("Lieferung", "Datei", "Entschieden", "Grund"), map(_turned_down, turned_down)),
    ):
        if cells := list(rows):
            on_stdout().print(table_of(heads, cells, title=title))


@click.command(
    "release",
    short_help="Eine wartende Lieferung freigeben (andere Person).",
    epilog=example("python -m sipa_data release 2025-03-01-1a2b3c4d --by max"),
)
@click.argument("submission_id", metavar="LIEFERUNG", help=ID_HELP)
@city_option
@by_option
def release_command(submission_id: str, city: str | None, by: str) -> None:
    """Eine wartende Lieferung veröffentlichen: eine Transaktion, ein neuer Datenstand.

    Freigeben muss jemand anderes als die Person, die eingereicht hat, außer für Dateiprofile, die city.toml unter
    released_alone nennt.
    """
    settings = settings_for(city)
    catalogue = load_catalogue(settings.city)
    with recording(settings) as record, open_lake(settings) as lake, progress("freigeben"):
        lake.expect_city(catalogue.city.official_key, catalogue.city.name)
        alone = catalogue.city.released_alone
        done = release(lake, WaitingRoom.of(settings), submission_id, by=by, released_alone=alone)
        record(Event.released, by, done.upload_id, f"Datenstand {done.snapshot}")
    say(f"✓ {done.described} ist freigegeben. Datenstand {done.snapshot}.")


@click.command(
    "refuse",
    short_help="Eine wartende Lieferung nicht freigeben.",
    epilog=example("python -m sipa_data refuse 2025-03-01-1a2b3c4d --reason 'Falsches Jahr.' --by max"),
)
@click.argument("submission_id", metavar="LIEFERUNG", help=ID_HELP)
@click.option("--reason", metavar="TEXT", required=True, help="Warum; das liest, wer eingereicht hat.")
@by_option
def refuse_command(submission_id: str, reason: str, by: str) -> None:
    """Eine wartende Lieferung ablehnen oder zurücknehmen. Ihre Zeilen werden gelöscht, der Grund bleibt 90 Tage."""
    settings = settings_for(None)
    with recording(settings) as record, open_lake(settings) as lake:
        done = refuse(lake, WaitingRoom.of(settings), submission_id, by=by, reason=reason)
        record(Event.turned_down, by, submission_id, reason)
    say(f"✓ {done.described} wird nicht freigegeben.")


def _rehearse(lake: Lake, room: WaitingRoom, catalogue: Catalogue, submission_id: str, part: Part) -> None:
    lake.expect_city(catalogue.city.official_key, catalogue.city.name, claim=False)
    one = room.find(submission_id)
    with progress("Probe") as bar:
        found = rehearsed_now(lake, catalogue, room.delivery(one), bar, may_replace=one.may_replace)
    say(f"Probe: {one.described}. Nichts wurde verändert.")
    if one.note:
        say(f"Anmerkung: {one.note}")
    for warning in one.report.warnings:
        say(f"Zur Kenntnis genommen: {warning.sentence}", style="yellow")
    tell_rehearsal(found, catalogue, part)
    if one.report.findings:
        on_stdout().print(findings_table(one.report.findings))


def _row(one: Submission) -> tuple[str, ...]:
    return (
        one.id,
        "\n".join(text for text in (one.report.file_name, one.report.profile, one.note) if text),
        number(one.report.rows_taken),
        f"{local(one.submitted_at)}\n{one.submitted_by}",
    )


def _turned_down(one: Submission) -> tuple[str, ...]:
    decided = f"{local(one.decided_at)}\n{one.decided_by}" if one.decided_at else ""
    return one.id, f"{one.report.file_name}\n{one.report.sha256[:12]}", decided, one.reason or ""
