"""Indicators checked against everything they rest on."""

from collections.abc import Iterable
from string import Formatter

from sipa_data.catalogue.checks import no_repeats, parts_of
from sipa_data.catalogue.files import Place
from sipa_data.catalogue.messages import alternatives, meant, quoted
from sipa_data.catalogue.models import (
    AnswerCondition,
    ClearanceMeasure,
    CountMeasure,
    DifferenceMeasure,
    Indicator,
    RateMeasure,
    RegisterMeasure,
    ShareMeasure,
)
from sipa_data.catalogue.shelves import Shelves
from sipa_data.german import number

DATA_CLASS = {
    "count": "incidents",
    "rate": "incidents",
    "clearance": "incidents",
    "share": "survey",
    "difference": "survey",
    "register": "register",
}
PLACEHOLDERS = ("value", "place", "period")
WITHOUT_INTERVAL = {"clearance", "register"}
"""A full count and a reported value have no interval, and the reader is told why."""
WITH_SWING = {"count", "rate"}
"""These are compared by how much they usually swing, so the catalogue has to say how much that is."""

Recorded = CountMeasure | RateMeasure | ClearanceMeasure
Asked = ShareMeasure | DifferenceMeasure


def check_indicators(shelves: Shelves) -> None:
    """Each indicator rests on keys, items and registers that exist, and says what its kind has to say.

    Raises
    ------
    CatalogueError : the first mistake
    """
    titles: dict[str, str] = {}
    for indicator, place in shelves.indicators:
        for key, title in (("title", indicator.title), ("short_title", indicator.short_title)):
            if titles.setdefault(title, indicator.id) != indicator.id:
                raise place.wrong(f"{quoted(title)} heißt schon „{titles[title]}“", "Bitte anders benennen", key)
        no_repeats(indicator.fields, place, "fields")
        shelves.fields.require(indicator.fields, place, "fields")
        _reading_aid(indicator, place)
        _kind(indicator, place)
        _unit(indicator, place, shelves)
        match indicator.measure:
            case CountMeasure() | RateMeasure() | ClearanceMeasure() as recorded:
                _recorded(recorded, place, shelves)
            case ShareMeasure() | DifferenceMeasure() as asked:
                _asked(asked, place, shelves)
            case RegisterMeasure() as register:
                shelves.registers.require([register.register_id], place, "measure.register_id")
        _instead(indicator, place, shelves)


def _reading_aid(indicator: Indicator, place: Place) -> None:
    try:
        names = [name for _, name, _, _ in Formatter().parse(indicator.reading_aid) if name is not None]
    except ValueError as fault:
        raise place.wrong(
            "Eine geschweifte Klammer steht allein", "Bitte paarweise setzen, zum Beispiel {value}", "reading_aid"
        ) from fault
    for name in names:
        if name not in PLACEHOLDERS:
            raise place.wrong(
                f"Den Platzhalter „{{{name}}}“ gibt es nicht",
                f"Möglich ist {alternatives([f'{{{known}}}' for known in PLACEHOLDERS])}",
                "reading_aid",
            )
    if "value" not in names:
        raise place.wrong("Der Platzhalter „{value}“ fehlt", "Bitte im Lesebeispiel ergänzen", "reading_aid")


def _kind(indicator: Indicator, place: Place) -> None:
    kind = indicator.measure.kind
    expected = DATA_CLASS[kind]
    if indicator.data_class != expected:
        raise place.wrong(
            f"„{indicator.data_class}“ passt nicht zum Maß „{kind}“", f"Bitte „{expected}“ eintragen", "data_class"
        )
    if kind in WITH_SWING and indicator.dispersion_prior is None:
        raise place.wrong(
            "Die übliche Jahresschwankung fehlt",
            "Bitte ergänzen, zum Beispiel dispersion_prior = 0.06; sonst gälte fast jede Veränderung als auffällig",
            "dispersion_prior",
        )
    if expected != "incidents" and indicator.dispersion_prior is not None:
        raise place.wrong(f"Zum Maß „{kind}“ gehört keine Jahresschwankung", "Bitte entfernen", "dispersion_prior")
    if kind in WITHOUT_INTERVAL and indicator.no_interval is None:
        raise place.wrong(
            "Es fehlt der Grund, warum kein Unsicherheitsbereich gezeigt wird",
            "Bitte in einem Satz ergänzen",
            "no_interval",
        )
    if kind not in WITHOUT_INTERVAL and indicator.no_interval is not None:
        raise place.wrong(
            f"Zum Maß „{kind}“ wird immer ein Unsicherheitsbereich gezeigt", "Bitte entfernen", "no_interval"
        )


