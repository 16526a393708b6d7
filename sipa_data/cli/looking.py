"""``profiles``, ``snapshots``, ``history``: what there is."""

import click

from sipa_data.answers.state_difference import difference
from sipa_data.catalogue import Catalogue, load_catalogue
from sipa_data.cli.options import city_option, example, settings_for
from sipa_data.cli.printing import findings_table, local, on_stdout, progress, say, table_of
from sipa_data.cli.rehearsing import OFFICE, Part, part_options, tell_difference
from sipa_data.figures.words import rows_told
from sipa_data.german import listing
from sipa_data.intake import Profile, choose_profile, profiles_of
from sipa_data.lake import Lake, open_lake
from sipa_data.marts.former import mart_at
from sipa_data.release import Upload, described_place, find, history, snapshots, taken_back

SHORT_HASH = 12
HEADS = (
    "Lieferung", "Datei und Profil", "Kennzeichnung", "Zeilen", "Datenstand", "Wann und wer", "Status", "Prüfsumme",
)  # fmt: skip
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
    short_help="Den Verlauf der Lieferungen zeigen, oder was eine von ihnen geändert hat.",
    epilog=example("python -m sipa_data history 2025-03-01-1a2b3c4d --district Mitte"),
)
@click.argument("upload_id", metavar="LIEFERUNG", required=False, help="Nur diese, und was sie geändert hat.")
@part_options
@city_option
def history_command(upload_id: str | None, city: str | None, part: Part) -> None:
    """Den Verlauf zeigen: was wann von wem veröffentlicht, ersetzt, zurückgezogen oder gelöscht wurde.

    Mit einer Nummer: alle Angaben zu dieser Lieferung und welche Kennzahlen sie geändert hat.
    """
    settings = settings_for(city)
    with open_lake(settings) as lake:
        uploads = history(lake)
        if upload_id is not None:
            _tell_one(lake, load_catalogue(settings.city), find(uploads, upload_id), part)
            return
    if not uploads:
        say("Es wurde noch nichts veröffentlicht.")
        return
    heads = (
        "Lieferung",
        "Datei und Profil",
        "Kennzeichnung",
        "Zeilen",
        "Datenstand",
        "Wann und wer",
        "Status",
        "Prüfsumme",
    )
    on_stdout().print(table_of(heads, [_row(upload) for upload in uploads]))


def _row(upload: Upload) -> tuple[str, ...]:
    return (
        upload.upload_id,
        "\n".join(text for text in (upload.file_name, upload.profile, upload.note) if text),
        MARKING.get(upload.marking, upload.marking),
        rows_told(upload.rows_in, upload.rows_taken, upload.rows_refused, upload.rows_skipped),
        str(upload.snapshot),
        _persons(upload),
        STATUS[upload.status],
        upload.sha256[:SHORT_HASH],
    )


def _tell_one(lake: Lake, catalogue: Catalogue, upload: Upload, part: Part) -> None:
    """What is known of an upload, and what it changed unless that was deleted."""
    lake.expect_city(catalogue.city.official_key, catalogue.city.name, claim=False)
    back = taken_back(lake, upload)
    lines = {
        "Datei": upload.file_name,
        "Profil": upload.profile,
        "Kennzeichnung": MARKING.get(upload.marking, upload.marking),
        "Füllt": listing([described_place(place) for place in upload.slices]),
        "Wann und wer": _persons(upload),
        "Zeilen": rows_told(upload.rows_in, upload.rows_taken, upload.rows_refused, upload.rows_skipped),
        "Status": STATUS[upload.status] + (f"\n{local(back.at)}, {back.author}" if back else ""),
        "Datenstand": str(upload.snapshot),
        "Prüfsumme": upload.sha256,
        "Anmerkung": upload.note,
    }
    on_stdout().print(table_of(("Angabe", "Wert"), [(name, text) for name, text in lines.items() if text]))
    if upload.status == "purged":
        say("Was sie geändert hat, ist mit ihr gelöscht.")
        return
    with progress("Beide Datenstände vergleichen"):
        before, after = (mart_at(lake, catalogue, one) for one in (upload.snapshot_before, upload.snapshot))
        found = difference(before, after, OFFICE, {place.table for place in upload.slices})
        before.close()
        after.close()
    tell_difference(found, catalogue, part)
    if upload.findings:
        on_stdout().print(findings_table(upload.findings))


def _persons(upload: Upload) -> str:
    """Who delivered it and who released it, each with the time."""
    told = f"{local(upload.uploaded_at)}, {upload.uploaded_by}"
    if not (upload.approved_by and upload.approved_at):
        return told
    return f"{told}\nfreigegeben {local(upload.approved_at)}, {upload.approved_by}"


def _describe(profile: Profile) -> None:
    say(profile.title, style="bold")
    say(profile.description)
    say(f"Herkunft: {profile.attribution}")
    if profile.marking:
        say(f"Kennzeichnung: {MARKING[profile.marking]}")
    for name, companion in profile.companions.items():
        say(f"Begleitdatei --companion {name}=DATEI: {companion.title}")
