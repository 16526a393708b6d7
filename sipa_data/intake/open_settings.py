"""What a layout needs and a file cannot say itself, with what is proposed for it."""

import itertools
import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.spellings import UMLAUTS
from sipa_data.intake.choices import Choices
from sipa_data.intake.column_words import WORDS
from sipa_data.intake.days import ISO, day_in, day_of
from sipa_data.intake.delivery import MARKINGS
from sipa_data.intake.found import Found
from sipa_data.intake.likeness import name_likeness
from sipa_data.intake.meanings import DISTRICT, PERIOD, POINT, X, columns_of, has_period, targets_of
from sipa_data.intake.profile import Wave
from sipa_data.intake.proposing import proposed_source
from sipa_data.intake.readers.headings import plain
from sipa_data.intake.reporting import period_in
from sipa_data.intake.waves import FIELDS as WAVE_FIELDS
from sipa_data.tables import TABLES

SAID_ONCE = {
    "source", "register", "unit", "kind", "basis", "offence_key", "reference_date", "observed_on", "status",
    "direction", "group_name", "measured_at", "design", "indicator", "due", "decided_on",
}  # fmt: skip
"""Columns of a table that may be the same for all rows of a file."""
LONGEST = 160  # letters of a title or a source
FEW_PLACES = 12  # unknown places that are worth mapping one by one
ELSEWHERE = {
    "refuse": "sind Fehler und zuzuordnen",
    "not_locatable": "zählen ohne Bezirk mit",
    "skip": "werden übergangen",
}
REFERENCES = {
    "EPSG:4326": "Länge und Breite in Grad (WGS 84)",
    "EPSG:3857": "Web-Mercator (Internetkarten)",
    "EPSG:25832": "UTM-Zone 32 (ETRS89)",
    "EPSG:25833": "UTM-Zone 33 (ETRS89)",
}
YES_NO = {"nein": "nein", "ja": "ja"}
WAVE_SETTINGS = {
    {"id": "wave_id", "title": "wave_title"}.get(field, field): word for word, field in WAVE_FIELDS.items()
}
"""What describes a wave: setting → word of the sheet „Welle“."""
BESIDE_A_WAVE = {
    "invited": "Wie viele Personen eingeladen wurden; daraus wird der Rücklauf.",
    "min_age": "Ab welchem Alter gefragt wurde; damit wird die Bevölkerung verglichen.",
    "mode": "Wie gefragt wurde, zum Beispiel schriftlich und online.",
    "weighting": "Wonach gewichtet wurde.",
    "method_break": "Was sich seit der vorigen Welle an der Methode geändert hat.",
}
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
BOUNDARIES = "grenzen.geojson"
INTERVIEW = ("interview", "befragungsdatum", "datum", "date of interview", "dateintr", "date")


@dataclass(frozen=True)
class Setting:
    """One thing that has to be said.

    Parameters
    ----------
    value : what was said, else what is proposed; „“: open
    choices : id → German; None: free text
    help : German, one sentence
    fine : whether the value will do
    """

    id: str
    title: str
    value: str
    choices: Mapping[str, str] | None
    help: str
    fine: bool


def standard(found: Found, taken: Collection[str]) -> dict[str, str]:
    """What can be said of any file from its name."""
    stem = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", found.name)
    title = re.sub(r"[_\s]+", " ", stem).strip() or "Datei"
    proposed = slug(title)
    others = (f"{proposed[:55]}-{number}" for number in itertools.count(2))
    return {"title": title[:160], "id": next(one for one in itertools.chain([proposed], others) if one not in taken)}


def slug(words: str) -> str:
    """„Müll 2025“ → ``muell-2025``."""
    said = words.casefold().translate(UMLAUTS).replace("ß", "ss")
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", said) if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].strip("-") or "datei"


def open_settings(choices: Choices) -> tuple[Setting, ...]:
    """Everything that this kind of file leaves open, in the order in which one thinks of it."""
    return (*_of_the_layout(choices), *_of_places(choices), *_of_the_delivery(choices))


def _of_the_layout(choices: Choices) -> Iterator[Setting]:
    yield _free(choices, "title", "Titel des Profils", "Wie die Datei in der Auswahl heißt.")
    yield _identifier(choices)
    yield _free(choices, "attribution", "Herkunft", "Wer die Zahlen erhoben hat; steht als Quelle unter jeder Zahl.")
    yield _of_list(
        choices, "marking", "Kennzeichnung", MARKINGS, "confidential", "Ob die Datei selbst veröffentlicht ist."
    )
    if choices.kind == "survey":
        yield _of_list(
            choices, "reviewed", "Übrige Spalten durchgesehen", YES_NO, "nein",
            "Ja: Was nicht übernommen wird, hält eine veröffentlichte Datei nicht an; es gibt nur eine Warnung.",
        )  # fmt: skip
        return
    mapped = {one.meaning for one in choices.columns}
    for column in TABLES[choices.kind].columns:
        if column.optional or column.name in mapped or column.name not in SAID_ONCE:
            continue
        if column.name in {target.name for target in columns_of(choices.kind)}:
            yield _constant(choices, column.name, is_day=column.type == "date")


def _identifier(choices: Choices) -> Setting:
    """No other layout has it: what one person may release alone is told by it."""
    said = choices.given.get("id", "")
    taken = said in choices.taken
    help_ = f"„{said}“ gehört schon zu einem anderen Profil." if taken else "Kleinbuchstaben, Ziffern und Bindestriche."
    return Setting("id", "Kennung", said, None, help_, _is_id(said) and not taken)


