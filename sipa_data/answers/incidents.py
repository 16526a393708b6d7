"""Answers from recorded incidents: counts, rates and clearance, with the closed cuts applied."""

from dataclasses import dataclass

from sipa_data.access.scope import Scope
from sipa_data.answers.count_verdicts import CountVerdicts, Judged, Measured
from sipa_data.answers.counted import Counts
from sipa_data.answers.denominators import Denominators
from sipa_data.answers.found import Found, asked_areas, breaks_between, changes_of_basis, nothing_collected
from sipa_data.answers.frames import Row
from sipa_data.answers.inhabitants import Denominator
from sipa_data.answers.pooling import pooled_years, spans_to, summed
from sipa_data.answers.protection import Protection
from sipa_data.answers.types import Question, Status
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue.models import ClearanceMeasure, CountMeasure, Indicator, RateMeasure
from sipa_data.errors import InvalidQuestion
from sipa_data.german import count_of, number
from sipa_data.marts import Mart, series_of
from sipa_data.periods import Grain, Period
from sipa_data.statistics.counts import count_interval, rate_interval

CONFIDENTIAL = "vertraulich"
NO_DISTRICTS = "die Quelle nennt keinen {district}"
FEWEST_FOR_CLEARANCE = 20
"""A clearance rate of fewer cases jumps with every single one (domain: Q, suppress < 20 cases)."""

POOLED_NOTE = (
    "Mittel aus drei Jahren, weil die Fälle selten sind: Wert und Bereich gelten für ein Jahr. "
    "Verglichen wird nur mit drei Jahren, die sich nicht überschneiden."
)

IncidentMeasure = CountMeasure | RateMeasure | ClearanceMeasure


@dataclass(frozen=True)
class _Incidents:
    """One question about incidents, with everything that is needed to fill its rows.

    A period is one delivered step, or the years that are pooled: then every number is that of an average year.
    """

    mart: Mart
    indicator: Indicator
    measure: IncidentMeasure
    counts: Counts
    protection: Protection
    denominators: Denominators | None

    def row(self, area: str, period: Period) -> Row:
        """The number of one area and period, or why there is none."""
        reason = self._missing(area, period)
        if reason:
            return Row.without_value(area, period, Status.not_collected, reason)
        if not all(self.protection.shows(series_of(self.measure), area, step) for step in self.steps(period)):
            return Row.without_value(area, period, Status.suppressed, CONFIDENTIAL)
        match self.measure:
            case CountMeasure():
                return self._count(area, period)
            case RateMeasure():
                return self._rate(area, period)
            case _:
                return self._clearance(area, period)

    def steps(self, period: Period) -> tuple[Period, ...]:
        """The delivered steps behind a number. A sum of three years is shown only where each of them may be."""
        return period.calendar_years() if pooled_years(self.measure) > 1 else (period,)

    def _missing(self, area: str, period: Period) -> str | None:
        """Why there can be no number, for whoever asks."""
        steps = self.steps(period)
        reason = next((why for step in steps if (why := self._not_collected(area, step))), None) or self._torn(steps)
        if reason is None and self.denominators is not None:
            found = self.denominator(area, period)
            return found if isinstance(found, str) else None
        return reason

    def _not_collected(self, area: str, period: Period) -> str | None:
        if area != CITY and not self.mart.coverage.of_source(self.measure.source).names_districts(period):
            return NO_DISTRICTS.format(district=self.mart.catalogue.city.district_word)
        if any(self.counts.of(one, area, period) is None for one in series_of(self.measure)):
            return "in dieser Lieferung nicht angegeben"
        return None

    def _torn(self, steps: tuple[Period, ...]) -> str | None:
        """Years on both sides of a break have no average."""
        if len(steps) == 1:
            return None
        found = breaks_between(self.mart, steps[0].start, steps[-1].end, **_touched(self.measure))
        return f"in diese Jahre fällt ein Bruch der Reihe ({found[0][1]})" if found else None

    def _count(self, area: str, period: Period) -> Row:
        cases, years = self.cases(area, period), len(self.steps(period))
        lower, upper = (float(bound[0]) / years for bound in count_interval([cases]))
        basis = f"alle erfassten Fälle {period.german}" if years == 1 else _pooled_cases(cases, period)
        return Row(area, period, Status.ok, cases / years, lower, upper, cases, basis=basis)

    def _rate(self, area: str, period: Period) -> Row:
        denominator = self.denominator(area, period)
        if isinstance(denominator, str):
            return Row.without_value(area, period, Status.not_collected, denominator)
        cases = self.cases(area, period)
        per = self.measure.per if isinstance(self.measure, RateMeasure) else 1
        rate, lower, upper = (float(bound[0]) for bound in rate_interval([cases], [denominator.value], per))
        pooled = f"{_pooled_cases(cases, period)}; " if len(self.steps(period)) > 1 else ""
        return Row(area, period, Status.ok, rate, lower, upper, cases, basis=f"{pooled}{denominator.basis}")

    def _clearance(self, area: str, period: Period) -> Row:
        cases, counted = (self.counts.of(one, area, period) or 0 for one in series_of(self.measure))
        if cases < FEWEST_FOR_CLEARANCE:
            reason = f"weniger als {FEWEST_FOR_CLEARANCE} Fälle"
            return Row.without_value(area, period, Status.unreliable, reason)
        attempts = isinstance(self.measure, ClearanceMeasure) and self.measure.counted == "attempts"
        basis = (
            f"{number(counted)} von {count_of(cases, 'Fall', 'Fällen')} {'nur versucht' if attempts else 'aufgeklärt'}"
        )
        return Row(area, period, Status.ok, 100 * counted / cases, n=cases, basis=basis,
                   reason=self.indicator.no_interval)  # fmt: skip

    def cases(self, area: str, period: Period) -> int:
        return sum(self.counts.of(series_of(self.measure)[0], area, step) or 0 for step in self.steps(period))

    def denominator(self, area: str, period: Period) -> Denominator | str:
        """What the cases of the period are divided by; for pooled years their sum, told as the mean."""
        if self.denominators is None:
            raise TypeError(f"{self.indicator.id} has no denominator")
        found = [self.denominators.of(area, step) for step in self.steps(period)]
        known = [one for one in found if isinstance(one, Denominator)]
        if len(known) < len(found):
            return next(one for one in found if isinstance(one, str))
        return known[0] if len(known) == 1 else summed(known)

    def measured(self, area: str, period: Period) -> Measured | None:
        """What a comparison needs of one area and period; None where the reader may not have it."""
        row = self.row(area, period)
        if not row.is_shown or row.value is None:
            return None
        if not isinstance(self.measure, RateMeasure):
            return Measured(row.value, row.n or 0, 1.0, "", each=1 / len(self.steps(period)))
        denominator = self.denominator(area, period)
        if isinstance(denominator, str):
            return None
        return Measured.rate(row.value, row.n or 0, denominator, self.measure.per)

    def hides(self, area: str, period: Period) -> bool:
        return self.row(area, period).status is Status.suppressed

    def usual_cases(self, area: str, step: Period) -> int:
        """Cases from which the usual swing is learned. What is hidden teaches nothing: it stands as zero, left out."""
        counted = series_of(self.measure)[:1]
        return (self.counts.of(counted[0], area, step) or 0) if self.protection.shows(counted, area, step) else 0


