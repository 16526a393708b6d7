"""Entries checked against each other: places, fields, offences, scales, breaks, cuts and targets."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from sipa_data.catalogue.files import Place
from sipa_data.catalogue.messages import quoted
from sipa_data.catalogue.models import Offence
from sipa_data.catalogue.shelves import Model, Shelf, Shelves
from sipa_data.catalogue.spellings import declared, normalised

SMALLEST_TYPE = 3
"""Fewer districts in a type, and a pooled value could be subtracted down to one of them."""
TYPES_MATTER_FROM = 6
"""With fewer districts than twice the smallest type there is nothing to divide."""


def check(shelves: Shelves) -> None:
    """Every reference leads somewhere, nothing is there twice, nothing contradicts itself.

    Raises
    ------
    CatalogueError : the first mistake
    """
    _city(shelves)
    _districts(shelves)
    _neighbours(shelves)
    _spellings(shelves)
    _fields(shelves)
    _offences(shelves)
    _scales(shelves)
    _breaks(shelves)
    _cuts(shelves)
    _targets(shelves)
    _partner_kinds(shelves)


def _once(shelf: Shelf[Model], key: str) -> None:
    """No two entries say the same under this key."""
    first: dict[object, Place] = {}
    for model, place in shelf:
        value = getattr(model, key)
        if value in first:
            line = first[value].line_of(key)
            where = f" (Zeile {line})" if line else ""
            raise place.wrong(f"{quoted(value)} steht schon bei einem anderen Eintrag{where}", "Bitte ändern", key)
        first[value] = place


def _repeated(values: Iterable[str]) -> str | None:
    return next((value for value, times in Counter(values).items() if times > 1), None)


def no_repeats(values: Iterable[str], place: Place, key: str) -> None:
    """A list names each thing once."""
    twice = _repeated(values)
    if twice is not None:
        raise place.wrong(f"{quoted(twice)} steht zweimal in der Liste", "Bitte einmal löschen", key)


def _city(shelves: Shelves) -> None:
    for city, place in shelves.city:
        no_repeats(city.lead_indicators, place, "lead_indicators")
        shelves.indicators.require(city.lead_indicators, place, "lead_indicators")
        axes = {"perception_indicator": city.perception_indicator, "record_indicator": city.record_indicator}
        for key, indicator in axes.items():
            if indicator is None and any(axes.values()):
                raise place.wrong("Nur eine der beiden Achsen ist genannt", "Bitte beide nennen oder keine", key)
            if indicator is not None:
                shelves.indicators.require([indicator], place, key)
        if city.perception_indicator is not None and city.perception_indicator == city.record_indicator:
            raise place.wrong(
                "Beide Achsen zeigen dieselbe Kennzahl", "Bitte zwei verschiedene nennen", "record_indicator"
            )


def _same_length(shelf: Shelf[Model], key: str) -> None:
    """Spreadsheets cut leading zeros: numbers of different length give it away."""
    numbers = {str(getattr(model, key)): place for model, place in shelf if str(getattr(model, key)).isdigit()}
    longest = max(map(len, numbers), default=0)
    for number, place in numbers.items():
        if len(number) < longest:
            raise place.wrong(
                f"„{number}“ hat {len(number)} Stellen, andere haben {longest}; vermutlich fehlt eine führende Null",
                f"Gemeint ist wohl „{number.zfill(longest)}“; die Spalte in der Tabellenkalkulation als Text öffnen",
                key,
            )


def _districts(shelves: Shelves) -> None:
    _same_length(shelves.districts, "id")
    tiles: dict[tuple[int, int], str] = {}
    members: dict[str, list[str]] = defaultdict(list)
    for district, place in shelves.districts:
        shelves.district_types.require([district.type], place, "type")
        members[district.type].append(district.name)
        tile = (district.tile_row, district.tile_column)
        if tile in tiles:
            raise place.wrong(
                f"Auf der Kachel in Reihe {tile[0]}, Spalte {tile[1]} liegt schon {tiles[tile]}",
                "Bitte eine freie Kachel wählen",
                "tile_column",
            )
        tiles[tile] = district.name
    if len(shelves.districts.models) < TYPES_MATTER_FROM:
        return
    for kind, place in shelves.district_types:
        if len(members[kind.id]) < SMALLEST_TYPE:
            raise place.wrong(
                f"Zu diesem Typ gehören {len(members[kind.id])} Gebiete ({', '.join(members[kind.id]) or 'keines'})",
                f"Ein Typ braucht mindestens {SMALLEST_TYPE}, damit sich kein Einzelwert herausrechnen lässt; "
                "bitte die Spalte „type“ in districts.csv ändern",
            )


def _neighbours(shelves: Shelves) -> None:
    districts = shelves.districts
    for district, place in districts:
        districts.require(district.neighbours, place, "neighbours")
        no_repeats(district.neighbours, place, "neighbours")
        if district.id in district.neighbours:
            raise place.wrong(f"{quoted(district.id)} ist sich selbst Nachbar", "Bitte entfernen", "neighbours")
        for neighbour in district.neighbours:
            if district.id not in districts.models[neighbour].neighbours:
                raise place.wrong(
                    f"„{neighbour}“ ist hier Nachbar, nennt aber „{district.id}“ nicht",
                    f"Bitte „{district.id}“ in Zeile {districts.places[neighbour].line} ergänzen oder hier löschen",
                    "neighbours",
                )


def _spellings(shelves: Shelves) -> None:
    owners: dict[str, str] = {}
    for district, place in shelves.districts:
        for form in declared(district):
            owner = owners.setdefault(form, district.id)
            if owner != district.id:
                raise place.wrong(
                    f"Die Schreibweise „{form}“ steht auch für „{shelves.districts.models[owner].name}“",
                    "Bitte bei einem der beiden entfernen",
                    "spellings" if district.spellings else "name",
                )


def _fields(shelves: Shelves) -> None:
    _once(shelves.fields, "number")
    _once(shelves.fields, "title")
    _once(shelves.principles, "number")
    for field, place in shelves.fields:
        shelves.principles.require(field.principles, place, "principles")
        if field.valid_to is not None and field.valid_to < field.valid_from:
            raise place.wrong("Das Ende liegt vor dem Anfang", "Bitte die beiden Daten prüfen", "valid_to")
        if field.lead is not None:
            shelves.indicators.require([field.lead], place, "lead")
            if field.id not in shelves.indicators.models[field.lead].fields:
                raise place.wrong(
                    f"Die Kennzahl „{field.lead}“ gehört nicht zu diesem Feld",
                    f"Bitte „{field.id}“ dort unter „fields“ ergänzen oder eine andere Kennzahl nennen",
                    "lead",
                )


def parts_of(offences: Shelf[Offence], key: str) -> set[str]:
    """Every key that a sum key is known to contain, directly or through others."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        for part in offences.models[waiting.pop()].includes:
            if part not in found and part in offences.models:
                found.add(part)
                waiting.append(part)
    return found


