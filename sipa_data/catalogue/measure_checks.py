"""Measures checked against the keys, items, registers and fields they name."""

from collections.abc import Iterable
from itertools import combinations

from sipa_data.ages import AgeGroup
from sipa_data.catalogue.checks import no_repeats, parts_of
from sipa_data.catalogue.files import Place
from sipa_data.catalogue.messages import alternatives, meant, quoted
from sipa_data.catalogue.models import (
    AnswerCondition,
    ClearanceMeasure,
    CountMeasure,
    DecisionShareMeasure,
    DifferenceMeasure,
    MeanMeasure,
    Measure,
    PersonRateMeasure,
    PersonShareMeasure,
    ProjectShareMeasure,
    RateMeasure,
    RegisterMeasure,
    RegisterShareMeasure,
    ShareMeasure,
)
from sipa_data.catalogue.shelves import Shelves

Recorded = CountMeasure | RateMeasure | ClearanceMeasure
Persons = PersonRateMeasure | PersonShareMeasure
HELD_IN = {"repeat_suspect": "suspect"}
"""Which kind of persons is part of which other."""


def check_measure(measure: Measure, place: Place, shelves: Shelves) -> None:
    """Whatever a measure names is there, and fits together.

    Raises
    ------
    CatalogueError : the first mistake
    """
    match measure:
        case CountMeasure() | RateMeasure() | ClearanceMeasure():
            _recorded(measure, place, shelves)
        case ShareMeasure():
            _share(measure, place, shelves)
        case MeanMeasure():
            _mean(measure, place, shelves)
        case DifferenceMeasure():
            _difference(measure, place, shelves)
        case RegisterMeasure():
            shelves.registers.require([measure.register_id], place, "measure.register_id")
        case RegisterShareMeasure():
            _register_share(measure, place, shelves)
        case PersonRateMeasure() | PersonShareMeasure():
            _persons(measure, place, shelves)
        case ProjectShareMeasure():
            shelves.fields.require([measure.field] if measure.field else [], place, "measure.field")
        case DecisionShareMeasure():
            pass  # it names nothing


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


def _counted(item: str, counted: tuple[str, ...], place: Place, shelves: Shelves) -> None:
    if _answers(item, counted, place, "measure.counted", shelves) == set(counted):
        raise place.wrong(
            "Alle Antworten sind gezählt, der Anteil wäre immer 100 %", "Bitte nur einen Teil nennen", "measure.counted"
        )


def _share(measure: ShareMeasure, place: Place, shelves: Shelves) -> None:
    _counted(measure.item, measure.counted, place, shelves)
    for condition in measure.among:
        _answers(condition.item, condition.codes, place, "measure.among.codes", shelves)


def _mean(measure: MeanMeasure, place: Place, shelves: Shelves) -> None:
    for code in sorted(_answers(measure.item, (), place, "measure.item", shelves)):
        if not is_number(code):
            raise place.wrong(
                f"Der Code „{code}“ der Frage „{measure.item}“ ist keine Zahl",
                "Ein Mittelwert braucht eine Skala, deren Codes Zahlen sind",
                "measure.item",
            )
    for condition in measure.among:
        _answers(condition.item, condition.codes, place, "measure.among.codes", shelves)


def is_number(code: str) -> bool:
    """Whether a code can be averaged: a whole number."""
    return code.lstrip("-").isdecimal()


def _difference(measure: DifferenceMeasure, place: Place, shelves: Shelves) -> None:
    _counted(measure.item, measure.counted, place, shelves)
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
    if not shelves.items.models[group.item].is_breakdown:
        raise place.wrong(
            f"„{group.item}“ ist kein Merkmal zum Aufgliedern",
            'Bitte dort role = "breakdown" setzen oder ein anderes nennen',
            f"measure.{name}.item",
        )


def _register_share(measure: RegisterShareMeasure, place: Place, shelves: Shelves) -> None:
    registers = shelves.registers
    registers.require([measure.numerator], place, "measure.numerator")
    registers.require([measure.denominator], place, "measure.denominator")
    part, whole = registers.models[measure.numerator], registers.models[measure.denominator]
    if part.id == whole.id:
        raise place.wrong("Zähler und Nenner sind dasselbe Register", "Bitte zwei nennen", "measure.denominator")
    if (part.unit, part.persons) != (whole.unit, whole.persons):
        raise place.wrong(
            f"„{part.id}“ zählt {quoted(part.unit)}, „{whole.id}“ zählt {quoted(whole.unit)}",
            "Ein Anteil braucht dieselbe Einheit, und beide zählen Personen oder keines",
            "measure.denominator",
        )


