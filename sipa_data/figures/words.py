"""Values, bounds and reasons in German words: the one place where a number of an Answer becomes text.

Tile, chart, table and export all take their text from here, so they cannot differ.
"""

from collections.abc import Sequence

from sipa_data import german
from sipa_data.answers.types import Answer, Snapshot, Status, Verdict, VerdictCode
from sipa_data.catalogue.models import Indicator, RateMeasure
from sipa_data.figures.palette import Tone
from sipa_data.figures.rows import SHOWN, Row, subject, subject_row
from sipa_data.figures.when import period_text

SYNTHETIC = "Beispieldaten (synthetisch)"
NOTHING = "entfällt"
"""Stands in a table cell that has no content, so that a screen reader reads something true."""

# Symbols: „•“ secret and „/“ too uncertain as the German statistical offices print them (DIN 55301).
SYMBOLS = {Status.suppressed: "•", Status.unreliable: "/"}
STATUS_WORDS = {
    Status.ok: "gezeigt",
    Status.limited: "eingeschränkt",
    Status.unreliable: "zu wenige Antworten",
    Status.suppressed: "vertraulich",
    Status.not_collected: "nicht erhoben",
}
BEYOND_CHANCE = frozenset({VerdictCode.rose, VerdictCode.fell, VerdictCode.above, VerdictCode.below})
SAYS_SOMETHING = BEYOND_CHANCE | {
    VerdictCode.within_chance,
    VerdictCode.within_usual_swing,
    VerdictCode.one_of_many,
}


def value_text(row: Row, indicator: Indicator) -> str:
    """``29,6 %``, ``1 Fall``; for a value that is not shown its symbol and the word for it."""
    if row.value is None:
        word = why_hidden(row)
        return f"{SYMBOLS[row.status]} {word}" if row.status in SYMBOLS else word
    return german.with_unit(row.value, indicator.unit, indicator.decimals)


def why_hidden(row: Row | None) -> str:
    """The word for a value that is not there; a place the answer does not speak of was not asked."""
    return STATUS_WORDS[Status.not_collected if row is None or row.status in SHOWN else row.status]


def short_text(row: Row, indicator: Indicator) -> str:
    """The value as a label inside a figure: the unit only where it is ``%``; a hidden value's symbol."""
    if row.value is None:
        return SYMBOLS.get(row.status, why_hidden(row))
    if indicator.unit == "%":
        return german.with_unit(row.value, "%", indicator.decimals)
    return german.number(row.value, indicator.decimals)


def interval_text(row: Row, indicator: Indicator) -> str:
    """``28,6–30,6 %``; empty where there is none."""
    if row.lower is None or row.upper is None:
        return ""
    return german.interval(row.lower, row.upper, indicator.unit, indicator.decimals)


def bounds_text(row: Row, indicator: Indicator) -> str:
    """As ``interval_text``, with no unit but ``%``: for a place that names the unit once for all numbers."""
    told = interval_text(row, indicator)
    return told if indicator.unit == "%" else told.removesuffix(indicator.unit).removeprefix(indicator.unit).strip()


def value_with_interval(row: Row, indicator: Indicator) -> str:
    """``29,6 % (28,6–30,6 %)``, ``402 (386–418) je 100.000``"""
    bounds = interval_text(row, indicator)
    if not bounds:
        return value_text(row, indicator)
    if indicator.unit == "%":
        return f"{value_text(row, indicator)} ({bounds})"
    if indicator.unit in german.UNITS_IN_FRONT:
        return f"{value_text(row, indicator)} ({bounds.removeprefix(indicator.unit).strip()})"
    return f"{short_text(row, indicator)} ({bounds.removesuffix(indicator.unit).strip()}) {indicator.unit}"


def status_text(row: Row) -> str:
    """The status in words, with the reason where one is given. What is confidential never says why."""
    word = STATUS_WORDS[row.status]
    if row.status is Status.suppressed or row.reason is None:
        return word
    return row.reason if row.reason.startswith(word) else f"{word}: {row.reason}"


def base_text(row: Row) -> str:
    """How many cases or answers the value rests on."""
    return NOTHING if row.n is None else german.number(row.n)


def measured(indicator: Indicator) -> str:
    """What is measured, with its unit unless the title names it."""
    return indicator.title if indicator.unit in indicator.title else f"{indicator.title}, {indicator.unit}"


