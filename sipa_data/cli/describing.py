"""``recognise``, ``map``, ``template``, ``code-book``: what a file is, what it should be, what was asked."""

from pathlib import Path
from typing import Any

import click

from sipa_data.catalogue import Catalogue, load_catalogue
from sipa_data.cli.options import Pair, Said, city_option, example, settings_for
from sipa_data.cli.printing import on_stdout, say, table_of
from sipa_data.cli.writing import told_by, writing_options
from sipa_data.errors import InvalidQuestion, ProfileError
from sipa_data.german import count_of, listing
from sipa_data.intake import (
    KINDS,
    Draft,
    Found,
    Profile,
    as_delivered,
    as_toml,
    choose_profile,
    look_at,
    profiles_of,
    propose,
    recognise,
    register_of,
    save_profile,
    template,
)
from sipa_data.lake import open_lake
from sipa_data.release.code_book import code_book, waves
from sipa_data.release.registers import rows_of_register
from sipa_data.settings import Settings

MOST_WORDS = 40


@click.command(
    "recognise",
    short_help="Sagen, was eine Datei ist und welches Profil passt.",
    epilog=example("python -m sipa_data recognise vorfaelle.csv --city stuttgart"),
)
@click.argument("file", metavar="DATEI", type=Path, help="Die Datei; ein ZIP mit einer Datei geht auch.")
@city_option
@writing_options
def recognise_command(file: Path, city: str | None, **options: Any) -> None:
    """Format, Zeichensatz, Trennzeichen, Überschriften und Spalten finden und das passende Profil nennen."""
    settings = settings_for(city)
    catalogue = load_catalogue(settings.city)
    found = look_at(file, **told_by(options))
    _show(found)
    likely = recognise(found, catalogue, profiles_of(settings))
    if likely:
        rows = [(one.profile.id, one.certainty, one.why) for one in likely]
        on_stdout().print(table_of(("Profil", "Wie sicher", "Warum"), rows))
    else:
        say(f"Kein Profil passt. Zuordnen: python -m sipa_data map {file.name}")


@click.command(
    "map",
    short_help="Die Spalten einer unbekannten Datei zuordnen und als Profil speichern.",
    epilog=example("python -m sipa_data map neu.csv --set attribution=Ordnungsamt --column Delikt=offence_key --save"),
)
@click.argument("file", metavar="DATEI", type=Path, help="Die Datei; ein ZIP mit einer Datei geht auch.")
@city_option
@writing_options
@click.option("--kind", type=click.Choice(list(KINDS)), help="Wovon die Datei handelt. Sonst wird es vorgeschlagen.")
@click.option(
    "--column", "columns", metavar="ÜBERSCHRIFT=BEDEUTUNG", multiple=True, type=Said(),
    help="Eine Spalte anders zuordnen; ohne Bedeutung entfällt sie. Mehrfach möglich.",
)  # fmt: skip
@click.option(
    "--value", "values", metavar="ÜBERSCHRIFT:WORT=BEDEUTUNG", multiple=True, type=Said(),
    help="Ein Wort einer Spalte übersetzen. Mehrfach möglich.",
)  # fmt: skip
@click.option(
    "--set", "given", metavar="ANGABE=WERT", multiple=True, type=Said(),
    help="Was die Datei nicht selbst sagt, zum Beispiel attribution=Polizei. Mehrfach möglich.",
)  # fmt: skip
@click.option("--save", is_flag=True, help="Als Profil speichern, damit die nächste Datei keine Zuordnung braucht.")
def map_command(
    file: Path,
    city: str | None,
    kind: str | None,
    columns: tuple[Pair, ...],
    values: tuple[Pair, ...],
    given: tuple[Pair, ...],
    *,
    save: bool,
    **options: Any,
) -> None:
    """Eine Zuordnung vorschlagen, berichtigen und als Profil zeigen; offen Gebliebenes wird genannt."""
    settings = settings_for(city)
    found = look_at(file, **told_by(options))
    known = profiles_of(settings)
    draft = propose(found, load_catalogue(settings.city), kind, taken=known)
    for heading, meaning in columns:
        draft = draft.with_meaning(
            _known(heading, found.headings, "Spalte"), _known(meaning, draft.meanings(), "Bedeutung")
        )
    for said, meant in values:
        heading, _, word = said.partition(":")
        targets = draft.value_choices(_known(heading, found.headings, "Spalte"))
        draft = draft.with_value(heading, word, _known(meant, targets, "Bedeutung"))
    for name, value in given:
        draft = draft.with_setting(_known(name, [one.id for one in draft.settings()], "Angabe"), value)
    _show(found)
    _show_draft(draft)
    if problems := draft.problems():
        for problem in problems:
            say(f"Offen: {problem}", style="yellow")
        if save:
            raise ProfileError(f"Das Profil ist noch nicht vollständig. {problems[0]}")
        return
    profile = draft.profile()
    say(as_toml(profile))
    if save:
        say(f"✓ Gespeichert in {save_profile(profile, settings.profiles_made_here, known)}.")


