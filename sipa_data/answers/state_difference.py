"""Two states of one city's data beside each other: what reads otherwise, for who looks and for the public."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from sipa_data.access.scope import Scope
from sipa_data.answers.reader import Reader
from sipa_data.answers.signals import Signal, find_signals
from sipa_data.answers.state_changes import FOR_EVERYBODY, IndicatorChange, changes_of, depending_on, state_changes
from sipa_data.answers.types import Question
from sipa_data.catalogue.models import ClearanceMeasure, CountMeasure, RateMeasure
from sipa_data.marts import INCIDENT_TABLES, Mart
from sipa_data.periods import Period


@dataclass(frozen=True, repr=False)
class Difference:
    """What a delivery changes.

    ``compared_with`` : the snapshot that the old numbers come from
    ``changes`` : indicators that read otherwise, for whoever looks; twice where the year that is not over yet differs,
        too. ``looked_at`` : how many indicators were asked
    ``public`` : indicators of which the public sees a number that it did not see, or no longer one
    ``periods`` : what a reader can choose and could not before
    ``signals`` : early signals that were not there before; ``silenced`` : those that are there no more
    """

    compared_with: int
    changes: tuple[IndicatorChange, ...]
    public: tuple[IndicatorChange, ...]
    looked_at: int
    periods: tuple[Period, ...]
    signals: tuple[Signal, ...]
    silenced: tuple[Signal, ...]


def difference(
    before: Mart, after: Mart, scope: Scope, tables: Collection[str], done: Callable[[float], None] | None = None
) -> Difference:
    """Compare two states where rows in these tables of the lake can have changed an answer.

    ``done`` : told the share of the questions that are asked, 0 to 1
    """
    asked = depending_on(after.catalogue, tables)
    otherwise = [one for one in asked if not isinstance(after.catalogue.indicator(one).measure, FOR_EVERYBODY)]
    questions = counted(len(asked) + len(otherwise), done)
    unfinished = tuple(_about_unfinished_years(before, after, asked))
    had, has = (_signals(mart, scope, tables) for mart in (before, after))
    changes = state_changes(before, after, scope, questions(asked))
    for_everybody = (one for one in changes if isinstance(one.indicator.measure, FOR_EVERYBODY))
    return Difference(
        before.snapshot.id,
        changes=(*changes, *changes_of(before, after, scope, unfinished)),
        public=(*flips(for_everybody), *public_flips(before, after, questions(otherwise), unfinished)),
        looked_at=len(asked),
        periods=tuple(one for one in Reader(after, scope).periods() if one not in Reader(before, scope).periods()),
        signals=tuple(signal for key, signal in has.items() if key not in had),
        silenced=tuple(signal for key, signal in had.items() if key not in has),
    )


def public_flips(
    before: Mart, after: Mart, indicators: Iterable[str], further: Iterable[Question] = ()
) -> tuple[IndicatorChange, ...]:
    """What the public would see and does not see now, or the other way round: nothing else.

    Asked of every indicator, also of one that reads the same for the office: a number may have to be hidden so that
    another one cannot be worked out of it.
    """
    public = Scope.public()
    return flips((
        *state_changes(before, after, public, indicators, compare_with="none"),
        *changes_of(before, after, public, (question.against("none") for question in further)),
    ))  # fmt: skip


def flips(changes: Iterable[IndicatorChange]) -> tuple[IndicatorChange, ...]:
    """What is shown and was not, or the other way round: nothing else."""
    return tuple(replace(one, cells=(*one.gained, *one.lost)) for one in changes if one.gained or one.lost)


def counted(questions: int, done: Callable[[float], None] | None) -> Callable[[Iterable[str]], Iterator[str]]:
    """Passes indicators on, and says before each which share of all ``questions`` is asked."""
    places = count()

    def passing(indicators: Iterable[str]) -> Iterator[str]:
        for indicator in indicators:
            if done:
                done(next(places) / questions)
            yield indicator

    return passing


def _about_unfinished_years(before: Mart, after: Mart, indicators: Iterable[str]) -> Iterator[Question]:
    """Recorded cases of the year that is not over yet: „neuester Stand“ is a whole year and does not show them."""
    for indicator in indicators:
        measure = after.catalogue.indicator(indicator).measure
        if isinstance(measure, CountMeasure | RateMeasure | ClearanceMeasure):
            found = {_unfinished_year(mart, measure.source) for mart in (before, after)} - {None}
            for period in sorted(filter(None, found)):
                yield Question(indicator, by_district=True, period=period)


def _unfinished_year(mart: Mart, source: str) -> Period | None:
    covered = mart.coverage.of_source(source)
    return covered.part_of_year(max(covered.periods).end.year) if covered.periods else None


def _signals(mart: Mart, scope: Scope, tables: Collection[str]) -> dict[tuple[str, str, Period], Signal]:
    found = find_signals(mart, scope).found if INCIDENT_TABLES & frozenset(tables) else ()
    return {(signal.indicator.id, signal.area, signal.period): signal for signal in found}
