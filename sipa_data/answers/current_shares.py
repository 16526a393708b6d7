"""Shares of what stands in a register of single things today: projects, and decisions of the steering group.

Both registers are delivered whole and replace what was there, so they say how things stand and not how they stood. A
question about an earlier year is answered for the projects that ran, or the decisions that were due by then, as they
are marked today, and says so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sipa_data.access.scope import Scope
from sipa_data.answers.found import Found, asked_areas, newest_period
from sipa_data.answers.frames import Row
from sipa_data.answers.partners import parts_of
from sipa_data.answers.sentences import subject, without_comparison
from sipa_data.answers.types import Question, Status, Verdict, VerdictCode
from sipa_data.areas import CITY
from sipa_data.catalogue.models import DecisionShareMeasure, Indicator, ProjectShareMeasure
from sipa_data.german import number
from sipa_data.marts import SMALLEST_SHOWN_PERSONS, Mart
from sipa_data.periods import Period

CONFIDENTIAL = "vertraulich"
AS_OF_TODAY = "Gezählt ist nach dem Stand des Registers in diesem Datenstand; frühere Stände sind nicht überliefert."
NO_EARLIER_STATE = "das Register hält nur den heutigen Stand"

Project = Mapping[str, Any]
Pair = tuple[float, float]
"""How many are counted, and of how many."""


def answer_current_share(mart: Mart, scope: Scope, question: Question, indicator: Indicator) -> Found:
    """Share of projects that ran in the period, or of decisions that were due by its end."""
    period = question.period or newest_period(mart)
    areas = asked_areas(mart, question, with_not_locatable=False)
    measure = indicator.measure
    match measure:
        case ProjectShareMeasure():
            projects = [row for row in mart.rows("projects") if _ran_in(row, period) and _works_in(row, measure.field)]
            asked = _Projects(indicator, measure, projects, scope.sees_all_of(None), period)
            rows = tuple(asked.row(area) for area in areas)
        case DecisionShareMeasure():
            rows = tuple(_of_decisions(mart, indicator, area, period) for area in areas)
        case _:
            raise TypeError(f"{indicator.id} is no share of projects or decisions")
    verdicts = tuple(_without(mart, indicator, row.district) for row in rows if row.is_shown)
    notes = (AS_OF_TODAY,) if any(row.is_shown for row in rows) else ()
    return Found(rows, verdicts if question.compare_with == "previous" else (), notes, period)


@dataclass(frozen=True)
class _Projects:
    """One question about the projects that ran in a period."""

    indicator: Indicator
    measure: ProjectShareMeasure
    projects: Sequence[Project]
    sees_everything: bool
    period: Period

    def row(self, area: str) -> Row:
        here = [project for project in self.projects if area == CITY or _reaches(project, area)]
        if not here:
            return self._without(area, Status.not_collected, f"kein Projekt erfasst, das {self.period.german} lief")
        about_places = self.measure.criterion == "places_taken"
        found = _places_taken(here) if about_places else _counted(here, *CRITERIA[self.measure.criterion])
        if found is None:
            return self._without(area, Status.not_collected, "im Projektregister nicht angegeben")
        if about_places and not self.sees_everything and not _all_large(here):
            return self._without(area, Status.suppressed, CONFIDENTIAL)
        part, whole = found
        things = "Plätzen belegt" if about_places else "laufenden Projekten"
        basis = f"{number(part)} von {number(whole)} {things}, {self.period.german}"
        return Row(area, self.period, Status.ok, 100 * part / whole, n=int(whole), basis=basis,
                   reason=self.indicator.no_interval)  # fmt: skip

    def _without(self, area: str, status: Status, reason: str) -> Row:
        return Row.without_value(area, self.period, status, reason)


CRITERIA: Mapping[str, tuple[Callable[[Project], bool], Callable[[Project], bool]]] = {
    "results_checked": (
        lambda project: project["beccaria_6"] is not None,
        lambda project: bool(project["beccaria_6"]),
    ),
    "several_languages": (
        lambda project: project["languages"] is not None,
        lambda project: len(parts_of(project["languages"])) > 1,
    ),
    "listed_programme": (lambda _: True, lambda project: project["evidence_level"] is not None),
}
"""Criterion → whether a project says anything about it, and whether it fulfils it."""


def _counted(
    projects: Sequence[Project], says: Callable[[Project], bool], fulfils: Callable[[Project], bool]
) -> Pair | None:
    """A project that says nothing does not fulfil it; where none says anything, the register does not know."""
    return (sum(map(fulfils, projects)), len(projects)) if any(map(says, projects)) else None


def _places_taken(projects: Sequence[Project]) -> Pair | None:
    told = [project for project in projects if project["participants"] is not None and project["places"]]
    if not told:
        return None
    return sum(project["participants"] for project in told), sum(project["places"] for project in told)


def _all_large(projects: Sequence[Project]) -> bool:
    """Whether no single project has so few participants that a difference of two sums could tell of them."""
    return not any(_has_few(project) for project in projects)


def _has_few(project: Project) -> bool:
    return 0 < (project["participants"] or 0) < SMALLEST_SHOWN_PERSONS


def without_few_participants(projects: list[dict[str, Any]], scope: Scope) -> list[dict[str, Any]]:
    """The projects as a reader may see them: protected ones are not told of one to four participants."""
    if scope.sees_all_of(None):
        return projects
    return [project | {"participants": None} if _has_few(project) else project for project in projects]


def _ran_in(project: Project, period: Period) -> bool:
    """Whether a project ran on any day of the period; without a first day it always has."""
    start, end = project["start_date"], project["end_date"]
    return (start is None or start <= period.end) and (end is None or end >= period.start)


def _works_in(project: Project, field: str | None) -> bool:
    return field is None or field in parts_of(project["fields"])


def _reaches(project: Project, area: str) -> bool:
    """Whether a project works in a district, or in the whole city."""
    return not project["districts"] or area in parts_of(project["districts"])


def _of_decisions(mart: Mart, indicator: Indicator, area: str, period: Period) -> Row:
    if area != CITY:
        reason = "Beschlüsse gelten für die ganze Stadt"
        return Row.without_value(area, period, Status.not_collected, reason)
    due = [row for row in mart.rows("decisions") if isinstance(row["due"], date) and row["due"] <= period.end]
    if not due:
        return Row.without_value(
            area, period, Status.not_collected, f"kein Beschluss, der bis {period.german} fällig war"
        )
    done = sum(row["status"] == "erledigt" for row in due)
    basis = f"{number(done)} von {number(len(due))} Beschlüssen, die bis {period.german} fällig waren"
    return Row(area, period, Status.ok, 100 * done / len(due), n=len(due), basis=basis, reason=indicator.no_interval)


def _without(mart: Mart, indicator: Indicator, area: str) -> Verdict:
    name = "" if area == CITY else mart.catalogue.districts[area].name
    who = subject(indicator, area, name, mart.catalogue.city.district_word)
    code = VerdictCode.no_comparison
    return Verdict(code, area, without_comparison(code, who, NO_EARLIER_STATE), NO_EARLIER_STATE)
