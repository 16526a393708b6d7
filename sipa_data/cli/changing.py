"""``withdraw`` and ``purge``: take back what was published."""

import click

from sipa_data.audit import Event
from sipa_data.cli.options import by_option, example, settings_for
from sipa_data.cli.printing import progress, say
from sipa_data.cli.recording import recording
from sipa_data.lake import open_lake
from sipa_data.release import PurgeRequests, WaitingRoom, ask_for_purge, find, history, purge_with_traces, withdraw
from sipa_data.release.desk import DROPPED
from sipa_data.settings import Settings

UPLOAD_HELP = "Nummer der Lieferung; „history“ nennt sie."


@click.command(
    "withdraw",
    short_help="Eine Lieferung zurückziehen.",
    epilog=example("python -m sipa_data withdraw 2025-03-01-1a2b3c4d --by erika"),
)
@click.argument("upload_id", metavar="LIEFERUNG", help=UPLOAD_HELP)
@by_option
def withdraw_command(upload_id: str, by: str) -> None:
    """Eine Lieferung zurückziehen: es gilt wieder, was vor ihr galt.

    Das ist ein neuer Datenstand. Was mit der Lieferung galt, zeigt dann auch kein Link mehr. Abgelehnt wird
    es, wenn eine spätere Lieferung denselben Ausschnitt ersetzt hat.
    """
    settings = settings_for(None)
    with recording(settings) as record, open_lake(settings) as lake, progress("zurückziehen"):
        withdrawn = withdraw(lake, upload_id, by=by)
        snapshot = lake.current_snapshot()
        record(Event.withdrawn, by, upload_id, f"Datenstand {snapshot}")
    say(f"✓ {withdrawn.described} ist zurückgezogen. Datenstand {snapshot}.")


@click.command(
    "purge",
    short_help="Eine Lieferung endgültig löschen (zwei Personen).",
    epilog=example("python -m sipa_data purge 2025-03-01-1a2b3c4d --by erika --second max --yes"),
)
@click.argument("upload_id", metavar="LIEFERUNG", help=UPLOAD_HELP)
@click.option("--by", metavar="NAME", required=True, help="Erste Person; steht im Verlauf.")
@click.option(
    "--second",
    metavar="NAME",
    help="Zweite, andere Person; steht im Verlauf. Ohne sie führt --by aus, was jemand anderes beantragt hat.",
)
@click.option(
    "--ask", is_flag=True, help="Nur beantragen: Eine andere Person löscht dann, hier oder unter „Freigaben“."
)
@click.option("--drop", is_flag=True, help="Den Antrag zurücknehmen; gelöscht wird nichts.")
@click.option("--yes", is_flag=True, help="Nicht nachfragen.")
def purge_command(upload_id: str, by: str, second: str | None, *, ask: bool, drop: bool, yes: bool) -> None:
    """Eine Lieferung endgültig löschen: Zeilen, Dateien und alle Datenstände seit ihrer Veröffentlichung.

    Das lässt sich nicht rückgängig machen. Links auf die gelöschten Datenstände zeigen dann „Daten gelöscht am …“. Im
    Verlauf bleibt stehen, dass es die Lieferung gab und wer sie gelöscht hat. Sicherungen enthalten sie weiter: auch
    sie müssen gelöscht werden. Ein laufendes Dashboard ist danach neu zu starten.
    """
    if ask and drop:
        raise click.UsageError("Entweder beantragen (--ask) oder zurücknehmen (--drop).")
    settings = settings_for(None)
    if ask or drop:
        _request(settings, upload_id, by, ask=ask)
        return
    question = f"Lieferung {upload_id} und alle Datenstände seitdem endgültig löschen? (j/n)"
    if not yes and click.prompt(question, type=click.Choice(["j", "n"]), show_choices=False) != "j":
        raise click.Abort
    room, requests = WaitingRoom.of(settings), PurgeRequests.of(settings)
    if second is None:
        by, second = requests.expect_other_person(upload_id, by).by, by
    with recording(settings) as record, open_lake(settings) as lake, progress("endgültig löschen"):
        purged = purge_with_traces(lake, room, requests, upload_id, by=by, second=second)
        snapshot = lake.current_snapshot()
        record(Event.purged, by, upload_id, f"zweite Person: {second}, Datenstand {snapshot}")
    say(f"✓ {purged.upload_id} ist endgültig gelöscht. Datenstand {snapshot}. Löschen Sie auch die Sicherungen.")


def _request(settings: Settings, upload_id: str, by: str, *, ask: bool) -> None:
    """Only ask for a deletion, or take that back."""
    requests = PurgeRequests.of(settings)
    with recording(settings) as record, open_lake(settings) as lake:
        if ask:
            asked = ask_for_purge(lake, requests, upload_id, by=by)
            record(Event.purge_asked, by, upload_id)
            say(f"✓ Die Löschung von {upload_id} ist beantragt von {asked.by}. Ausführen muss sie jemand anderes.")
            return
        find(history(lake), upload_id)
        requests.remove(upload_id)
        record(Event.purge_asked, by, upload_id, DROPPED)
    say(f"✓ Der Antrag, {upload_id} zu löschen, ist zurückgenommen.")
