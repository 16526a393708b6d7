"""Answers about victims and suspects: rates of age groups, and repeat suspects among suspects.

A person counts once per key and area. So nothing is added over keys, districts or periods, the city has a number of
its own, and no district can be held against a rest of the city. What protected readers may not see, and why that is
enough, is said in ``marts.person_pattern``.
"""

from dataclasses import dataclass

from sipa_data.access.scope import Scope
from sipa_data.answers.count_verdicts import CountVerdicts, Judged, Measured
from sipa_data.answers.found import Found, asked_areas, breaks_between, changes_of_basis, nothing_collected
from sipa_data.answers.frames import Row
from sipa_data.answers.incidents import CONFIDENTIAL
from sipa_data.answers.inhabitants import Denominator, Inhabitants
from sipa_data.answers.protection import Protection
from sipa_data.answers.types import Question, Status
from sipa_data.catalogue.models import Indicator, PersonRateMeasure, PersonShareMeasure
from sipa_data.german import count_of, number
from sipa_data.marts import Mart, PersonCounts, PersonSeries, person_series_of
from sipa_data.periods import Grain, Period
from sipa_data.statistics.counts import rate_interval

FEWEST_FOR_SHARE = 20
"""A share of fewer persons jumps with every single one, as a clearance rate does."""
NO_REST = "jede Person zählt in jedem Gebiet einmal, eine übrige Stadt lässt sich daraus nicht bilden"

PersonMeasure = PersonRateMeasure | PersonShareMeasure


@dataclass(frozen=True)
class _Persons:
    """One question about persons, with everything that is needed to fill its rows."""

    indicator: Indicator
    measure: PersonMeasure
    series: tuple[PersonSeries, ...]
    counts: tuple[PersonCounts, ...]  # one per series
    protection: Protection
    inhabitants: Inhabitants | None

    def row(self, area: str, period: Period) -> Row:
        """The number of one area and period, or why there is none."""
        counted = self.counted(area, period)
        if counted is None:
            return Row.without_value(area, period, Status.not_collected, "nicht für diese Altersgruppe geliefert")
        if not self._may_be_shown(counted, area, period):
            return Row.without_value(area, period, Status.suppressed, CONFIDENTIAL)
        return self._rate(counted[0], area, period) if len(counted) == 1 else self._share(counted, area, period)

    def counted(self, area: str, period: Period) -> tuple[int, ...] | None:
        """Persons of each series."""
        found = [counts.of_area(series, area, period) for series, counts in zip(self.series, self.counts, strict=True)]
        known = tuple(one for one in found if one is not None)
        return known if len(known) == len(found) else None

    def _may_be_shown(self, counted: tuple[int, ...], area: str, period: Period) -> bool:
        """Whether the persons may be told, and those who are in the whole but not in the part."""
        if not self.protection.shows(self.series, area, period):
            return False
        return len(counted) == 1 or self.protection.shows_persons(counted[1] - counted[0], area)

    def _rate(self, persons: int, area: str, period: Period) -> Row:
        denominator = self.denominator(area, period)
        if isinstance(denominator, str):
            return Row.without_value(area, period, Status.not_collected, denominator)
        per = self.measure.per if isinstance(self.measure, PersonRateMeasure) else 1
        rate, lower, upper = (float(bound[0]) for bound in rate_interval([persons], [denominator.value], per))
        basis = f"{count_of(persons, 'Person', 'Personen')}; {denominator.basis}"
        return Row(area, period, Status.ok, rate, lower, upper, persons, basis=basis)

    def _share(self, counted: tuple[int, ...], area: str, period: Period) -> Row:
        part, whole = counted
        if whole < FEWEST_FOR_SHARE:
            reason = f"weniger als {FEWEST_FOR_SHARE} Personen"
            return Row.without_value(area, period, Status.unreliable, reason)
        basis = f"{number(part)} von {count_of(whole, 'Person', 'Personen')}"
        return Row(area, period, Status.ok, 100 * part / whole, n=whole, basis=basis,
                   reason=self.indicator.no_interval)  # fmt: skip

    def denominator(self, area: str, period: Period) -> Denominator | str:
        if self.inhabitants is None:
            raise TypeError(f"{self.indicator.id} has no denominator")
        return self.inhabitants.at(area, period)

    def usual_number(self, area: str, step: Period) -> int:
        """Persons that teach the usual swing. What is hidden teaches nothing: it stands as zero and is left out."""
        counted = self.counted(area, step)
        return counted[0] if counted and self._may_be_shown(counted, area, step) else 0

    def measured(self, area: str, period: Period) -> Measured | None:
        """What a comparison needs of one area and period; None where the reader may not have it."""
        row = self.row(area, period)
        if not row.is_shown or row.value is None:
            return None
        if self.inhabitants is None or not isinstance(self.measure, PersonRateMeasure):
            return Measured(row.value, row.n or 0, 1.0, "")
        denominator = self.inhabitants.at(area, period)
        if isinstance(denominator, str):
            return None
        return Measured.rate(row.value, row.n or 0, denominator, self.measure.per)

    def hides(self, area: str, period: Period) -> bool:
        return self.row(area, period).status is Status.suppressed


