"""The pattern of hidden cells before the last correction, worked out from the lake."""

from sipa_data.catalogue import Catalogue
from sipa_data.lake import Lake, LakeReader
from sipa_data.marts.build import build_mart, pattern_at
from sipa_data.marts.corrections import states_before_corrections
from sipa_data.marts.mart import Mart
from sipa_data.marts.pattern import Pattern
from sipa_data.sql import quoted
from sipa_data.tables import UPLOADS

Former = tuple[tuple[int, ...], Pattern | None]
"""Corrected states, and the pattern that they lead to one after the other."""
NEVER_CORRECTED: Former = ((), None)


def pattern_before(lake: Lake, reader: LakeReader, catalogue: Catalogue, known: Former = NEVER_CORRECTED) -> Former:
    """What was hidden before the last correction that a snapshot knows of; nothing where none was ever corrected.

    Worked out from the lake, one corrected state after the other, so that it is the same in every process and after
    every start. A state that was purged is gone for good, here as well.

    Parameters
    ----------
    known : what was worked out before; states that follow it are added
    """
    history = states_before_corrections(reader.read(f"from {quoted(UPLOADS.name)}").to_pylist())
    readable = {snapshot.id for snapshot in lake.snapshots()} if history else set()
    states = tuple(state for state in history if state in readable and state < reader.snapshot)
    done, pattern = known if states[: len(known[0])] == known[0] else NEVER_CORRECTED
    for state in states[len(done) :]:
        with lake.reader(state) as earlier:
            pattern = pattern_at(earlier, catalogue, pattern)
    return states, pattern


def current_mart(lake: Lake, catalogue: Catalogue) -> tuple[Mart, Former]:
    """The mart of the newest snapshot, and the pattern it was built on."""
    return _mart(lake, catalogue, None)


def mart_at(lake: Lake, catalogue: Catalogue, snapshot: int) -> Mart:
    """The mart of an older snapshot.

    Raises
    ------
    NoSuchSnapshot : it never existed, or was purged
    """
    mart, _ = _mart(lake, catalogue, snapshot)
    return mart


def _mart(lake: Lake, catalogue: Catalogue, snapshot: int | None) -> tuple[Mart, Former]:
    with lake.reader(snapshot) as reader:
        former = pattern_before(lake, reader, catalogue)
        mart = build_mart(reader, catalogue, former[1])
    lake.give_memory_back()
    return mart, former
