"""From a first look to a proposal: what kind of file it is and what every column means."""

from collections.abc import Mapping, Sequence

from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.measures import (
    ClearanceMeasure,
    CountMeasure,
    PersonRateMeasure,
    PersonShareMeasure,
    RateMeasure,
)
from sipa_data.intake.answers import Codes
from sipa_data.intake.choices import Choices, Proposed, bands_of, missing_of
from sipa_data.intake.column_words import AGE, KINDS, SEX, Words
from sipa_data.intake.columns_seen import Column
from sipa_data.intake.found import Found
from sipa_data.intake.likeness import (
    BEGINS,
    can_be_named,
    district_likeness,
    holds,
    is_period,
    name_likeness,
    question_likeness,
    share_of,
)
from sipa_data.intake.meanings import (
    DISTRICT,
    GATHERABLE,
    IGNORED,
    ITEM,
    MEAN_WEIGHT,
    PERIOD,
    POINT,
    X,
    Y,
    columns_of,
    has_period,
    words_of,
)
from sipa_data.tables import TABLES

LIKELY = 0.5
FEW_ANSWERS = 25  # different ones; more belong to no scale
WITHOUT_ANY_SIGN = "incident_counts"
CONSTANT_COSTS = 0.12  # a kind for which more has to be said beside the file is less likely
WHY_NAME, WHY_VALUES, WHY_WORDING = "Überschrift", "Werte", "Wortlaut"


def proposed_kind(found: Found, catalogue: Catalogue) -> str:
    """The kind of file that needs least said beside it and explains most of it."""
    places = _places(found, catalogue)
    fits = {kind: _fit(kind, _columns(found, catalogue, kind, places)) for kind in KINDS}
    best = max(fits, key=lambda kind: fits[kind])
    return best if fits[best] else WITHOUT_ANY_SIGN


def proposed_columns(found: Found, catalogue: Catalogue, kind: str) -> tuple[Proposed, ...]:
    """Every column with its likeliest meaning; each meaning goes to the column it fits best."""
    return _columns(found, catalogue, kind, _places(found, catalogue))


def _places(found: Found, catalogue: Catalogue) -> list[float]:
    """How much each column looks like districts; the same whatever kind of file it is."""
    return [district_likeness(column, catalogue) for column in found.columns]


def _columns(found: Found, catalogue: Catalogue, kind: str, places: Sequence[float]) -> tuple[Proposed, ...]:
    words, headings = words_of(kind, catalogue), found.headings
    scored = [
        (score, -place, meaning)
        for place, column in enumerate(found.columns)
        if column.filled and can_be_named(column.heading, headings)
        for meaning, score in _scores(column, kind, catalogue, words, found.rows, places[place]).items()
        if score >= LIKELY
    ]
    chosen: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, place, meaning in sorted(scored, reverse=True):
        if -place not in chosen and meaning not in taken and not _excluded(meaning, taken):
            chosen[-place] = (meaning, score)
            taken.add(meaning)
    return tuple(_proposed(column, *chosen.get(place, (IGNORED, 0.0))) for place, column in enumerate(found.columns))


def proposed_source(choices: Choices) -> str:
    """What the catalogue's indicators call the source of such rows, where they agree."""
    key = choices.meant("offence_key")
    words = set(key.column.values) if key else set()
    sources: dict[str, int] = {}
    for indicator in choices.catalogue.indicators.values():
        measure = indicator.measure
        if isinstance(measure, CountMeasure | RateMeasure | ClearanceMeasure):
            keys = set(measure.offence_keys)
        elif isinstance(measure, PersonRateMeasure | PersonShareMeasure):
            keys = {measure.offence_key}
        else:
            continue
        if keys & words:
            sources[measure.source] = sources.get(measure.source, 0) + 1
    return next(iter(sources)) if len(sources) == 1 else ""


def _proposed(column: Column, meaning: str, score: float) -> Proposed:
    if not meaning:
        return Proposed(column)
    less_sure = WHY_WORDING if meaning.startswith(ITEM) else WHY_VALUES
    return Proposed(column, meaning, score, WHY_NAME if score >= BEGINS else less_sure)


def _excluded(meaning: str, taken: set[str]) -> bool:
    """A place is told in one way."""
    ways = {DISTRICT, POINT, X, Y}
    if meaning not in ways or not taken & ways:
        return False
    return not ({meaning} | (taken & ways) <= {X, Y})


def _scores(
    column: Column, kind: str, catalogue: Catalogue, words: Mapping[str, Words], rows: int, place: float
) -> dict[str, float]:
    """Every meaning that the column may have, 0 to 1."""
    if not column.filled:
        return {}
    scores: dict[str, float] = {}
    if DISTRICT in words:
        scores[DISTRICT] = place
    if kind == "survey":
        return scores | _survey_scores(column, words, catalogue, rows)
    if POINT in words:
        scores |= _point_scores(column, words)
    if has_period(kind) and is_period(column) and (column.years or column.kind in ("month", "text")):
        scores[PERIOD] = max(LIKELY, name_likeness(column, words[PERIOD].names))
    for target in columns_of(kind):
        scores[target.name] = _column_score(column, target.name, target.type, words[target.name], catalogue)
    if kind in GATHERABLE and column.kind == "whole":
        scores[MEAN_WEIGHT] = name_likeness(column, words[MEAN_WEIGHT].names) * 0.8
    return scores


