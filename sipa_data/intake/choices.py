"""What has been decided about a file so far: the meaning of every column and of its words, and what is left open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sipa_data.catalogue import Catalogue
from sipa_data.intake.answers import Codes
from sipa_data.intake.column_words import MISSING_WORDS
from sipa_data.intake.column_words import NOWHERE as NOWHERE_WORDS
from sipa_data.intake.column_words import WHOLE_CITY as CITY_WORDS
from sipa_data.intake.columns_seen import Column
from sipa_data.intake.found import Found
from sipa_data.intake.likeness import district_of, district_pattern
from sipa_data.intake.meanings import DISTRICT, IGNORED, ITEM, MISSING, NOWHERE, WHOLE_CITY, targets_of
from sipa_data.intake.readers.headings import plain

OLDEST = 120  # years; who is „75+“ is at most this old
MOSTLY = 0.8  # share of the entries that must be years; the others are ways of giving no answer


@dataclass(frozen=True)
class Proposed:
    """One column and what it is taken for.

    Parameters
    ----------
    meaning : id of a meaning; „“: not taken
    sure : 0 to 1; 1 where a person said so
    why : German, what tells it, in a word
    values : word of the file → what it means; words that explain themselves are not listed
    """

    column: Column
    meaning: str = IGNORED
    sure: float = 0.0
    why: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        return self.column.heading

    @property
    def label(self) -> str:
        return self.column.label


@dataclass(frozen=True)
class Choices:
    """Everything that a layout is made of.

    Parameters
    ----------
    given : settings that the file itself cannot say, by their id
    taken : ids of the layouts that exist; another one of that name would be released by its rules
    """

    found: Found
    catalogue: Catalogue
    kind: str
    columns: tuple[Proposed, ...]
    given: Mapping[str, str]
    taken: frozenset[str] = frozenset()

    def proposed(self, heading: str) -> Proposed:
        """The column under this heading."""
        return next(one for one in self.columns if one.heading == heading)

    def meant(self, meaning: str) -> Proposed | None:
        """The first column that is taken for this."""
        return next((one for one in self.columns if one.meaning == meaning), None)

    @cached_property
    def missing_codes(self) -> dict[str, str]:
        """Codes that are no answers, from the labels and declarations of the columns that are questions."""
        codes: dict[str, str] = {}
        for one in self.columns:
            if one.meaning.startswith(ITEM):
                codes |= missing_of(one.column)
        return codes

    @cached_property
    def pattern(self) -> str | None:
        """How the district stands in its column, where more stands beside it."""
        one = self.meant(DISTRICT)
        return district_pattern(one.column, self.catalogue) if one else None

    def self_explaining(self, heading: str) -> dict[str, str]:
        """Words of a column that need no explanation, and what they mean."""
        one = self.proposed(heading)
        return {word: meant for word in one.column.values if (meant := self._own_meaning(one, word)) is not None}

    def meant_words(self, heading: str) -> dict[str, str]:
        """Every word of a column whose meaning is known: it explains itself, or somebody said so."""
        return self.self_explaining(heading) | dict(self.proposed(heading).values)

    def unresolved(self, heading: str) -> tuple[str, ...]:
        """Words of a column whose meaning nobody knows yet."""
        one = self.proposed(heading)
        if not self.value_targets(one):
            return ()
        known = self.meant_words(heading)
        return tuple(word for word in one.column.values if word not in known)

    def all_seen(self, one: Proposed) -> bool:
        """Whether every word of a column was looked at."""
        return self.found.all_rows and one.column.different <= len(one.column.values)

    def value_targets(self, one: Proposed) -> Mapping[str, str]:
        """What the words of a column may be mapped to."""
        return targets_of(self.kind, one.meaning, self.catalogue)

    def _own_meaning(self, one: Proposed, word: str) -> str | None:
        if one.meaning == DISTRICT:
            return _place(word, one.column, self.catalogue, self.pattern)
        if one.meaning.startswith(ITEM):
            scale = self.catalogue.scales[self.catalogue.items[one.meaning.removeprefix(ITEM)].scale]
            for code, first, last in bands_of(one, self.catalogue) or ():
                if word.isdecimal() and first <= int(word) <= last:
                    return code
            found = Codes(scale, self.missing_codes, one.column.labels).meaning(word)
            return None if found is None else found.answer or f"{MISSING}{found.missing}"
        targets = self.value_targets(one)
        said = {plain(title.removesuffix(f" ({target})")): target for target, title in targets.items()}
        said |= {plain(target): target for target in targets}
        return said.get(plain(word))


def _place(word: str, column: Column, catalogue: Catalogue, pattern: str | None) -> str | None:
    if district := district_of(word, column, catalogue, pattern):
        return district
    said = plain(word)
    if said in NOWHERE_WORDS:
        return NOWHERE
    city = plain(catalogue.city.name)
    names = {city, *CITY_WORDS, *(f"{city} {word}" for word in CITY_WORDS), f"stadt {city}"}
    return WHOLE_CITY if said in names else None


def missing_of(column: Column) -> dict[str, str]:
    """Codes of a column that are no answers: what they or their labels say, else what the file declares."""
    known = {word: kind for kind, words in MISSING_WORDS.items() for word in words}
    codes = dict.fromkeys(column.declared, "no_answer")
    for code, label in (*zip(column.values, column.values, strict=True), *column.labels.items()):
        if kind := known.get(plain(label).replace("’", "'")):
            codes[code] = kind
    return codes


def bands_of(one: Proposed, catalogue: Catalogue) -> tuple[tuple[str, int, int], ...] | None:
    """Exact ages for a question whose answers are age groups: code, first and last year of each group."""
    counted = one.column.values
    years = sum(times for word, times in counted.items() if word.isdecimal())
    if not one.meaning.startswith(ITEM) or years < MOSTLY * sum(counted.values()) or not years:
        return None
    scale = catalogue.scales[catalogue.items[one.meaning.removeprefix(ITEM)].scale]
    codes = [answer.code for answer in scale.answers]
    if any(word in codes for word in counted):
        return None
    bands = []
    for code in codes:
        first, dash, last = code.removesuffix("+").partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()) or not (dash or code.endswith("+")):
            return None
        bands.append((code, int(first), int(last) if dash else OLDEST))
    return tuple(bands)
