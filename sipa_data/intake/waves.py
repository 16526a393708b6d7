"""Which wave a survey file is: the profile says, or the sheet „Welle“, or the companion „welle“."""

from collections.abc import Iterable

from pydantic import ValidationError

from sipa_data.catalogue.messages import explain
from sipa_data.errors import RefusedDelivery
from sipa_data.intake.case import Case
from sipa_data.intake.cells import cell, distinct
from sipa_data.intake.days import day_in
from sipa_data.intake.delivery import Finding
from sipa_data.intake.profile import SurveyRule, Wave
from sipa_data.intake.readers.headings import closest, plain
from sipa_data.intake.selection import WAVE_COMPANION, WAVE_WORDS

FIELDS = {
    "Kennung": "id",
    "Titel": "title",
    "Feldzeit von": "field_start",
    "Feldzeit bis": "field_end",
    "Eingeladen": "invited",
    "Mindestalter": "min_age",
    "Befragungsart": "mode",
    "Gewichtung": "weighting",
    "Methodenbruch": "method_break",
}


def find_wave(case: Case, rule: SurveyRule) -> tuple[Wave, list[Finding]]:
    """The wave, and whether it is the one that was expected.

    Raises
    ------
    RefusedDelivery : the wave is described nowhere, or wrongly
    """
    wave = rule.wave or case.described or wave_of(_pairs(case), key=case.wave)
    if case.wave is not None and case.wave != wave.id:
        sentence = (
            f"Angegeben ist die Welle „{case.wave}“, die Datei beschreibt aber die Welle „{wave.id}“. Bitte prüfen."
        )
        return wave, [Finding("error", "wave_differs", sentence, found=wave.id, expected=case.wave)]
    return wave, []


def wave_of(said: Iterable[tuple[str, str]], *, key: str | None = None) -> Wave:
    """A wave as somebody describes it: pairs of a word of ``FIELDS`` and what is said to it, „“ where nothing is.

    Parameters
    ----------
    key : the id of the wave, where the pairs do not say it

    Raises
    ------
    RefusedDelivery : something is missing, is no day or number, or is asked nowhere
    """
    known = {plain(word): field for word, field in FIELDS.items()}
    values: dict[str, str] = {}
    for what, value in said:
        field = known.get(plain(what))
        if field is not None and value:
            values[field] = _iso(value) if field.startswith("field_") else value
        elif field is None and what and plain(what) not in map(plain, WAVE_WORDS):
            near = closest(what, FIELDS)
            hint = f" Gemeint ist wohl „{near}“." if near else f" Möglich sind: {', '.join(FIELDS)}."
            raise _wrong(f"Die Beschreibung der Welle enthält die unbekannte Angabe „{what}“.{hint}", what, near)
    if key is not None:
        values.setdefault("id", key)
    try:
        return Wave.model_validate(values)
    except ValidationError as fault:
        raise _explained(fault) from fault


def _explained(fault: ValidationError) -> RefusedDelivery:
    error = fault.errors()[0]
    words = {field: word for word, field in FIELDS.items()}
    place = str(error["loc"][0]) if error["loc"] else ""
    if error["type"] == "value_error":
        return _wrong(f"Die Beschreibung der Welle passt nicht zusammen: {error['ctx']['error']}.", None, None)
    what, fix = explain(error, [])
    return _wrong(
        f"Beschreibung der Welle, Angabe „{words.get(place, place)}“: {what}. {fix}.", str(error["input"]), None
    )


def _pairs(case: Case) -> tuple[tuple[str, str], ...]:
    """What the sheet or the companion says, line by line."""
    if WAVE_COMPANION in case.source.notes:
        return case.source.notes[WAVE_COMPANION]
    table = case.companions.tables.get(WAVE_COMPANION)
    if table is None:
        raise _wrong(
            "Zur Befragung fehlt die Beschreibung der Welle. Bitte in der Tabellendatei ein Blatt „Welle“ mit den "
            f"Spalten Angabe und Wert anlegen oder die Begleitdatei „{WAVE_COMPANION}“ angeben; nötig sind Kennung, "
            "Titel, Feldzeit von und Feldzeit bis.",
            None,
            "Blatt „Welle“",
        )
    found = distinct(table.rows, [cell(table, (word,)) for word in WAVE_WORDS])
    return tuple((pair.values[0] or "", pair.values[1] or "") for pair in found)


def _iso(words: str) -> str:
    """A German date as the model reads it; anything else stays, and the model says what is wrong."""
    day = day_in(words)
    return words if day is None else day.isoformat()


def _wrong(sentence: str, found: str | None, expected: str | None) -> RefusedDelivery:
    return RefusedDelivery(sentence, [Finding("error", "wave", sentence, found=found, expected=expected)])
