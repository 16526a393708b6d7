"""Indicators checked against everything they rest on."""

from string import Formatter

from sipa_data.catalogue.checks import no_repeats
from sipa_data.catalogue.files import Place
from sipa_data.catalogue.measure_checks import check_groups_of_persons, check_measure
from sipa_data.catalogue.messages import alternatives, quoted
from sipa_data.catalogue.models import (
    ClearanceMeasure,
    CountMeasure,
    DecisionShareMeasure,
    DifferenceMeasure,
    Indicator,
    MeanMeasure,
    PersonRateMeasure,
    PersonShareMeasure,
    ProjectShareMeasure,
    RateMeasure,
    RegisterMeasure,
    RegisterShareMeasure,
    ShareMeasure,
)
from sipa_data.catalogue.shelves import Shelves
from sipa_data.german import number

DATA_CLASS = {
    "count": "incidents",
    "rate": "incidents",
    "clearance": "incidents",
    "person_rate": "incidents",
    "person_share": "incidents",
    "share": "survey",
    "mean": "survey",
    "difference": "survey",
    "register": "register",
    "register_share": "register",
    "project_share": "register",
    "decision_share": "register",
}
PLACEHOLDERS = ("value", "place", "period")
WITHOUT_INTERVAL = {"clearance", "person_share", "register", "project_share", "decision_share"}
"""A full count and a reported value have no interval, and the reader is told why."""
WITH_SWING = {"count", "rate", "person_rate"}
"""These are compared by how much they usually swing, so the catalogue has to say how much that is."""


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
        check_measure(indicator.measure, place, shelves)
        _instead(indicator, place, shelves)
    check_groups_of_persons(shelves)


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
    has_interval = kind not in WITHOUT_INTERVAL and not (
        isinstance(indicator.measure, RegisterShareMeasure) and not indicator.measure.independent
    )
    if not has_interval and indicator.no_interval is None:
        raise place.wrong(
            "Es fehlt der Grund, warum kein Unsicherheitsbereich gezeigt wird",
            "Bitte in einem Satz ergänzen",
            "no_interval",
        )
    if has_interval and indicator.no_interval is not None:
        raise place.wrong(
            f"Zum Maß „{kind}“ wird immer ein Unsicherheitsbereich gezeigt", "Bitte entfernen", "no_interval"
        )


def _unit(indicator: Indicator, place: Place, shelves: Shelves) -> None:
    match indicator.measure:
        case (
            ShareMeasure()
            | ClearanceMeasure()
            | PersonShareMeasure()
            | RegisterShareMeasure()
            | ProjectShareMeasure()
            | DecisionShareMeasure()
        ) if indicator.unit != "%":
            raise place.wrong(
                f"Das Maß ist ein Anteil, die Einheit ist {quoted(indicator.unit)}", "Bitte „%“ eintragen", "unit"
            )
        case DifferenceMeasure() if indicator.unit != "Punkte":
            raise place.wrong(
                f"Das Maß ist der Abstand zweier Anteile, die Einheit ist {quoted(indicator.unit)}",
                "Bitte „Punkte“ eintragen",
                "unit",
            )
        case MeanMeasure() if indicator.unit == "%":
            raise place.wrong(
                "Das Maß ist ein Mittelwert und kein Anteil", "Bitte „Note“ oder „Punkte“ eintragen", "unit"
            )
        case RateMeasure(per=per) | PersonRateMeasure(per=per) if per > 1 and number(per) not in indicator.unit:
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
        (mine.source, mine.offence_keys, mine.place_kinds, mine.pooled_years)
        == (theirs.source, theirs.offence_keys, theirs.place_kinds, theirs.pooled_years)
    )
    if not same:
        raise place.wrong(
            f"„{other.id}“ zählt nicht dieselben Fälle",
            "Bitte die Anzahl mit gleicher Quelle und gleichen Schlüsseln nennen",
            "instead",
        )