def _offences(shelves: Shelves) -> None:
    offences = shelves.offences
    for offence, place in offences:
        if re.fullmatch(r"\d+([.,]\d+)?[eE][+-]?\d+", offence.key):
            raise place.wrong(
                f"„{offence.key}“ ist kein Schlüssel, sondern eine umgerechnete Zahl",
                "Bitte den Schlüssel als Text eintragen, zum Beispiel ***300",
                "key",
            )
    _same_length(offences, "key")
    for offence, place in offences:
        shelves.offence_groups.require([offence.group], place, "group")
        offences.require(offence.includes, place, "includes")
        no_repeats(offence.includes, place, "includes")
        if offence.includes and offence.kind != "sum":
            raise place.wrong(
                f"Der Schlüssel „{offence.key}“ enthält andere, ist aber keine Summe", "Bitte „sum“ eintragen", "kind"
            )
        if offence.valid_from and offence.valid_to and offence.valid_to < offence.valid_from:
            raise place.wrong(
                f"{offence.valid_to} liegt vor {offence.valid_from}", "Bitte die beiden Jahre prüfen", "valid_to"
            )
    for offence, place in offences:
        if offence.key in parts_of(offences, offence.key):
            raise place.wrong(f"„{offence.key}“ enthält sich selbst", "Bitte den Kreis auflösen", "includes")


