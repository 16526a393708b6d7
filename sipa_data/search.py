"""Search as German readers type: without regard to case, umlauts and hyphens, by parts of words."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from sipa_data.answers import Reader

MOST_FOUND = 12
LONGEST_QUERY = 100
SAME_SOUND = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ß", "ss"))
"""Whoever has no umlauts writes „ae“, and whoever is in a hurry „a“; both find „ä“."""


class Kind(IntEnum):
    """What can be found, in the order in which equals are named."""

    indicator = 1
    district = 2
    field = 3
    project = 4
    partner = 5
    word = 6


@dataclass(frozen=True)
class Entry:
    """Something that can be found.

    ``key`` : its id; of a project the field of action it is told under, None where it has none
    ``names`` : how else it is called; they count as much as the title
    ``about`` : what else is said of it
    """

    kind: Kind
    key: str | None
    title: str
    names: tuple[str, ...] = ()
    about: str = ""


def find(query: str, entries: Iterable[Entry], most: int = MOST_FOUND) -> tuple[Entry, ...]:
    """What every word of the query is part of, best first.

    Titles that begin as the query come first, then words of titles that do, then titles that hold it inside, then what
    is only described so. Equals keep the order of their kinds.
    """
    asked = folded(query[:LONGEST_QUERY]).split()
    if not asked:
        return ()
    ranked = [(rank, entry.kind, place, entry) for place, entry in enumerate(entries) if (rank := _rank(asked, entry))]
    return tuple(entry for *_, entry in sorted(ranked, key=lambda one: one[:3])[:most])


def entries_of(reader: Reader, glossary: Sequence[tuple[str, str]]) -> tuple[Entry, ...]:
    """All that this reader can be shown, the words of the glossary with it."""
    catalogue = reader.catalogue
    return (
        *(
            Entry(Kind.indicator, one.id, one.title, (one.short_title,), one.definition)
            for one in catalogue.indicators.values()
        ),
        *(
            Entry(Kind.district, one.id, one.name, (one.id, *one.spellings), one.zone)
            for one in catalogue.districts.values()
        ),
        *(Entry(Kind.field, one.id, one.title, (), one.question) for one in catalogue.fields.values()),
        *(
            Entry(
                Kind.project,
                next((field for field in str(row["fields"] or "").split(";") if field in catalogue.fields), None),
                str(row["title"]),
                (),
                f"{row['target_group'] or ''} {row['partners'] or ''}",
            )
            for row in reader.projects()
        ),
        *(Entry(Kind.partner, one.id, one.title, (), one.tasks or "") for one in reader.partners().registered),
        *(Entry(Kind.word, None, term, (), meaning) for term, meaning in glossary),
    )


def folded(text: str) -> str:
    """Words in small plain letters: „Bad-Cannstatt“ → „bad cannstatt“, „Mühlhausen“ and „Muehlhausen“ alike."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for written, meant in SAME_SOUND:
        letters = letters.replace(written, meant)
    return " ".join(re.findall(r"[0-9a-z]+", letters))


def _rank(asked: Sequence[str], entry: Entry) -> int:
    """The smaller, the better; 0 where it was not meant."""
    names = [folded(name) for name in (entry.title, *entry.names)]
    whole = " ".join(asked)
    if any(name.startswith(whole) for name in names):
        return 1
    if any(all(f" {word}" in f" {name}" for word in asked) for name in names):
        return 2
    if any(all(word in name for word in asked) for name in names):
        return 3
    said = f"{' '.join(names)} {folded(entry.about)}"
    return 4 if all(word in said for word in asked) else 0