def answer_incidents(mart: Mart, scope: Scope, question: Question, indicator: Indicator) -> Found:
    """Counts, rates or clearance of the asked period, with earlier periods where the history is asked."""
    measure = indicator.measure
    if not isinstance(measure, CountMeasure | RateMeasure | ClearanceMeasure):
        raise InvalidQuestion(f"„{indicator.title}“ zählt keine Vorfälle.")
    areas = asked_areas(mart, question, with_not_locatable=isinstance(measure, CountMeasure))
    years = _delivered(mart, measure, Grain.year)
    if pooled_years(measure) > 1:
        comparable = spans_to(question.period, years, pooled_years(measure))
        if not comparable:
            return nothing_collected(mart, question, areas, "dafür liegen keine drei vollständigen Jahre vor")
        period, steps = comparable[-1], years
    else:
        found = _asked_period(mart, measure, question)
        if isinstance(found, str):
            return nothing_collected(mart, question, areas, found)
        period = found
        comparable = _comparable(mart, measure, period)
        steps = comparable
    counts = Counts.of_periods(mart, series_of(measure), steps)
    denominators = Denominators(mart, measure) if isinstance(measure, RateMeasure) else None
    incidents = _Incidents(mart, indicator, measure, counts, Protection(mart, scope), denominators)
    shown = comparable if question.history else (period,)
    rows = tuple(incidents.row(area, step) for step in shown for area in areas)
    judged = Judged(
        incidents.measured, comparable, _touched(measure), history=steps,
        count=incidents.usual_cases,
        hides=incidents.hides,
        per=measure.per if isinstance(measure, RateMeasure) else None,
        told_only=isinstance(measure, ClearanceMeasure),
    )  # fmt: skip
    verdicts = CountVerdicts(mart, indicator, judged).all(question, areas, period)
    return Found(rows, verdicts, _notes(incidents, period), period, _breaks(incidents, areas[0], shown))


