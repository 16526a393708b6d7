"""``waiting``, ``release``, ``refuse``: what somebody has submitted, and what another person decides about it."""

import click

from sipa_data.audit import Event
from sipa_data.catalogue import load_catalogue
from sipa_data.cli.options import by_option, city_option, example, settings_for
from sipa_data.cli.printing import local, on_stdout, progress, say, table_of
from sipa_data.cli.recording import recording
from sipa_data.german import number
from sipa_data.lake import open_lake
from sipa_data.release import Submission, WaitingRoom, refuse, release, waiting

ID_HELP = "Nummer der wartenden Lieferung; „waiting“ nennt sie."


@click.command(
    "waiting",
    short_help="Lieferungen nennen, die auf Freigabe warten.",
    epilog=example("python -m sipa_data waiting"),
)
def waiting_command() -> None:
    """Die Lieferungen nennen, die eingereicht und noch nicht freigegeben sind."""
    settings = settings_for(None)
    with open_lake(settings) as lake:
        found = waiting(lake, WaitingRoom.of(settings))
    if not found:
        say("Es wartet keine Lieferung.")
        return
    heads = ("Lieferung", "Datei und Profil", "Zeilen", "Eingereicht")
    on_stdout().print(table_of(heads, [_row(one) for one in found]))


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
    with recording(settings) as record:
        done = refuse(WaitingRoom.of(settings), submission_id, by=by, reason=reason)
        record(Event.turned_down, by, submission_id, reason)
    say(f"✓ {done.described} wird nicht freigegeben.")


def _row(one: Submission) -> tuple[str, ...]:
    return (
        one.id,
        "\n".join(text for text in (one.report.file_name, one.report.profile, one.note) if text),
        number(one.report.rows_taken),
        f"{local(one.submitted_at)}\n{one.submitted_by}",
    )
