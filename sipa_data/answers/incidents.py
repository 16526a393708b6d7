"""Answers from recorded incidents: counts, rates and clearance, with the closed cuts applied."""

from dataclasses import dataclass

from sipa_data.access.scope import Scope
from sipa_data.answers.counted import Counts
from sipa_data.answers.denominators import Denominator, Denominators
from sipa_data.answers.found import Found, asked_areas, breaks_between, nothing_collected
from sipa_data.answers.frames import Row
from sipa_data.answers.incident_verdicts import IncidentVerdicts, Measured
from sipa_data.answers.protection import Protection
from sipa_data.answers.types import Question, Status
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue.models import ClearanceMeasure, CountMeasure, Indicator, RateMeasure
from sipa_data.errors import InvalidQuestion
from sipa_data.german import count_of, number
from sipa_data.marts import Mart, series_of
from sipa_data.periods import Period
from sipa_data.statistics.counts import count_interval, rate_interval

CONFIDENTIAL = "vertraulich"
NO_DISTRICTS = "die Quelle nennt keinen {district}"
FEWEST_FOR_CLEARANCE = 20
"""A clearance rate of fewer cases jumps with every single one (domain: Q, suppress < 20 cases)."""

IncidentMeasure = CountMeasure | RateMeasure | ClearanceMeasure


@dataclass(frozen=True)
class _Incidents:
    """One question about incidents, with everything that is needed to fill its rows."""

    mart: Mart
    indicator: Indicator
    measure: IncidentMeasure
    counts: Counts
    protection: Protection
    denominators: Denominators | None

    def row(self, area: str, period: Period) -> Row:
        """The number of one area and period, or why there is none."""
        reason = self._not_collected(area, period)
        if reason:
            return Row.without_value(area, period, Status.not_collected, reason)
        if not self.protection.shows(series_of(self.measure), area, period):
            return Row.without_value(area, period, Status.suppressed, CONFIDENTIAL)
        match self.measure:
            case CountMeasure():
                return self._count(area, period)
            case RateMeasure():
                return self._rate(area, period)
            case _:
                return self._clearance(area, period)

    def _not_collected(self, area: str, period: Period) -> str | None:
        if area != CITY and not self.mart.coverage.of_source(self.measure.source).names_districts(period):
            return NO_DISTRICTS.format(district=self.mart.catalogue.city.district_word)
        if any(self.counts.of(one, area, period) is None for one in series_of(self.measure)):
            return "in dieser Lieferung nicht angegeben"
        return None

    def _count(self, area: str, period: Period) -> Row:
        cases = self._cases(area, period)
        lower, upper = count_interval([cases])
        return Row(area, period, Status.ok, float(cases), float(lower[0]), float(upper[0]), cases,
                   basis=self._basis(period))  # fmt: skip

    def _rate(self, area: str, period: Period) -> Row:
        denominator = self.denominator(area, period)
        if isinstance(denominator, str):
            return Row.without_value(area, period, Status.not_collected, denominator)
        cases = self._cases(area, period)
        per = self.measure.per if isinstance(self.measure, RateMeasure) else 1
        rate, lower, upper = (float(bound[0]) for bound in rate_interval([cases], [denominator.value], per))
        return Row(area, period, Status.ok, rate, lower, upper, cases, basis=denominator.basis)

    def _clearance(self, area: str, period: Period) -> Row:
        cases, cleared = (self.counts.of(one, area, period) or 0 for one in series_of(self.measure))
        if cases < FEWEST_FOR_CLEARANCE:
            reason = f"weniger als {FEWEST_FOR_CLEARANCE} Fälle"
            return Row.without_value(area, period, Status.unreliable, reason)
        basis = f"{number(cleared)} von {count_of(cases, 'Fall', 'Fällen')} aufgeklärt"
        return Row(area, period, Status.ok, 100 * cleared / cases, n=cases, basis=basis,
                   reason=self.indicator.no_interval)  # fmt: skip

    def _cases(self, area: str, period: Period) -> int:
        return self.counts.of(series_of(self.measure)[0], area, period) or 0

    def _basis(self, period: Period) -> str:
        return f"alle erfassten Fälle {period.german}"

    def denominator(self, area: str, period: Period) -> Denominator | str:
        if self.denominators is None:
            raise TypeError(f"{self.indicator.id} has no denominator")
        return self.denominators.of(area, period)

    def measured(self, area: str, period: Period) -> Measured | None:
        """What a comparison needs of one area and period; None where the reader may not have it."""
        row = self.row(area, period)
        if not row.is_shown or row.value is None:
            return None
        exposure, footing = 1.0, ""
        if isinstance(self.measure, RateMeasure):
            denominator = self.denominator(area, period)
            if isinstance(denominator, str):
                return None
            exposure, footing = denominator.value, denominator.footing
        return Measured(row.value, row.n or 0, exposure, footing)


def answer_incidents(mart: Mart, scope: Scope, question: Question, indicator: Indicator) -> Found:
    """Counts, rates or clearance of the asked period, with earlier periods where the history is asked."""
    measure = indicator.measure
    if not isinstance(measure, CountMeasure | RateMeasure | ClearanceMeasure):
        raise InvalidQuestion(f"„{indicator.title}“ zählt keine Vorfälle.")
    areas = asked_areas(mart, question, with_not_locatable=isinstance(measure, CountMeasure))
    source = mart.coverage.of_source(measure.source)
    period = question.period or source.latest()
    if period is None:
        return nothing_collected(mart, question, areas, "dazu liegt noch keine Lieferung vor")
    if not source.covers(period) or not mart.coverage.collects(measure.source, measure.offence_keys, period):
        return nothing_collected(mart, question, areas, f"für {period.german} liegt keine vollständige Lieferung vor")
    comparable = tuple(
        step
        for step in source.answerable(period.grain)
        if step <= period and mart.coverage.collects(measure.source, measure.offence_keys, step)
    )
    counts = Counts.of_periods(mart, series_of(measure), comparable)
    denominators = Denominators(mart, measure) if isinstance(measure, RateMeasure) else None
    incidents = _Incidents(mart, indicator, measure, counts, Protection(mart, scope), denominators)
    shown = comparable if question.history else (period,)
    rows = tuple(incidents.row(area, step) for step in shown for area in areas)
    judge = IncidentVerdicts(mart, indicator, incidents.measured, comparable, counts)
    verdicts = judge.all(question, areas, period)
    return Found(rows, verdicts, _notes(incidents, period), period, _breaks(mart, measure, shown))


def _breaks(mart: Mart, measure: IncidentMeasure, shown: tuple[Period, ...]) -> tuple[tuple[str, str], ...]:
    if len(shown) < 2:
        return ()
    found = breaks_between(mart, shown[0].start, shown[-1].end, offence_keys=measure.offence_keys)
    return tuple((when.isoformat(), title) for when, title in found)


def _notes(incidents: _Incidents, period: Period) -> tuple[str, ...]:
    notes = []
    located = incidents.row(NOT_LOCATABLE, period) if isinstance(incidents.measure, CountMeasure) else None
    city = incidents.row(CITY, period)
    if located is not None and located.is_shown and located.n and city.is_shown and city.n:
        district = incidents.mart.catalogue.city.district_word
        notes.append(
            f"{number(located.n)} von {count_of(city.n, 'Fall', 'Fällen')} {'ist' if located.n == 1 else 'sind'} "
            f"keinem {district} zugeordnet; in der Gesamtzahl {'ist er' if located.n == 1 else 'sind sie'} enthalten."
        )
    if isinstance(incidents.measure, RateMeasure):
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