def _asked_period(mart: Mart, measure: IncidentMeasure, question: Question) -> Period | str:
    """The period to answer, or why none can be."""
    source = mart.coverage.of_source(measure.source)
    period = question.period or source.latest()
    if period is None:
        return "dazu liegt noch keine Lieferung vor"
    if source.covers(period) and _collects(mart, measure, period):
        return period
    so_far = source.part_of_year(period.end.year) if period.grain is Grain.year else None
    return f"für {period.german} liegt keine vollständige Lieferung vor{f', nur {so_far.german}' if so_far else ''}"


def _comparable(mart: Mart, measure: IncidentMeasure, period: Period) -> tuple[Period, ...]:
    """Periods of the same calendar step up to the asked one, oldest first; of any other span, its days in other years.

    So a year that is not over yet is only ever held against the same days of the years before.
    """
    steps = tuple(step for step in _delivered(mart, measure, period.grain) if step <= period)
    if period in steps and period.grain is not Grain.other:
        return steps
    source = mart.coverage.of_source(measure.source)
    first = min((step.start.year for step in source.periods), default=period.end.year)
    same_days = (period.years_earlier(years) for years in range(period.end.year - first, -1, -1))
    return tuple(step for step in same_days if source.covers(step) and _collects(mart, measure, step))


def _touched(measure: IncidentMeasure) -> dict[str, tuple[str, ...]]:
    """What a break in the series may touch."""
    kinds = (measure.denominator,) if isinstance(measure, RateMeasure) else ()
    return {"offence_keys": measure.offence_keys, "denominators": kinds}


def _delivered(mart: Mart, measure: IncidentMeasure, grain: Grain) -> tuple[Period, ...]:
    """Every period of one calendar step that the measure can be answered for, oldest first."""
    steps = mart.coverage.of_source(measure.source).answerable(grain)
    return tuple(step for step in steps if _collects(mart, measure, step))


def _pooled_cases(cases: int, period: Period) -> str:
    years = len(period.calendar_years())
    return f"{count_of(cases, 'Fall', 'Fälle')} in {number(years)} Jahren ({period.german})"


def _breaks(incidents: _Incidents, area: str, shown: tuple[Period, ...]) -> tuple[tuple[str, str], ...]:
    """Changes of law inside the history, and for rates changes of what they are divided by."""
    if len(shown) < 2:
        return ()
    touched = _touched(incidents.measure)
    found = set(breaks_between(incidents.mart, shown[0].start, shown[-1].end, **touched))
    if incidents.denominators is not None:
        known = {step: incidents.denominator(area, step) for step in shown}
        footings = {step: one.footing for step, one in known.items() if isinstance(one, Denominator)}
        found.update(changes_of_basis(incidents.mart, footings))
    return tuple((when.isoformat(), title) for when, title in sorted(found))


def _notes(incidents: _Incidents, period: Period) -> tuple[str, ...]:
    notes = []
    if len(incidents.steps(period)) > 1:
        notes.append(POOLED_NOTE)
    if period.is_part_of_year:
        same_days = "Verglichen wird nur mit denselben Tagen früherer Jahre."
        notes.append(f"{period.german} ist ein Teil eines Jahres. {same_days}")
    located = incidents.row(NOT_LOCATABLE, period) if isinstance(incidents.measure, CountMeasure) else None
    city = incidents.row(CITY, period)
    if located is not None and located.is_shown and located.n and city.is_shown and city.n:
        district = incidents.mart.catalogue.city.district_word
        notes.append(
            f"{number(located.n)} von {count_of(city.n, 'Fall', 'Fällen')} {'ist' if located.n == 1 else 'sind'} "
            f"keinem {district} zugeordnet; in der Gesamtzahl {'ist er' if located.n == 1 else 'sind sie'} enthalten."
        )
    if isinstance(incidents.measure, RateMeasure) and city.status is not Status.suppressed:
        published = incidents.mart.rows(
            "published_rates",
            offence_keys=list(incidents.measure.offence_keys),
            period_start=period.start,
            period_end=period.end,
        )
        notes += [
            f"Veröffentlichte Häufigkeitszahl für {period.german}: {number(float(str(row['rate'])))} "
            f"(Bezugsbasis laut Quelle: {row['basis']}). Sie steht neben unserer Zahl und wird nicht mit ihr vermischt."
            for row in published
        ]
    return tuple(notes)


def _collects(mart: Mart, measure: IncidentMeasure, period: Period) -> bool:
    return mart.coverage.collects(measure.source, measure.offence_keys, period, measure.place_kinds)
