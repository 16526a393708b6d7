"""One reader at one mart: asks, remembers answers, and lists what can be asked."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from sys import getsizeof

from sipa_data.access.scope import Scope
from sipa_data.answers.ask import ask
from sipa_data.answers.current_shares import without_few_participants
from sipa_data.answers.effect_types import Effect
from sipa_data.answers.effects import find_effects
from sipa_data.answers.funnels import Funnel, Smoothed, find_funnel, find_smoothed
from sipa_data.answers.partners import Partners, find_partners
from sipa_data.answers.planning import Planned, find_planned
from sipa_data.answers.signals import EarlySignals, MonthBeside, Signal, find_signals, signal_history
from sipa_data.answers.steering import (
    Decision,
    Goal,
    SiteFinding,
    find_decisions,
    find_goals,
    find_site_findings,
)
from sipa_data.answers.survey_waves import FieldWork, field_work
from sipa_data.answers.trends import TrendFound, find_trend
from sipa_data.answers.types import Answer, Question
from sipa_data.catalogue import Catalogue
from sipa_data.marts import Mart
from sipa_data.memory import Memory
from sipa_data.periods import Grain, Period

MOST_BYTES = 64 * 2**20
FRAME_BYTES = 14_000
"""What a frame with our columns takes beside its cells: pandas makes some thirty Python objects for it."""
OF_THE_STAFF = (
    "uploaded_by", "approved_by", "note", "report", "rows_in", "rows_taken", "rows_refused", "rows_skipped",
)  # fmt: skip
"""What of a delivery only those see who see everything: accounts, and counts of rows, for a row may be one case."""
VERDICT_BYTES = 600
"""What a verdict takes beside its two texts."""


class AnswerMemory(Memory[tuple[int, Scope, Question], Answer]):
    """Answers by everything they depend on: snapshot, who asks, what is asked."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        super().__init__(most_bytes, size_of)


def size_of(answer: Answer) -> int:
    """Bytes that are free again when the answer is forgotten."""
    cells = sum(column.nbytes for _, column in answer.observations.items())
    verdicts = sum(VERDICT_BYTES + getsizeof(one.sentence) + getsizeof(one.short) for one in answer.verdicts)
    return FRAME_BYTES + cells + verdicts


def _same(mart: Mart) -> Mart:
    return mart


