"""``profiles``, ``snapshots``, ``history``: what there is."""

import click

from sipa_data.cli.options import example, settings_for
from sipa_data.cli.printing import local, on_stdout, say, table_of
from sipa_data.german import number
from sipa_data.intake import Profile, choose_profile, profiles_of
from sipa_data.lake import open_lake
from sipa_data.release import Upload, history, snapshots

STATUS = {
    "published": "veröffentlicht",
    "replaced": "ersetzt",
    "withdrawn": "zurückgezogen",
    "purged": "endgültig gelöscht",
}
MARKING = {"synthetic": "Beispieldaten", "published": "öffentlich", "confidential": "vertraulich"}


@click.command(
    "profiles",
    short_help="Die bekannten Dateiprofile nennen.",
    epilog=example("python -m sipa_data profiles stuttgart-einwohner"),
)
@click.argument("name", metavar="PROFIL", required=False, help="Nur dieses Profil, mit allen Einzelheiten.")
def profiles_command(name: str | None) -> None:
    """Die Dateiprofile nennen: welchen Aufbau einer Datei SiPa kennt."""
    profiles = profiles_of(settings_for(None))
    if name is None:
        rows = [(profile.id, profile.title, ", ".join(profile.companions)) for profile in profiles.values()]
        on_stdout().print(table_of(("Profil", "Was es liest", "Begleitdateien"), rows))
        return
    _describe(choose_profile(profiles, name))


@click.command(
    "snapshots",
    short_help="Die Datenstände nennen.",
    epilog=example("python -m sipa_data snapshots"),
)
def snapshots_command() -> None:
    """Die Datenstände nennen, die sich noch zeigen lassen: jede Veröffentlichung ist einer."""
    with open_lake(settings_for(None)) as lake:
        found = snapshots(lake)
    rows = [(str(each.id), local(each.at), each.author or "", each.message or "") for each in found]
    on_stdout().print(table_of(("Datenstand", "Zeit", "Wer", "Was"), rows))


@click.command(
    "history",
    short_help="Den Verlauf der Lieferungen zeigen.",
    epilog=example("python -m sipa_data history"),
)
def history_command() -> None:
    """Den Verlauf zeigen: was wann von wem veröffentlicht, ersetzt, zurückgezogen oder gelöscht wurde."""
    with open_lake(settings_for(None)) as lake:
        uploads = history(lake)
    if not uploads:
        say("Es wurde noch nichts veröffentlicht.")
        return
    heads = ("Lieferung", "Datei und Profil", "Kennzeichnung", "Zeilen", "Datenstand", "Wann und wer", "Status")
    on_stdout().print(table_of(heads, [_row(upload) for upload in uploads]))


def _row(upload: Upload) -> tuple[str, ...]:
    persons = " / ".join(person for person in (upload.uploaded_by, upload.approved_by) if person)
    return (
        upload.upload_id,
        "\n".join(text for text in (upload.file_name, upload.profile, upload.note) if text),
        MARKING.get(upload.marking, upload.marking),
        number(upload.rows_taken),
        str(upload.snapshot),
        f"{local(upload.uploaded_at)}\n{persons}",
        STATUS[upload.status],
    )


def _describe(profile: Profile) -> None:
    say(profile.title, style="bold")
    say(profile.description)
    say(f"Herkunft: {profile.attribution}")
    if profile.marking:
        say(f"Kennzeichnung: {MARKING[profile.marking]}")
    for name, companion in profile.companions.items():
        say(f"Begleitdatei --companion {name}=DATEI: {companion.title}")