def _constant(choices: Choices, name: str, *, is_day: bool) -> Setting:
    words = WORDS[name]
    targets = targets_of(choices.kind, name, choices.catalogue)
    value = choices.given.get(name) or _proposed_constant(choices, name)
    if targets:
        return Setting(name, words.title, value, targets, words.meaning, value in targets)
    fine = day_of(value, ISO) is not None if is_day else 0 < len(value) <= LONGEST
    help_ = "Ein Tag wie 2025-12-31." if is_day else words.meaning
    return Setting(name, words.title, value, None, help_, fine)


def _proposed_constant(choices: Choices, name: str) -> str:
    if name == "source":
        return proposed_source(choices)
    if name == "basis":
        return "register"
    register = choices.catalogue.registers.get(choices.given.get("register", ""))
    return register.unit if name == "unit" and register is not None else ""


def _of_places(choices: Choices) -> Iterator[Setting]:
    one = choices.meant(DISTRICT)
    if one is not None and ((words := choices.unresolved(one.heading)) or not choices.all_seen(one)):
        proposed = "not_locatable" if choices.pattern or len(words) > FEW_PLACES else "refuse"
        yield _of_list(
            choices, "elsewhere", "Unbekannte Orte", ELSEWHERE, proposed,
            f"Was Angaben der Spalte „{one.heading}“ bedeuten, die der Katalog nicht kennt.",
        )  # fmt: skip
    if choices.meant(POINT) is not None or choices.meant(X) is not None:
        yield _of_list(
            choices, "reference", "Bezugssystem", REFERENCES, _reference(choices), "Worin die Koordinaten stehen."
        )
        value = choices.given.get("district_property") or _property(choices.catalogue) or "name"
        yield Setting(
            "district_property", "Name in der Grenzdatei", value, None,
            "Eigenschaft der Grenzdatei, die den Bezirk nennt.", fine=True,
        )  # fmt: skip


def _of_the_delivery(choices: Choices) -> Iterator[Setting]:
    if has_period(choices.kind) and choices.meant(PERIOD) is None:
        value = choices.given.get("period", "")
        help_ = "Wofür die Datei gilt: 2025, 2025-Q3 oder Juli 2025."
        yield Setting("period", "Zeitraum der Datei", value, None, help_, period_in(value) is not None)
    if choices.kind != "survey":
        return
    said = _wave_sheet(choices.found)
    identifier = choices.given.get("wave_id") or said.get("kennung") or choices.given.get("id", "")
    yield Setting("wave_id", "Kennung der Welle", identifier, None, "Zum Beispiel sicherheit-2025.", _is_id(identifier))
    title = choices.given.get("wave_title") or said.get("titel") or choices.given.get("title", "")
    yield Setting(
        "wave_title", "Titel der Welle", title, None, "Wie die Befragung gezeigt wird.", 0 < len(title) <= LONGEST
    )
    first, last = _field_days(choices.found)
    begin = choices.given.get("field_start") or said.get(plain("Feldzeit von")) or first
    end = choices.given.get("field_end") or said.get(plain("Feldzeit bis")) or last
    begins, ends = day_in(begin), day_in(end)
    yield Setting("field_start", "Feldzeit von", begin, None, "Ein Tag wie 15.11.2025.", begins is not None)
    fine = ends is not None and (begins is None or begins <= ends)
    yield Setting("field_end", "Feldzeit bis", end, None, "Ein Tag wie 15.11.2025, nicht vor dem ersten.", fine)
    for name, help_ in BESIDE_A_WAVE.items():
        value = choices.given.get(name) or said.get(plain(WAVE_SETTINGS[name])) or ""
        yield Setting(name, WAVE_SETTINGS[name], value, None, f"{help_} Darf offen bleiben.", _fits(name, value))


def _free(choices: Choices, name: str, title: str, help_: str) -> Setting:
    value = choices.given.get(name, "")
    return Setting(name, title, value, None, help_, 0 < len(value) <= LONGEST)


def _of_list(choices: Choices, name: str, title: str, listed: Mapping[str, str], proposed: str, help_: str) -> Setting:
    value = choices.given.get(name) or proposed
    return Setting(name, title, value, listed, help_, value in listed)


def _is_id(words: str) -> bool:
    return IDENTIFIER.fullmatch(words) is not None


def _fits(name: str, value: str) -> bool:
    """Whether the model of a wave takes it; nothing is fine, too."""
    any_wave = {"id": "w", "title": "w", "field_start": date.min, "field_end": date.min}
    try:
        Wave.model_validate({**any_wave, name: value or None})
    except ValidationError:
        return False
    return True


def _wave_sheet(found: Found) -> dict[str, str]:
    return {plain(what): value for what, value in found.sheets_beside.get("welle", ())}


def _field_days(found: Found) -> tuple[str, str]:
    """First and last day of the column that says when people were asked, where there is one."""
    for column in found.columns:
        if column.kind == "date" and column.form and name_likeness(column, INTERVIEW):
            days = [day for word in column.values if (day := day_of(word, column.form))]
            if days:
                return min(days).isoformat(), max(days).isoformat()
    return "", ""


def _reference(choices: Choices) -> str:
    """Told from how large the coordinates are."""
    one = choices.meant(POINT) or choices.meant(X)
    numbers = [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?", next(iter(one.column.values), ""))] if one else []
    if not numbers or abs(numbers[0]) <= 180:
        return "EPSG:4326"
    northing = numbers[1] if len(numbers) > 1 else 0.0
    return "EPSG:3857" if northing > 6_120_000 else "EPSG:25832"


def _property(catalogue: Catalogue) -> str | None:
    """The property of the city's own boundary file whose values are all districts."""
    path = Path(catalogue.folder) / BOUNDARIES
    if not path.is_file():
        return None
    features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
    told = [one.get("properties") or {} for one in features]
    names = told[0] if told else {}
    return next((name for name in names if all(catalogue.find_district(str(one.get(name))) for one in told)), None)
