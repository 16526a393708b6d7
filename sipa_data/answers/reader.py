"""One reader at one mart: asks, remembers answers, and lists what can be asked."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from sys import getsizeof

from sipa_data.access.scope import Scope
from sipa_data.answers.ask import ask
from sipa_data.answers.current_shares import without_few_participants
from sipa_data.answers.partners import Partners, find_partners
from sipa_data.answers.types import Answer, Question
from sipa_data.catalogue import Catalogue
from sipa_data.marts import Mart
from sipa_data.memory import Memory
from sipa_data.periods import Grain, Period

MOST_BYTES = 64 * 2**20
FRAME_BYTES = 14_000
"""What a frame with our columns takes beside its cells: pandas makes some thirty Python objects for it."""
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

    def periods(self) -> tuple[Period, ...]:
        """The periods a reader can choose from, newest first: years, and shorter steps where no year is whole."""
        sources = self.mart.coverage.sources.values()
        found = {period for source in sources for period in source.answerable(Grain.year)}
        for source in sources:
            if not source.answerable(Grain.year):
                latest = source.latest()
                found |= set(source.answerable(latest.grain)) if latest else set()
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

    def uploads(self) -> list[dict[str, object]]:
        """What this Datenstand is made of, newest first."""
        return self.mart.rows("uploads")
