"""How much a column looks like a meaning: by its name, by what kind of values it holds, by the values themselves."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from sipa_data.catalogue import Catalogue
from sipa_data.intake.column_words import NOWHERE, WORDS
from sipa_data.intake.columns_seen import Column
from sipa_data.intake.readers.headings import plain
from sipa_data.intake.reporting import period_in

LONGEST_HEADING = 160
EXACT, BEGINS, CONTAINS = 1.0, 0.9, 0.7
SAME_QUESTION = 0.75  # share of the words of two questions that they have in common
FEWEST_WORDS = 4  # of a question; „Alter“ is a name
NAMED = 0.6  # a column that is called a district and holds at least one
DAYS = ("date", "timestamp", "month")
FITTING: Mapping[str, tuple[str, ...]] = {
    "integer": ("whole",),
    "number": ("whole", "number"),
    "date": DAYS,
    "timestamp": DAYS,
}
OTHERS = re.compile(r"\b(?:interviewer|previous|this interview|haushalt|household)")  # about somebody else
NUMBER_OF_QUESTION = re.compile(r"^[a-z]{0,3}[-_]?\d+[a-z]?[.:)]? +(?=\w)")


def name_likeness(column: Column, names: Iterable[str]) -> float:
    """How well the heading, or what the file calls the column beside it, says one of these names."""
    return max((_likeness(said, tuple(names)) for said in (column.heading, column.label) if said), default=0.0)


def question_likeness(column: Column, wording: str) -> float:
    """How much of a question stands in the heading, or in what the file calls the column, word by word."""
    asked = _words(wording)
    said = [words for words in map(_words, (column.heading, column.label)) if len(words) >= FEWEST_WORDS]
    share = max((len(words & asked) / len(words | asked) for words in said), default=0.0)
    return share if share >= SAME_QUESTION else 0.0


@lru_cache(maxsize=100_000)
def _words(said: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", NUMBER_OF_QUESTION.sub("", _spaced(said))))


@lru_cache(maxsize=100_000)
def _likeness(said: str, names: tuple[str, ...]) -> float:
    whole = _spaced(said)
    words = NUMBER_OF_QUESTION.sub("", whole)
    if not words or OTHERS.search(words):
        return 0.0
    best = 0.0
    for name in map(_spaced, names):
        if name in (words, whole):
            return EXACT
        if words.startswith(name + " "):
            best = BEGINS
        elif len(name) > 2 and f" {name} " in f" {words} ":
            best = max(best, CONTAINS)
    return best


@lru_cache(maxsize=100_000)
def _spaced(words: str) -> str:
    """``safety_avg`` and ``safetyAvg`` → „safety avg“."""
    apart = re.sub(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])", " ", words)
    return re.sub(r"[\s_]+", " ", plain(apart)).strip(" .:")


def can_be_named(heading: str, headings: Sequence[str]) -> bool:
    """Whether a layout can point at a column by its heading: it says something, once, in reasonable length."""
    said = plain(heading)
    return 0 < len(heading.strip()) <= LONGEST_HEADING and sum(plain(other) == said for other in headings) == 1


def holds(column: Column, kind: str, *, years: bool = False) -> bool:
    """Whether its values can be read as this type of the table."""
    if not column.filled:
        return False
    if kind == "boolean":
        return column.different <= 3
    if kind == "text":
        return column.kind not in ("point", "number", *DAYS)
    if years and column.years:
        return True
    return column.kind in FITTING[kind] and not (kind == "integer" and column.years)


def share_of(column: Column, fits: Callable[[str], object]) -> float:
    """Share of the values, as often as each comes, for which this holds."""
    total = sum(column.values.values())
    return sum(times for word, times in column.values.items() if fits(word)) / total if total else 0.0


def is_period(column: Column) -> bool:
    """Whether every value names a year, a quarter or a month."""
    return bool(column.values) and share_of(column, period_in) == 1.0


def district_of(word: str, column: Column, catalogue: Catalogue, pattern: str | None = None) -> str | None:
    """The district that a word of the column names, itself, through its label, or in front of more."""
    if pattern is not None and (found := re.fullmatch(pattern, word)):
        word = found[1]
    return catalogue.find_district(word) or catalogue.find_district(column.labels.get(word, ""))


def district_pattern(column: Column, catalogue: Catalogue) -> str | None:
    """„Leeds 063A“: a regular expression whose group is the district, where one form covers most values."""
    shapes: dict[str, int] = {}
    for word, times in column.values.items():
        head, _, tail = word.rpartition(" ")
        if head and catalogue.find_district(head) and not catalogue.find_district(word):
            shape = _shape(tail)
            shapes[shape] = shapes.get(shape, 0) + times
    if not shapes:
        return None
    shape = max(shapes, key=lambda one: shapes[one])
    return f"(.+) {shape}"


def _shape(word: str) -> str:
    """``063A`` → three digits and a capital letter, as a regular expression."""
    parts = re.findall(r"\d+|[A-Z]+|[a-z]+|.", word)
    kinds = ((r"\d+", r"\d"), ("[A-Z]+", "[A-Z]"), ("[a-z]+", "[a-z]"))
    said = ""
    for part in parts:
        kind = next((kind for pattern, kind in kinds if re.fullmatch(pattern, part)), None)
        said += re.escape(part) if kind is None else kind + (f"{{{len(part)}}}" if len(part) > 1 else "")
    return said


def district_likeness(column: Column, catalogue: Catalogue) -> float:
    """Numbers alone are districts only where the heading or the labels say so."""
    pattern = district_pattern(column, catalogue)
    nowhere = share_of(column, lambda word: plain(word) in NOWHERE)
    found = share_of(column, lambda word: district_of(word, column, catalogue, pattern))
    share = found / (1 - nowhere) if nowhere < 1 else 0.0
    named = name_likeness(column, (plain(catalogue.city.district_word), *WORDS["district_id"].names))
    if column.kind in ("whole", "number") and not column.labels:
        return share if named and share == 1.0 else 0.0
    return max(share, NAMED) if named and share > 0 else share