class Reader:
    """Who asks, and of which Datenstand. Pages hold one per run; it costs nothing to make.

    Parameters
    ----------
    mart : the mart, or how to find it. Whoever may be kept for long, as by a forgotten browser tab, gives the second:
        then the mart of an old Datenstand can go
    memory : answers that were given already, to whomever
    """

    def __init__(self, mart: Mart | Callable[[], Mart], scope: Scope, memory: AnswerMemory | None = None) -> None:
        self._find: Callable[[], Mart] = partial(_same, mart) if isinstance(mart, Mart) else mart
        self._memory = AnswerMemory() if memory is None else memory
        self.scope = scope

    @property
    def mart(self) -> Mart:
        return self._find()

    @property
    def catalogue(self) -> Catalogue:
        return self.mart.catalogue

    def ask(self, question: Question) -> Answer:
        """``ask`` with a memory that is keyed by everything an answer depends on."""
        mart = self.mart
        return self._memory.recall((mart.snapshot.id, self.scope, question), lambda: ask(mart, self.scope, question))

    def ask_what_there_is(self, question: Question) -> Answer:
        """The answer, or that of the indicator named ``instead`` where this one has no value at all."""
        answer = self.ask(question)
        instead = answer.indicator.instead
        if not answer.is_empty or instead is None:
            return answer
        other = self.ask(question.about(instead))
        return answer if other.is_empty else other

    def funnel(self, question: Question) -> Funnel:
        """The districts over their size, with the limits of chance: no league table."""
        return find_funnel(self.mart, self.ask, question)

    def smoothed(self, question: Question) -> Smoothed:
        """The districts drawn towards their common centre. Only to be shown as „geglättet“."""
        return find_smoothed(self.mart, self.ask, question)

    def signals(self, district: str | None = None) -> EarlySignals:
        """What stood out in the latest months, in the city and its districts or in one of them."""
        return find_signals(self.mart, self.scope, district)

    def signal_history(self, signal: Signal) -> tuple[MonthBeside, ...]:
        """The two years that led up to a signal, month by month, beside what was to be expected."""
        return signal_history(self.mart, self.scope, signal)

    def trend(self, question: Question) -> TrendFound | None:
        """The steady yearly change since the last break; None for kinds that have none."""
        return find_trend(self.mart, self.ask, question)

    def waves(self) -> tuple[FieldWork, ...]:
        """How each wave of the survey was done, the newest first."""
        return field_work(self.mart)

    def planned(self, indicator: str, answers: int, share: float) -> Planned:
        """What a wave with so many answers could detect around a share in per cent."""
        return find_planned(self.ask, self.catalogue.indicator(indicator), answers, share)

    def periods(self) -> tuple[Period, ...]:
        """The periods a reader can choose from, newest first: years and the one that is not over yet.

        Of a source without any whole year, its shorter steps.
        """
        sources = self.mart.coverage.sources.values()
        found = {period for source in sources for period in source.answerable(Grain.year)}
        for source in sources:
            if not source.answerable(Grain.year):
                latest = source.latest()
                found |= set(source.answerable(latest.grain)) if latest else set()
            elif newest := source.part_of_year(max(source.periods).end.year):
                found.add(newest)
        found |= {Period.year(row["field_end"].year) for row in self.mart.rows("all_waves")}  # type: ignore[attr-defined]
        return tuple(sorted(found, key=lambda period: (period.end, period.days), reverse=True))

    def projects(self, field_of_action: str | None = None, district: str | None = None) -> list[dict[str, object]]:
        """Registered projects, of one field or one district where asked. Projects are public."""
        rows = without_few_participants(self.mart.rows("projects"), self.scope)
        if field_of_action is not None:
            rows = [row for row in rows if field_of_action in str(row["fields"]).split(";")]
        if district is not None:
            rows = [row for row in rows if not row["districts"] or district in str(row["districts"]).split(";")]
        return rows

    def partners(self, field_of_action: str | None = None, district: str | None = None) -> Partners:
        """Registered partners with the projects that name them, of one field or one district where asked."""
        found = find_partners(self.catalogue, self.mart.rows("partners"), self.mart.rows("projects"))
        chosen = (
            partner
            for partner in found.registered
            if (field_of_action is None or partner.works_in(field_of_action))
            and (district is None or partner.reaches(district))
        )
        return replace(found, registered=tuple(chosen))

    def effects(self, field: str | None = None, district: str | None = None) -> tuple[Effect, ...]:
        """What is known of the projects' effects, of one field or one district where asked."""
        mart, scope = self.mart, self.scope
        key = ("effects", scope.full_detail, scope.own_districts)  # as many as there are councils, not visitors
        found = mart.once(key, lambda: find_effects(mart, scope, self.ask))
        return tuple(
            one
            for one in found
            if (field is None or field in one.fields)
            and (district is None or not one.districts or district in one.districts)
        )

    def goals(self, period: Period | None = None) -> tuple[Goal, ...]:
        """Targets of the steering group beside the values that this reader may see, the earliest due first."""
        return find_goals(self.mart, self.scope, self.ask, period)

    def decisions(self, period: Period | None = None) -> tuple[Decision, ...]:
        """Decisions of the steering group up to the end of a period, the newest first."""
        return find_decisions(self.mart, self.scope, period)

    def site_findings(self, district: str | None = None, period: Period | None = None) -> tuple[SiteFinding, ...]:
        """What was found on walks, of one district where asked, the newest first."""
        return find_site_findings(self.mart, self.scope, district, period)

    def uploads(self) -> list[dict[str, object]]:
        """What this Datenstand is made of, newest first; protected readers learn no accounts and no counts of rows."""
        rows = self.mart.rows("uploads")
        return rows if self.scope.full_detail else [row | dict.fromkeys(OF_THE_STAFF) for row in rows]