def _persons(measure: Persons, place: Place, shelves: Shelves) -> None:
    shelves.offences.require([measure.offence_key], place, "measure.offence_key")
    standard = tuple(measure.standard) if isinstance(measure, PersonRateMeasure) else ()
    if isinstance(measure, PersonRateMeasure) and standard:
        _standard(measure, place)
    groups = {text: AgeGroup.read(text) for text in (*measure.age_groups, *standard)}
    for text, group in groups.items():
        if group is None:
            raise place.wrong(f"„{text}“ ist keine Altersgruppe", "Zum Beispiel 14-17 oder 60+", "measure.age_groups")
    for (one, first), (other, second) in combinations(groups.items(), 2):
        if first is not None and second is not None and first.overlaps(second):
            raise place.wrong(
                f"„{one}“ und „{other}“ überschneiden sich",
                "Bitte getrennte Altersgruppen nennen, sonst zählt eine Person zweimal",
                "measure.age_groups",
            )
    if isinstance(measure, PersonRateMeasure) and measure.persons in HELD_IN:
        raise place.wrong(
            f"„{measure.persons}“ sind ein Teil von „{HELD_IN[measure.persons]}“; zusammen mit deren Zahl wären die "
            "übrigen auszurechnen",
            'Bitte als Anteil angeben, kind = "person_share"',
            "measure.persons",
        )
    if isinstance(measure, PersonShareMeasure) and HELD_IN.get(measure.persons) != measure.among:
        raise place.wrong(
            f"„{measure.persons}“ ist kein Teil von „{measure.among}“",
            'Möglich ist persons = "repeat_suspect" unter among = "suspect"',
            "measure.among",
        )


def _standard(measure: PersonRateMeasure, place: Place) -> None:
    if measure.age_groups:
        raise place.wrong(
            "Altersgruppen stehen hier und in der Standardbevölkerung",
            "Bitte „age_groups“ weglassen, es gelten die Gruppen von „standard“",
            "measure.age_groups",
        )
    if len(measure.standard) < 2:
        raise place.wrong(
            "Eine einzige Altersgruppe lässt sich nicht standardisieren", "Bitte mehrere nennen", "measure.standard"
        )
    if measure.standard_title is None:
        raise place.wrong(
            "Es fehlt, wie die Standardbevölkerung heißt", "Bitte „standard_title“ ergänzen", "measure.standard_title"
        )


def check_groups_of_persons(shelves: Shelves) -> None:
    """No two indicators count groups of the same persons that overlap without being the same.

    Else one could be taken from the other, and the rest would be told although nobody published it. Standardised rates
    are left out: protected readers get them only where each age group alone may be told (``answers.standardised``).

    Raises
    ------
    CatalogueError : the first two that overlap
    """
    seen: list[tuple[str, tuple[str, str, str], tuple[AgeGroup, ...], str | None]] = []
    for indicator, place in shelves.indicators:
        measure = indicator.measure
        if not isinstance(measure, PersonRateMeasure | PersonShareMeasure) or getattr(measure, "standard", None):
            continue
        whole = measure.persons if isinstance(measure, PersonRateMeasure) else measure.among
        origin = (measure.source, measure.offence_key, whole)
        ages = tuple(sorted(group for text in measure.age_groups if (group := AgeGroup.read(text)) is not None))
        for other, other_origin, other_ages, other_sex in seen:
            same = (ages, measure.sex) == (other_ages, other_sex)
            if origin == other_origin and not same and _overlap(ages, other_ages) and _both(measure.sex, other_sex):
                raise place.wrong(
                    f"Die Gruppe überschneidet sich mit der von „{other}“; aus beiden Zahlen ließe sich eine dritte "
                    "ausrechnen, die vertraulich sein kann",
                    "Bitte dieselben oder ganz andere Altersgruppen nennen",
                    "measure.age_groups",
                )
        seen.append((indicator.id, origin, ages, measure.sex))


def _overlap(ages: tuple[AgeGroup, ...], others: tuple[AgeGroup, ...]) -> bool:
    """Whether somebody can be in both; no group at all means everybody."""
    return not ages or not others or any(one.overlaps(other) for one in ages for other in others)


def _both(sex: str | None, other: str | None) -> bool:
    return sex is None or other is None or sex == other
