"""What was worked out already is remembered, bounded by the bytes it holds and not by how many things it is."""

from collections.abc import Callable, Hashable
from operator import itemgetter
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """Values by key; the least recently used are forgotten first. Threads may share it.

    Two who ask for the same at the same time wait for one piece of work: after a new Datenstand everybody asks at once.

    Parameters
    ----------
    most_bytes : what all values together may hold
    size_of : bytes of one value
    """

    def __init__(self, most_bytes: int, size_of: Callable[[Value], int]) -> None:
        self._values: LRUCache[Key, tuple[Value, int]] = LRUCache(most_bytes, getsizeof=itemgetter(1))
        self._size_of = size_of
        self._turns: dict[Key, Lock] = {}
        self._lock = Lock()

    def recall(self, key: Key, make: Callable[[], Value]) -> Value:
        """The remembered value, or what ``make`` gives. What is larger than the whole memory is not kept."""
        with self._lock:
            if (known := self._values.get(key)) is not None:
                return known[0]
            turn = self._turns.setdefault(key, Lock())
        with turn:
            with self._lock:
                if (known := self._values.get(key)) is not None:
                    return known[0]
            try:
                value = make()
                self._keep(key, value)
            finally:
                with self._lock:
                    self._turns.pop(key, None)
        return value

    def forget(self, is_over: Callable[[Key], bool]) -> None:
        """Drop every value whose key says so."""
        with self._lock:
            for key in [key for key in self._values if is_over(key)]:
                del self._values[key]

    @property
    def bytes_held(self) -> int:
        with self._lock:
            return int(self._values.currsize)

    def __len__(self) -> int:
        with self._lock:
            return len(self._values)

    def _keep(self, key: Key, value: Value) -> None:
        size = self._size_of(value)
        with self._lock:
            if size <= self._values.maxsize:
                self._values[key] = value, size