def _scales(shelves: Shelves) -> None:
    for scale, place in shelves.scales:
        found = Counter([answer.code for answer in scale.answers] + [missing.code for missing in scale.missing])
        twice = next((code for code, times in found.items() if times > 1), None)
        if twice is not None:
            raise place.wrong(
                f"Der Code „{twice}“ steht zweimal unter den Antworten und fehlenden Angaben",
                "Bitte jeder Antwort einen eigenen Code geben",
                "answers",
            )
    for item, place in shelves.items:
        shelves.scales.require([item.scale], place, "scale")
        codes = {answer.code for answer in shelves.scales.models[item.scale].answers}
        stray = next((code for code in item.group_labels if code not in codes), None)
        if stray is not None:
            raise place.wrong(
                f"Die Skala „{item.scale}“ hat keine Antwort mit dem Code „{stray}“",
                "Bitte einen Code dieser Skala nennen",
                "group_labels",
            )


def _breaks(shelves: Shelves) -> None:
    for entry, place in shelves.breaks:
        if not (entry.offence_keys or entry.items or entry.bases or entry.denominators or entry.registers):
            raise place.wrong(
                "Der Bruch betrifft nichts",
                "Bitte „offence_keys“, „items“, „bases“, „denominators“ oder „registers“ ergänzen",
                "offence_keys",
            )
        shelves.offences.require(entry.offence_keys, place, "offence_keys")
        shelves.items.require(entry.items, place, "items")
        shelves.registers.require(entry.registers, place, "registers")
    for span, place in shelves.unusual_times:
        if span.end < span.start:
            raise place.wrong("Das Ende liegt vor dem Anfang", "Bitte die beiden Daten prüfen", "end")


def _cuts(shelves: Shelves) -> None:
    seen: dict[tuple[str, str], str] = {}
    for cut, place in shelves.cuts:
        first = seen.setdefault((cut.area, cut.period), cut.id)
        if first != cut.id:
            raise place.wrong(f"Gebiet und Zeitschritt sind dieselben wie bei „{first}“", "Bitte ändern", "period")
        for field in ("offence_keys", "without"):
            shelves.offences.require(getattr(cut, field), place, field)
            no_repeats(getattr(cut, field), place, field)


def _targets(shelves: Shelves) -> None:
    seen: set[tuple[object, ...]] = set()
    for target, place in shelves.targets:
        shelves.indicators.require([target.indicator], place, "indicator")
        shelves.districts.require([target.district] if target.district else [], place, "district")
        if target.due < target.decided_on:
            raise place.wrong("Das Ziel ist fällig, bevor es beschlossen wurde", "Bitte die Daten prüfen", "due")
        this = (target.indicator, target.district, target.due)
        if this in seen:
            raise place.wrong("Dieses Ziel steht zweimal in der Datei", "Bitte eines löschen", "due")
        seen.add(this)


def _partner_kinds(shelves: Shelves) -> None:
    owners: dict[str, str] = {}
    for kind, place in shelves.partner_kinds:
        for form in dict.fromkeys(map(normalised, (kind.id, kind.title, *kind.spellings))):
            owner = owners.setdefault(form, kind.id)
            if owner != kind.id:
                raise place.wrong(
                    f"Die Schreibweise „{form}“ steht auch für „{owner}“",
                    "Bitte bei einem der beiden entfernen",
                    "spellings" if kind.spellings else "title",
                )