def answer_persons(mart: Mart, scope: Scope, question: Question, indicator: Indicator) -> Found:
    """Rates or shares of persons in the asked period, else in the newest delivered one before its end."""
    measure = indicator.measure
    if not isinstance(measure, PersonRateMeasure | PersonShareMeasure):
        raise TypeError(f"{indicator.id} counts no persons")
    areas = asked_areas(mart, question, with_not_locatable=False)
    series = person_series_of(measure)
    counts = tuple(counts_of(mart, one) for one in series)
    steps = periods_of(counts, question.period)
    if not steps:
        until = f"bis {question.period.german} liegt dazu keine" if question.period else "dazu liegt noch keine"
        return nothing_collected(mart, question, areas, f"{until} Lieferung vor")
    ages = series[0].age_groups
    inhabitants = Inhabitants.of(mart, ages, measure.sex) if isinstance(measure, PersonRateMeasure) else None
    persons = _Persons(indicator, measure, series, counts, Protection(mart, scope), inhabitants)
    now, shown = steps[-1], steps if question.history else steps[-1:]
    rows = tuple(persons.row(area, step) for step in shown for area in areas)
    judged = Judged(
        persons.measured, steps, {"offence_keys": (measure.offence_key,)}, history=steps,
        count=persons.usual_number,
        hides=persons.hides, no_rest=NO_REST, told_only=isinstance(measure, PersonShareMeasure),
    )  # fmt: skip
    verdicts = CountVerdicts(mart, indicator, judged).all(question, areas, now)
    return Found(rows, verdicts, period=now, breaks=_breaks(mart, persons, areas[0], shown))


def counts_of(mart: Mart, series: PersonSeries) -> PersonCounts:
    source, key, kind = series.origin
    return mart.once(
        ("persons", *series.origin),
        lambda: PersonCounts.of(mart.rows("persons", source=source, offence_key=key, kind=kind)),
    )


def periods_of(counts: tuple[PersonCounts, ...], asked: Period | None) -> tuple[Period, ...]:
    """Delivered periods of one length, oldest first, the one to answer last.

    Persons of months do not add up to those of a year, so only what was delivered can be answered: the asked period,
    else the newest year before its end, else the newest of whatever length there is.
    """
    known = set.intersection(*(set(one.periods()) for one in counts))
    until = sorted(period for period in known if asked is None or period.end <= asked.end)
    years = [period for period in until if period.grain == Grain.year]
    newest = asked if asked in known else max(years or until, default=None, key=lambda period: period.end)
    if newest is None:
        return ()
    alike = [period for period in until if period.grain == newest.grain and period <= newest]
    return tuple(period for period in alike if newest.grain is not Grain.other or period.same_days(newest))


def _breaks(mart: Mart, persons: _Persons, area: str, shown: tuple[Period, ...]) -> tuple[tuple[str, str], ...]:
    if len(shown) < 2:
        return ()
    found = set(breaks_between(mart, shown[0].start, shown[-1].end, offence_keys=(persons.measure.offence_key,)))
    if persons.inhabitants is not None:
        known = {step: persons.inhabitants.at(area, step) for step in shown}
        footings = {step: one.footing for step, one in known.items() if isinstance(one, Denominator)}
        found.update(changes_of_basis(mart, footings))
    return tuple((when.isoformat(), title) for when, title in sorted(found))