def whose(indicator: Indicator) -> str:
    """What a number by district is tied to, where a reader would take it for the place of what happened."""
    if indicator.data_class == "survey":
        return "nach Wohnort der Befragten"
    if isinstance(indicator.measure, RateMeasure) and indicator.measure.denominator == "population":
        return "bezogen auf Einwohner, ohne Gäste und Pendler"
    return ""


def short_measured(indicator: Indicator) -> str:
    """As ``measured``, for an axis."""
    title = indicator.short_title
    return title if indicator.unit in title else f"{title}, {indicator.unit}"


def hidden_key(answer_rows: tuple[Row, ...]) -> str:
    """„• vertraulich, / zu wenige Antworten“: the symbols that occur, explained."""
    found = {row.status for row in answer_rows}
    return ", ".join(f"{symbol} {STATUS_WORDS[status]}" for status, symbol in SYMBOLS.items() if status in found)


def hidden_listing(named: Sequence[tuple[str, Row]]) -> str:
    """„West (vertraulich); Birkach und Botnang (zu wenige Antworten)“: names of what is not shown, by reason."""
    by_reason: dict[str, list[str]] = {}
    for name, row in named:
        by_reason.setdefault(status_text(row), []).append(name)
    return "; ".join(f"{german.listing(names)} ({reason})" for reason, names in by_reason.items())


def tone_of(verdict: Verdict | None) -> Tone:
    """Colour speaks only where the verdict goes beyond chance and the indicator has a direction."""
    if verdict is None or verdict.code not in BEYOND_CHANCE or verdict.favourable is None:
        return "neutral"
    return "favourable" if verdict.favourable else "unfavourable"


def arrow_of(verdict: Verdict | None) -> str:
    """Direction of the number, whatever it means; none where nothing moved beyond chance."""
    if verdict is None:
        return ""
    return {VerdictCode.rose: "▲", VerdictCode.fell: "▼"}.get(verdict.code, "")


def dative_plural(word: str) -> str:
    """„Stadtbezirke“ → „Stadtbezirken“, as in „zwischen den Stadtbezirken“."""
    return word if word.endswith(("n", "s")) else f"{word}n"


def without_full_stop(sentence: str) -> str:
    return sentence.strip().removesuffix(".")


def source_line(*answers: Answer) -> str:
    """„Quelle: … · Datenstand 42 vom 31.12.2025“; of invented ones „Quelle (nachgebildet): …“

    Raises
    ------
    ValueError : the answers come from different snapshots, so no one line is true of them
    """
    snapshots = {answer.snapshot.id: answer.snapshot for answer in answers}
    if len(snapshots) != 1:
        raise ValueError(f"one figure, several snapshots: {sorted(snapshots)}")
    (snapshot,) = snapshots.values()
    sources = dict.fromkeys(without_full_stop(answer.source).removeprefix("Quelle: ") for answer in answers)
    quoted = "Quelle (nachgebildet)" if snapshot.synthetic else "Quelle"
    parts = [f"{quoted}: {'; '.join(sources)}", snapshot_text(snapshot)]
    return " · ".join([*parts, SYNTHETIC] if snapshot.synthetic else parts)


def snapshot_text(snapshot: Snapshot) -> str:
    """„Datenstand 42 vom 31.12.2025“; a lake that nothing was published to has no day yet."""
    if snapshot.published_at is None:
        return f"Datenstand {snapshot.id}"
    return f"Datenstand {snapshot.id} vom {german.day(snapshot.published_at)}"


def rows_told(came: int, taken: int, refused: int, skipped: int) -> str:
    """``230 von 230 Zeilen übernommen``, and what became of the others."""
    told = [f"{german.number(taken)} von {german.count_of(came, 'Zeile', 'Zeilen')} übernommen"]
    told += [f"{german.number(refused)} abgelehnt"] if refused else []
    told += [f"{german.number(skipped)} übersprungen"] if skipped else []
    return ", ".join(told)


def reading_aid(answer: Answer) -> str:
    """The indicator's Lesehilfe with the value, place and period of this answer filled in."""
    place = answer.place_name(subject(answer))
    row = subject_row(answer)
    if row is None or row.value is None:
        return f"Für {place} lässt sich hier kein Wert lesen: {why_hidden(row)}."
    filled = {"{value}": value_text(row, answer.indicator), "{place}": place, "{period}": period_text(row.period)}
    text = answer.indicator.reading_aid
    for token, words in filled.items():
        text = text.replace(token, words)
    return text