def _point_scores(column: Column, words: Mapping[str, Words]) -> dict[str, float]:
    """Points only count where no column names the district, so that they stay below it."""
    if column.kind == "point":
        return {POINT: 0.8}
    if column.kind != "number":
        return {}
    return {way: min(0.8, name_likeness(column, words[way].names)) for way in (X, Y)}


def _column_score(column: Column, name: str, kind: str, words: Words, catalogue: Catalogue) -> float:
    if not holds(column, kind, years=name == "reference_date"):
        return 0.0
    named = name_likeness(column, words.names)
    if name == "offence_key":
        return max(named * 0.9, share_of(column, lambda word: word in catalogue.offences))
    if name == "occurred_at":
        return max(LIKELY, named)
    return named


def _survey_scores(column: Column, words: Mapping[str, Words], catalogue: Catalogue, rows: int) -> dict[str, float]:
    scores: dict[str, float] = {}
    for item in catalogue.items.values():
        likeness = max(name_likeness(column, words[ITEM + item.id].names), _who_likeness(column, item.id, item.title))
        asked = question_likeness(column, item.wording) if column.different <= FEW_ANSWERS else 0.0
        if likeness or asked:
            fit = _answers_fit(column, item.id, catalogue)
            # The wording of a question tells it even where its answers have to be mapped first.
            scores[ITEM + item.id] = max(likeness * fit, asked * (1 + fit) / 2, LIKELY if asked else 0.0)
    if column.kind in ("number", "whole") and column.lowest is not None and column.lowest > 0:
        mean = sum(_plain_number(word, column) * times for word, times in column.values.items())
        mean /= sum(column.values.values())
        scores["weight"] = _said_first(column, words["weight"]) if 0.2 < mean < 5 else 0.0
    for way in ("stratum", "cluster"):
        scores[way] = _said_first(column, words[way]) if column.different < rows else 0.0
    if column.different == column.filled == rows:
        scores["respondent"] = _said_first(column, words["respondent"])
    return scores


def _said_first(column: Column, words: Words) -> float:
    """Labels mention samples in passing, too; the name has to come first."""
    likeness = name_likeness(column, words.names)
    return likeness if likeness >= BEGINS else 0.0


def _who_likeness(column: Column, item: str, title: str) -> float:
    """Sex and age are asked in every survey, in any language."""
    for names in (SEX, AGE):
        if item.casefold() in names or title.casefold() in names:
            return name_likeness(column, names)
    return 0.0


def _answers_fit(column: Column, item: str, catalogue: Catalogue) -> float:
    """Share of the answers that the scale knows, by code or by label; exact ages fit age groups."""
    if bands_of(Proposed(column, ITEM + item), catalogue) is not None:
        return 1.0
    codes = Codes(catalogue.scales[catalogue.items[item].scale], missing_of(column), column.labels)
    return share_of(column, codes.meaning)


def _plain_number(word: str, column: Column) -> float:
    said = word.replace(column.thousands, "") if column.thousands else word
    try:
        return float(said.replace(column.decimal, ".") if column.decimal else said)
    except ValueError:
        return 0.0


def _fit(kind: str, proposed: Sequence[Proposed]) -> float:
    columns = [one for one in proposed if one.meaning]
    meanings = {one.meaning for one in columns}
    if kind == "survey":
        items = sum(meaning.startswith(ITEM) for meaning in meanings)
        return (0.4 + 0.1 * min(items, 4) + 0.2 * ("weight" in meanings)) if items else 0.0
    return _table_fit(kind, columns, meanings)


def _table_fit(kind: str, columns: Sequence[Proposed], meanings: set[str]) -> float:
    """How sure the needed columns are; 0 where a number that the table is about is not in the file."""
    filled = {target.name for target in columns_of(kind)}
    needed = [column for column in TABLES[kind].columns if column.name in filled and not column.optional]
    if any(column.name not in meanings for column in needed if column.type not in ("text", "date")):
        return 0.0
    if not any(column.name in meanings for column in needed):
        return 0.0
    sure = [one.sure for one in columns if one.meaning in {column.name for column in needed}]
    constants = sum(column.name not in meanings for column in needed if column.name != "source")
    beside = sum(one.sure for one in columns if one.meaning in (DISTRICT, PERIOD))
    points = 0.15 if kind in GATHERABLE and meanings & {POINT, X} else 0.0
    return sum(sure) / len(sure) + 0.1 * beside + points - CONSTANT_COSTS * constants