@click.command(
    "template",
    short_help="Eine leere Tabellendatei für ein Profil schreiben.",
    epilog=example("python -m sipa_data template eigene-fallzahlen --to vorlage.xlsx"),
)
@click.argument("name", metavar="PROFIL", help="Kennung des Profils; „profiles“ nennt alle.")
@city_option
@click.option("--to", "target", metavar="DATEI", required=True, type=Path, help="Wohin die Vorlage geschrieben wird.")
@click.option("--filled", is_flag=True, help="Mit dem, was das Register jetzt enthält; nur bei Registern.")
def template_command(name: str, city: str | None, target: Path, *, filled: bool) -> None:
    """Eine Vorlage (XLSX) mit Überschriften, Auswahllisten und einer Seite mit Erläuterungen schreiben.

    Ein Register (Projekte, Ergebnisse, Partner, Beschlüsse, Ziele, Begehungen) gibt es auch ausgefüllt: ändern und
    als neue Lieferung einspielen.
    """
    settings = settings_for(city)
    profile = choose_profile(profiles_of(settings), name)
    catalogue = load_catalogue(settings.city)
    content = _register(profile, catalogue, settings) if filled else template(profile, catalogue)
    try:
        with target.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise ProfileError(f"Die Vorlage {target} lässt sich nicht neu anlegen: {error.strerror}.") from error
    say(f"✓ Die Vorlage für „{profile.title}“ steht in {target}.")


def _register(profile: Profile, catalogue: Catalogue, settings: Settings) -> bytes:
    if register_of(profile) is None:
        raise ProfileError(f"„{profile.title}“ ist kein Register; ausgefüllt gibt es nur Register.")
    with open_lake(settings) as lake, lake.reader() as reader:
        rows = rows_of_register(reader, profile)
    return template(profile, catalogue, as_delivered(profile, catalogue, rows))


@click.command(
    "code-book",
    short_help="Fragen, Antworten und Codes einer Befragungswelle zeigen.",
    epilog=example("python -m sipa_data code-book"),
)
@click.argument("wave", metavar="WELLE", required=False, help="Kennung der Welle; ohne sie werden alle genannt.")
@city_option
def code_book_command(wave: str | None, city: str | None) -> None:
    """Das Codebuch einer Welle: jede Frage mit Wortlaut, Antworten, Codes und ungewichteten Anzahlen."""
    settings = settings_for(city)
    with open_lake(settings) as lake, lake.reader() as reader:
        known = dict(waves(reader))
        tables = code_book(reader, load_catalogue(settings.city), wave) if wave in known else ()
    if wave is None:
        on_stdout().print(table_of(("Welle", "Titel"), list(known.items())))
        return
    if wave not in known:
        raise InvalidQuestion(f"Die Welle „{wave}“ gibt es nicht. Vorhanden: {listing(list(known)) or 'keine'}.")
    for title, table in tables:
        on_stdout().print(table_of(tuple(table.columns), table.to_numpy().tolist(), title=title))


def _show(found: Found) -> None:
    say(found.name, style="bold")
    on_stdout().print(table_of(("Gefunden", ""), found.lines()))


def _show_draft(draft: Draft) -> None:
    say(f"Art: {KINDS[draft.kind]}")
    meanings = draft.meanings()
    rows = [
        (one.heading, one.column.looks, f"{meanings[one.meaning]} ({one.meaning})")
        for one in draft.columns
        if one.meaning
    ]
    on_stdout().print(table_of(("Spalte", "Was darin steht", "Bedeutung"), rows))
    left = [one.heading for one in draft.columns if not one.meaning]
    if left:
        say(f"Nicht übernommen: {count_of(len(left), 'Spalte', 'Spalten')}.")
    for one in draft.columns:
        if targets := draft.value_choices(one.heading) if one.meaning else {}:
            known = draft.meant_words(one.heading)
            words = [(word, targets.get(known.get(word, ""), "offen")) for word in one.column.values][:MOST_WORDS]
            on_stdout().print(table_of((one.heading, "Bedeutet"), words))
    settings = [(one.id, one.value or "–", one.title) for one in draft.settings()]
    on_stdout().print(table_of(("Angabe", "Wert", "Was das ist"), settings))


def _known(name: str, names: Any, what: str) -> str:
    if name in names or name == "":
        return name
    raise ProfileError(f"{what} „{name}“ gibt es hier nicht. Möglich sind: {', '.join(one for one in names if one)}.")
