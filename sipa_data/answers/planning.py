"""What could the next wave detect? Before a survey is commissioned or a target agreed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sipa_data.answers.types import Answer, Question, Status
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator, ShareMeasure
from sipa_data.errors import InvalidQuestion
from sipa_data.statistics.proportions import detectable_difference, size_that_detects

WORTH_FINDING = 5.0
"""Percentage points that a district should be able to see; smaller changes rarely decide anything."""


@dataclass(frozen=True)
class PlannedPlace:
    """One place. ``answered`` : valid answers of the wave before; ``planned`` : of the next one, in the same proportion

    ``points`` : the smallest change that would be found with 80 % probability, in percentage points
    ``needed`` : valid answers in each of two waves that would find ``WORTH_FINDING`` points
    """

    area: str
    answered: int
    planned: int
    points: float
    needed: int


@dataclass(frozen=True)
class Planned:
    """``places`` : the city first, then the districts of which the wave before had enough answers

    ``share`` : the level around which the change lies, in per cent; ``left_out`` : districts without enough answers
    """

    answer: Answer
    answers: int
    share: float
    places: tuple[PlannedPlace, ...]
    left_out: tuple[str, ...]


def find_planned(ask: Callable[[Question], Answer], indicator: Indicator, answers: int, share: float) -> Planned:
    """What a wave with so many valid answers in the city could detect beside the latest one.

    Parameters
    ----------
    indicator : a share of people, asked before
    answers : planned valid answers in the whole city, at least 1; they fall on the districts as in the wave before
    share : the level around which the change lies, in per cent, above 0 and below 100

    Weights cost as much precision as they did in the wave before: its design effect is kept, place by place.

    Raises
    ------
    InvalidQuestion : no share of people, or numbers outside their limits
    """
    if not isinstance(indicator.measure, ShareMeasure):
        raise InvalidQuestion(f"„{indicator.title}“ ist kein Anteil an den Befragten.")
    if answers < 1 or not 0 < share < 100:
        raise InvalidQuestion("Geplant wird mit mindestens einer Antwort und einem Anteil zwischen 0 und 100 %.")
    answer = ask(Question(indicator.id, by_district=True, compare_with="none"))
    rows = answer.observations[answer.observations["breakdown"].isna()]
    shown = rows[rows["status"].isin([Status.ok, Status.limited])]
    everywhere = shown.loc[shown["district"] == CITY, "n"]
    left_out = tuple(str(area) for area in rows["district"] if area not in set(shown["district"]))
    if everywhere.empty:
        return Planned(answer, answers, share, (), left_out)
    before = shown["n"].to_numpy(dtype=np.float64)
    effective = shown["n_effective"].to_numpy(dtype=np.float64)
    design = before / effective
    planned = np.maximum(np.round(answers * before / float(everywhere.iloc[0])), 1.0)
    points = 100 * detectable_difference(share / 100, effective, planned / design)
    needed = np.ceil(size_that_detects(share / 100, WORTH_FINDING / 100) * design)
    places = tuple(
        PlannedPlace(str(area), int(n), int(size), float(found), int(enough))
        for area, n, size, found, enough in zip(shown["district"], before, planned, points, needed, strict=True)
    )
    return Planned(answer, answers, share, places, left_out)
