"""One reader at one mart: asks, remembers answers, and lists what can be asked."""

from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from cachetools import LRUCache

from sipa_data.access.scope import Scope
from sipa_data.answers.ask import ask
from sipa_data.answers.types import Answer, Question
from sipa_data.catalogue import Catalogue
from sipa_data.marts import Mart
from sipa_data.periods import Grain, Period

REMEMBERED_ANSWERS = 4096
Memory = LRUCache[tuple[Scope, Question], Answer]
_memories: WeakKeyDictionary[Mart, Memory] = WeakKeyDictionary()  # a memory dies with its mart
_lock = Lock()


@dataclass(frozen=True)
class Reader:
    """Who asks, and of which Datenstand. Pages hold one per run; it costs nothing to make."""

    mart: Mart
    scope: Scope

    @property
    def catalogue(self) -> Catalogue:
        return self.mart.catalogue

    def ask(self, question: Question) -> Answer:
        """``ask`` with a memory that is keyed by everything an answer depends on."""
        key = (self.scope, question)
        with _lock:
            memory = _memories.setdefault(self.mart, LRUCache(REMEMBERED_ANSWERS))
            if (known := memory.get(key)) is not None:
                return known
        answer = ask(self.mart, self.scope, question)
        with _lock:
            memory[key] = answer
        return answer

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
        rows = self.mart.rows("projects")
        if field_of_action is not None:
            rows = [row for row in rows if field_of_action in str(row["fields"]).split(";")]
        if district is not None:
            rows = [row for row in rows if not row["districts"] or district in str(row["districts"]).split(";")]
        return rows

    def uploads(self) -> list[dict[str, object]]:
        """What this Datenstand is made of, newest first."""
        return self.mart.rows("uploads")