def _unit(indicator: Indicator, place: Place, shelves: Shelves) -> None:
    match indicator.measure:
        case ShareMeasure() | ClearanceMeasure() if indicator.unit != "%":
            raise place.wrong(
                f"Das Maß ist ein Anteil, die Einheit ist {quoted(indicator.unit)}", "Bitte „%“ eintragen", "unit"
            )
        case RateMeasure(per=per) if per > 1 and number(per) not in indicator.unit:
            raise place.wrong(
                f"Gerechnet wird je {number(per)}, gedruckt würde {quoted(indicator.unit)}",
                f"Bitte „je {number(per)}“ eintragen oder „per“ ändern",
                "unit",
            )
        case RegisterMeasure(register_id=register_id):
            register = shelves.registers.models.get(register_id)
            if register is not None and register.unit != indicator.unit:
                raise place.wrong(
                    f"Das Register „{register_id}“ hat die Einheit {quoted(register.unit)}",
                    "Bitte dieselbe Einheit eintragen",
                    "unit",
                )
        case _:
            pass


def _recorded(measure: Recorded, place: Place, shelves: Shelves) -> None:
    where = "measure.offence_keys"
    offences = shelves.offences
    offences.require(measure.offence_keys, place, where)
    no_repeats(measure.offence_keys, place, where)
    if len(measure.offence_keys) == 1:
        return
    for key in measure.offence_keys:
        if offences.models[key].kind == "sum":
            inside = parts_of(offences, key) & set(measure.offence_keys)
            also = f" und enthält {alternatives(sorted(inside), 'und')}" if inside else ""
            raise place.wrong(
                f"Der Summenschlüssel „{key}“ überschneidet sich mit anderen{also}",
                "Bitte allein verwenden oder durch seine Teile ersetzen",
                where,
            )


def _answers(item_id: str, codes: Iterable[str], place: Place, key: str, shelves: Shelves) -> set[str]:
    """Check that codes are answers of an item; give back all its answer codes."""
    shelves.items.require([item_id], place, f"{key.rpartition('.')[0]}.item")
    scale = shelves.scales.models[shelves.items.models[item_id].scale]
    known = [answer.code for answer in scale.answers]
    missing = {code.code: code.label for code in scale.missing}
    no_repeats(codes, place, key)
    for code in codes:
        if code in missing:
            raise place.wrong(
                f"„{code}“ heißt „{missing[code]}“ und ist keine Antwort",
                "Bitte entfernen; solche Angaben zählen nie mit",
                key,
            )
        if code not in known:
            raise place.wrong(f"Den Code „{code}“ gibt es auf der Skala „{scale.id}“ nicht", meant(code, known), key)
    return set(known)


def _asked(measure: Asked, place: Place, shelves: Shelves) -> None:
    known = _answers(measure.item, measure.counted, place, "measure.counted", shelves)
    if known == set(measure.counted):
        raise place.wrong(
            "Alle Antworten sind gezählt, der Anteil wäre immer 100 %", "Bitte nur einen Teil nennen", "measure.counted"
        )
    if isinstance(measure, ShareMeasure):
        for condition in measure.among:
            _answers(condition.item, condition.codes, place, "measure.among.codes", shelves)
        return
    for name, group in (("first", measure.first), ("second", measure.second)):
        _group(name, group, place, shelves)
    if measure.first.item != measure.second.item or set(measure.first.codes) & set(measure.second.codes):
        raise place.wrong(
            "Die beiden Gruppen können sich überschneiden",
            "Bitte dasselbe Merkmal mit verschiedenen Codes nennen",
            "measure.second",
        )


def _group(name: str, group: AnswerCondition, place: Place, shelves: Shelves) -> None:
    _answers(group.item, group.codes, place, f"measure.{name}.codes", shelves)
    if shelves.items.models[group.item].role != "breakdown":
        raise place.wrong(
            f"„{group.item}“ ist kein Merkmal zum Aufgliedern",
            'Bitte dort role = "breakdown" setzen oder ein anderes nennen',
            f"measure.{name}.item",
        )


def _instead(indicator: Indicator, place: Place, shelves: Shelves) -> None:
    if indicator.instead is None:
        return
    shelves.indicators.require([indicator.instead], place, "instead")
    other = shelves.indicators.models[indicator.instead]
    if other.instead is not None or other.id == indicator.id:
        raise place.wrong(
            f"„{other.id}“ verweist selbst weiter", "Bitte eine Kennzahl nennen, die für sich steht", "instead"
        )
    mine, theirs = indicator.measure, other.measure
    if not isinstance(mine, RateMeasure):
        return
    same = isinstance(theirs, CountMeasure) and (
        (mine.source, mine.offence_keys, mine.place_kinds) == (theirs.source, theirs.offence_keys, theirs.place_kinds)
    )
    if not same:
        raise place.wrong(
            f"„{other.id}“ zählt nicht dieselben Fälle",
            "Bitte die Anzahl mit gleicher Quelle und gleichen Schlüsseln nennen",
            "instead",
        )
