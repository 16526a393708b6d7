"""Answers about victims and suspects as if every place were as old as the standard population.

Each age group is counted and divided for itself, so nobody counts twice and old districts can be held against young
ones. A change is judged as that of a count: of as many cases as would be known equally well without weights.
"""

from dataclasses import dataclass

from sipa_data.access.scope import Scope
from sipa_data.answers.count_verdicts import CountVerdicts, Judged, Measured
from sipa_data.answers.found import Found, asked_areas, breaks_between, changes_of_basis, nothing_collected
from sipa_data.answers.frames import Row
from sipa_data.answers.incidents import CONFIDENTIAL
from sipa_data.answers.inhabitants import Denominator, Inhabitants
from sipa_data.answers.persons import NO_REST, counts_of, periods_of
from sipa_data.answers.protection import Protection
from sipa_data.answers.types import Question, Status
from sipa_data.catalogue.models import Indicator, PersonRateMeasure
from sipa_data.german import count_of
from sipa_data.marts import Mart, PersonCounts, PersonSeries, standardised_series_of
from sipa_data.periods import Period
from sipa_data.statistics import FEWEST_FOR_STANDARDISATION, directly_standardised_rate


@dataclass(frozen=True)
class _Standardised:
    """One question about a standardised rate, with everything that is needed to fill its rows."""

    measure: PersonRateMeasure
    standard: dict[PersonSeries, float]
    counts: PersonCounts
    protection: Protection
    inhabitants: dict[PersonSeries, Inhabitants]

    def row(self, area: str, period: Period) -> Row:
        """The rate of one area and period, or why there is none."""
        persons = self.persons(area, period)
        if persons is None:
            reason = "nicht für diese Altersgruppen geliefert"
            return Row.without_value(area, period, Status.not_collected, reason)
        if not self.protection.shows_standardised(persons, area, period):
            return Row.without_value(area, period, Status.suppressed, CONFIDENTIAL)
        living = self.living(area, period)
        if isinstance(living, str):
            return Row.without_value(area, period, Status.not_collected, living)
        total = sum(persons.values())
        if total < FEWEST_FOR_STANDARDISATION:
            reason = f"weniger als {FEWEST_FOR_STANDARDISATION} Personen"
            return Row.without_value(area, period, Status.unreliable, reason)
        people = [living[series].value for series in self.standard]
        rate, lower, upper = (
            float(bound[0])
            for bound in directly_standardised_rate(
                [list(persons.values())], [people], list(self.standard.values()), self.measure.per
            )
        )
        basis = f"{count_of(total, 'Person', 'Personen')}; {self.measure.standard_title}; {_basis(living)}"
        return Row(area, period, Status.ok, rate, lower, upper, total, basis=basis)

    def persons(self, area: str, period: Period) -> dict[PersonSeries, int] | None:
        """Persons of each age group; None where one of them was not delivered."""
        found = {series: self.counts.of_area(series, area, period) for series in self.standard}
        known = {series: count for series, count in found.items() if count is not None}
        return known if len(known) == len(found) else None

    def living(self, area: str, period: Period) -> dict[PersonSeries, Denominator] | str:
        """Inhabitants of each age group, or why one of them is not known."""
        found = {series: self.inhabitants[series].at(area, period) for series in self.standard}
        known = {series: one for series, one in found.items() if isinstance(one, Denominator)}
        return known if len(known) == len(found) else next(one for one in found.values() if isinstance(one, str))

    def measured(self, area: str, period: Period) -> Measured | None:
        """The rate as a count of as many cases as say equally much, divided by as many people."""
        row, persons, living = self.row(area, period), self.persons(area, period), self.living(area, period)
        if not row.is_shown or row.value is None or persons is None or isinstance(living, str):
            return None
        weights = {series: people / living[series].value for series, people in self.standard.items()}
        weighted = sum(weights[series] * count for series, count in persons.items())
        spread = sum(weights[series] ** 2 * count for series, count in persons.items())
        cases = max(round(weighted**2 / spread), 1)
        one = next(iter(living.values()))
        return Measured(row.value, cases, cases * self.measure.per / row.value, one.footing, row.value / cases,
                        one.footing_name)  # fmt: skip

    def hides(self, area: str, period: Period) -> bool:
        return self.row(area, period).status is Status.suppressed

    def total(self, area: str, period: Period) -> int:
        """Persons that teach the usual swing; what is hidden teaches nothing."""
        persons = self.persons(area, period) or {}
        return sum(persons.values()) if self.protection.shows_standardised(persons, area, period) else 0


def answer_standardised(mart: Mart, scope: Scope, question: Question, indicator: Indicator) -> Found:
    """Standardised rates in the asked period, else in the newest delivered one before its end."""
    measure = indicator.measure
    if not isinstance(measure, PersonRateMeasure) or not measure.standard:
        raise TypeError(f"{indicator.id} is not standardised")
    areas = asked_areas(mart, question, with_not_locatable=False)
    standard = standardised_series_of(measure)
    counts = counts_of(mart, next(iter(standard)))
    steps = periods_of((counts,), question.period)
    if not steps:
        until = f"bis {question.period.german} liegt dazu keine" if question.period else "dazu liegt noch keine"
        return nothing_collected(mart, question, areas, f"{until} Lieferung vor")
    inhabitants = {series: Inhabitants.of(mart, series.age_groups, measure.sex) for series in standard}
    rates = _Standardised(measure, standard, counts, Protection(mart, scope), inhabitants)
    now, shown = steps[-1], steps if question.history else steps[-1:]
    rows = tuple(rates.row(area, step) for step in shown for area in areas)
    judged = Judged(
        rates.measured, steps, {"offence_keys": (measure.offence_key,)}, history=steps, count=rates.total,
        hides=rates.hides, no_rest=NO_REST,
    )  # fmt: skip
    verdicts = CountVerdicts(mart, indicator, judged).all(question, areas, now)
    note = f"Altersstandardisiert: {measure.standard_title}. Die Rate vergleicht, sie zählt nicht."
    return Found(rows, verdicts, (note,), now, _breaks(mart, rates, areas[0], shown))


def _basis(living: dict[PersonSeries, Denominator]) -> str:
    """All age groups together, with date and basis: those of the first group, whose ages are taken out."""
    first = next(iter(living.values()))
    named = first.basis.split(" am ", 1)[-1]
    total = sum(one.value for one in living.values())
    return f"{count_of(int(total), 'Einwohner', 'Einwohner')} am {named}"


def _breaks(mart: Mart, rates: _Standardised, area: str, shown: tuple[Period, ...]) -> tuple[tuple[str, str], ...]:
    if len(shown) < 2:
        return ()
    found = set(breaks_between(mart, shown[0].start, shown[-1].end, offence_keys=(rates.measure.offence_key,)))
    known = {step: rates.living(area, step) for step in shown}
    footings = {step: next(iter(one.values())).footing for step, one in known.items() if not isinstance(one, str)}
    found.update(changes_of_basis(mart, footings))
    return tuple((when.isoformat(), title) for when, title in sorted(found))
