"""What the screens of a field show, checked against the indicators and items it names."""

from sipa_data.catalogue.checks import no_repeats
from sipa_data.catalogue.files import Place
from sipa_data.catalogue.messages import meant, quoted
from sipa_data.catalogue.models import CountMeasure, FieldBreakdown, Indicator, MeanMeasure, ShareMeasure
from sipa_data.catalogue.shelves import Shelves

MONTH = "month"
"""Breaks an indicator down by the months of a year; everything else that breaks one down is an item of the survey."""


def check_fields(shelves: Shelves) -> None:
    """Matrix and breakdowns name indicators that there are, and groups that these can be asked by.

    Raises
    ------
    CatalogueError : the first mistake
    """
    for field, place in shelves.fields:
        _matrix(field.matrix, field.id, place, shelves)
        for breakdown in field.breakdown:
            _breakdown(breakdown, place, shelves)


def _matrix(cells: tuple[str, ...], field: str, place: Place, shelves: Shelves) -> None:
    no_repeats(cells, place, "matrix")
    shelves.indicators.require(cells, place, "matrix")
    seen: dict[str, str] = {}
    for cell in cells:
        indicator = shelves.indicators.models[cell]
        if field not in indicator.fields:
            raise place.wrong(
                f"Die Kennzahl „{cell}“ gehört nicht zu diesem Feld",
                f"Bitte „{field}“ dort unter „fields“ ergänzen oder eine andere Kennzahl nennen",
                "matrix",
            )
        if indicator.data_class in seen:
            raise place.wrong(
                f"„{seen[indicator.data_class]}“ und „{cell}“ stehen in derselben Spalte",
                "Bitte je Datenart (incidents, survey, register) nur eine Kennzahl nennen",
                "matrix",
            )
        seen[indicator.data_class] = cell


def _breakdown(breakdown: FieldBreakdown, place: Place, shelves: Shelves) -> None:
    key = "breakdown"
    no_repeats(breakdown.indicators, place, key)
    shelves.indicators.require(breakdown.indicators, place, key)
    members = [shelves.indicators.models[one] for one in breakdown.indicators]
    if not breakdown.by:
        _side_by_side(members, place)
        return
    if len(members) > 1:
        raise place.wrong(
            f"Nach „{breakdown.by[0]}“ lässt sich nur eine Kennzahl gliedern",
            "Bitte eine nennen, oder „by“ weglassen: dann stehen die Kennzahlen nebeneinander",
            key,
        )
    (indicator,) = members
    if breakdown.by == (MONTH,):
        if not isinstance(indicator.measure, CountMeasure) or indicator.measure.pooled_years > 1:
            raise place.wrong(
                f"„{indicator.id}“ ist keine Fallzahl einzelner Jahre",
                "Nach Monaten lassen sich nur Fälle gliedern",
                key,
            )
        return
    _by_items(indicator, breakdown.by, place, shelves)


def _side_by_side(members: list[Indicator], place: Place) -> None:
    units = list(dict.fromkeys(one.unit for one in members))
    if len(members) < 2 or len(units) > 1:
        told = f"Die Einheiten sind verschieden ({', '.join(units)})" if len(units) > 1 else "Es ist nur eine Kennzahl"
        raise place.wrong(told, "Nebeneinander stehen mindestens zwei Kennzahlen gleicher Einheit", "breakdown")


def _by_items(indicator: Indicator, items: tuple[str, ...], place: Place, shelves: Shelves) -> None:
    no_repeats(items, place, "breakdown")
    if not isinstance(indicator.measure, ShareMeasure | MeanMeasure):
        raise place.wrong(
            f"„{indicator.id}“ lässt sich nicht nach Gruppen von Befragten gliedern",
            "Bitte einen Anteil oder Mittelwert aus der Befragung nennen",
            "breakdown",
        )
    groups = [item.id for item, _ in shelves.items if item.is_breakdown]
    for item in items:
        if item not in groups:
            told = f"{quoted(item)} ist kein Gliederungsmerkmal der Befragung"
            raise place.wrong(told, meant(item, groups), "breakdown")
