"""Which Datenstände stood before a correction: what they showed is remembered by those who read it.

Most deliveries add a new month or year. They leave the pattern of hidden cells as it was, because it is worked out in
the order of time. A delivery that replaces an older one, or a withdrawal, changes counts that had been published. Then
cells that did not change must keep their status, and the pattern of the state before is needed.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sipa_data.marts.filled import INCIDENT_TABLES
from sipa_data.periods import Period


def states_before_corrections(uploads: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
    """Snapshots whose counts of incidents were changed later, oldest first.

    Parameters
    ----------
    uploads : rows of the history, as the asked snapshot knows them
    """
    earlier: list[tuple[str, Period]] = []
    found: set[int] = set()
    for upload in sorted(uploads, key=lambda row: int(row["snapshot_before"])):
        places = list(_places(upload["slices"]))
        if any(source == other and span.overlaps(known) for source, span in places for other, known in earlier):
            found.add(int(upload["snapshot_before"]))
        if places and upload["status"] == "withdrawn":
            found.add(int(upload["snapshot_before"]) + 1)  # publishing is one snapshot: the state with the upload in it
        earlier += places
    return tuple(sorted(found))


def _places(text: str) -> Iterable[tuple[str, Period]]:
    """Source and span of what an upload filled with incidents."""
    for place in json.loads(text):
        source = dict(place["equals"]).get("source")
        if place["table"] in INCIDENT_TABLES and source is not None and place["start"]:
            yield source, Period(date.fromisoformat(place["start"]), date.fromisoformat(place["end"]))
