"""How a question was asked and who answered, and what a next wave could detect, in German words."""

from collections.abc import Iterable

import pandas as pd

from sipa_data import german
from sipa_data.answers.planning import WORTH_FINDING, Planned, PlannedPlace
from sipa_data.answers.survey_waves import FieldWork
from sipa_data.areas import CITY
from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.models import DifferenceMeasure, Indicator, MeanMeasure, ShareMeasure
from sipa_data.figures.when import period_text
from sipa_data.figures.words import NOTHING, dative_plural

PER_CENT = f"{german.THIN_SPACE}%"


def asked_how(catalogue: Catalogue, indicator: Indicator) -> str:
    """„Wie sicher …?“ Gezählt werden „eher unsicher“ und „sehr unsicher“. Empty where it is no question."""
    measure = indicator.measure
    if not isinstance(measure, ShareMeasure | MeanMeasure | DifferenceMeasure):
        return ""
    item = catalogue.items[measure.item]
    told = [f"„{item.wording}“"]
    if not isinstance(measure, MeanMeasure):
        labels = {answer.code: answer.label for answer in catalogue.scales[item.scale].answers}
        counted = [f"„{labels[code]}“" for code in measure.counted if code in labels]
        told.append(f"Gezählt {'wird' if len(counted) == 1 else 'werden'} {german.listing(counted)}.")
    if not isinstance(measure, DifferenceMeasure) and measure.among:
        titles = [catalogue.items[condition.item].title for condition in measure.among]
        told.append(f"Ausgewertet wird nur ein Teil der Befragten, je nach: {german.listing(titles)}.")
    return " ".join(told)


def answered_how_many(wave: FieldWork) -> str:
    """„7.599 von 40.000 Eingeladenen (19 %) haben geantwortet“; less where less is known."""
    if wave.responded is None:
        return f"{wave.title}, {period_text(wave.period)}"
    return f"{wave.title}: {_answers(wave)}{' haben geantwortet' if wave.invited else ' Antworten'}"


def waves_table(waves: Iterable[FieldWork]) -> pd.DataFrame:
    """One row per wave: when, how, how many, weighted by what."""
    return pd.DataFrame(
        [
            {
                "Befragung": wave.title,
                "Feldzeit": wave.period.german,
                "Antworten": _answers(wave),
                "Weg": wave.mode or NOTHING,
                "Gewichtet nach": wave.weighting or NOTHING,
            }
            for wave in waves
        ],
        dtype="string",
    )


def _answers(wave: FieldWork) -> str:
    """„7.599 von 40.000 Eingeladenen (19 %)“"""
    if wave.responded is None:
        return NOTHING
    if wave.response_rate is None or wave.invited is None:
        return german.number(wave.responded)
    rate = german.with_unit(wave.response_rate, "%", 0)
    return f"{german.number(wave.responded)} von {german.number(wave.invited)} Eingeladenen ({rate})"


def planned_told(planned: Planned) -> str:
    """The answer in a sentence: in the city from how many points on, in its districts from how many to how many."""
    city = next((place for place in planned.places if place.area == CITY), None)
    if city is None:
        return "Für diese Frage gibt es noch keine Befragung, an der sich eine Planung messen ließe."
    districts = [place for place in planned.places if place.area != CITY]
    name = planned.answer.place_name(CITY)
    told = (
        f"Mit {german.count_of(planned.answers, 'gültigen Antwort', 'gültigen Antworten')} in {name} und einem Anteil "
        f"um {german.with_unit(planned.share, '%', 0)} wäre in der ganzen Stadt eine Veränderung ab etwa "
        f"{_points(city.points)} erkennbar"
    )
    if not districts:
        return f"{told}."
    ends = sorted(districts, key=lambda place: place.points)
    first, last = ends[0], ends[-1]
    word = planned.answer.city.district_word
    return (
        f"{told}, in einem {word} ab {german.number(first.points, 1)} ({planned.answer.place_name(first.area)}) bis "
        f"{_points(last.points)} ({planned.answer.place_name(last.area)}). Kleinere werden nur "
        "manchmal gefunden."
    )


def planned_table(planned: Planned) -> pd.DataFrame:
    """One row per place."""
    answer = planned.answer
    needed = f"Nötig für {german.with_unit(WORTH_FINDING, 'Punkte')}"
    rows = [_planned_row(answer.place_name(place.area), place, needed) for place in planned.places]
    rows += [
        {"Gebiet": answer.place_name(area)} | dict.fromkeys(("Zuletzt", "Geplant", "Erkennbar ab", needed), NOTHING)
        for area in planned.left_out
    ]
    return pd.DataFrame(rows, dtype="string")


def planned_note(planned: Planned) -> str:
    """What the sentence rests on."""
    left = f" Ohne Angabe: {german.number(len(planned.left_out))} mit zu wenigen Antworten." if planned.left_out else ""
    return (
        "Erkennbar heißt: mit 80"
        f"{PER_CENT} Wahrscheinlichkeit gefunden, wenn es sie gibt. Gerechnet gegen die letzte Befragung, mit deren "
        f"Verteilung auf die {planned.answer.city.districts_word} und deren Verlust durch Gewichte. „Nötig“: so viele "
        f"gültige Antworten in jeder von zwei Befragungen.{left}"
    )


def city_instead_told(catalogue: Catalogue) -> str:
    """Why groups of the whole city stand where those of a district were asked for."""
    districts = dative_plural(catalogue.city.districts_word)
    return (
        f"Gezeigt wird die ganze Stadt: In einzelnen {districts} ließen sich aus kleinen Gruppen die Antworten "
        "Einzelner erschließen."
    )


def _planned_row(name: str, place: PlannedPlace, needed: str) -> dict[str, str]:
    return {
        "Gebiet": name,
        "Zuletzt": german.number(place.answered),
        "Geplant": german.number(place.planned),
        "Erkennbar ab": _points(place.points),
        needed: german.number(place.needed),
    }


def _points(points: float) -> str:
    return german.with_unit(points, "Punkten" if german.number(points, 1) != german.number(1, 1) else "Punkt", 1)
