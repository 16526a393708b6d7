"""What a figure says, in German sentences: its title, and the sentence for those who do not see it.

Verdicts decide what is a finding. Where there is none, the title says what is shown and claims nothing.
"""

from collections.abc import Iterable

from sipa_data import german
from sipa_data.answers.changes import Where
from sipa_data.answers.types import Answer, VerdictCode
from sipa_data.figures.rows import Row, city_row, district_rows, group_rows, subject, subject_row
from sipa_data.figures.when import period_text
from sipa_data.figures.words import (
    BEYOND_CHANCE,
    SAYS_SOMETHING,
    dative_plural,
    hidden_listing,
    measured,
    short_text,
    status_text,
    value_text,
    value_with_interval,
    why_hidden,
    without_full_stop,
)

LONGEST_TITLE = 140
MOST_NAMES = 3
MOST_PLACES = 4


def subject_title(answer: Answer) -> str:
    """The finding about the one place that the answer is about."""
    title = answer.indicator.title
    row, verdict = subject_row(answer), answer.verdict_on(subject(answer))
    groups = [member for member in group_rows(answer) if member.value is not None]
    if row is None and groups:
        values = german.listing([f"{member.group} {value_text(member, answer.indicator)}" for member in groups])
        return f"{title}: {values} ({period_text(groups[0].period)})"
    if row is None or row.value is None:
        return no_value_title(answer, row)
    place = "" if row.is_whole_city else f", {row.place}"
    if verdict is not None and verdict.code in SAYS_SOMETHING:
        sentence = without_full_stop(verdict.sentence)
        return sentence if 0 < len(sentence) <= LONGEST_TITLE else f"{title}{place}: {verdict.short}"
    shown = short_text(row, answer.indicator) if answer.indicator.unit in title else value_text(row, answer.indicator)
    return f"{title}{place}: {shown} ({period_text(row.period)})"


def no_value_title(answer: Answer, row: Row | None) -> str:
    place = answer.place_name(subject(answer))
    period = row.period if row else answer.period
    when = f", {period_text(period)}" if period else ""
    why = f" ({why_hidden(row)})" if row else ""
    return f"{answer.indicator.title}: kein Wert für {place}{when}{why}"


def places_title(answer: Answer) -> str:
    """The finding about the districts: which of them stand out, or that none does."""
    name = answer.indicator.short_title
    shown = [row for row in district_rows(answer) if row.value is not None]
    if not shown:
        period = f" ({period_text(answer.period)})" if answer.period else ""
        return f"{name}: keine Werte für die {answer.city.districts_word}{period}"
    found = places_by_verdict(answer)
    beyond = {code: found[code] for code in BEYOND_CHANCE if found[code]}
    if beyond:
        return f"{name}: {_standing_out(answer, found)}{_of_how_many(answer, beyond.values(), len(shown))}"
    if any(found[code] for code in SAYS_SOMETHING):
        what = "Unterschiede zwischen" if answer.question.compare_with in ("rest", "similar") else "Veränderungen in"
        how_far = "die übliche Schwankung" if found[VerdictCode.within_usual_swing] else "den Zufall"
        return f"{name}: keine {what} den {dative_plural(answer.city.districts_word)} über {how_far} hinaus"
    return f"{answer.indicator.title} nach {answer.city.district_word} ({period_text(shown[0].period)})"


def places_by_verdict(answer: Answer) -> dict[VerdictCode, list[str]]:
    """Names of the districts with a shown value, by what their verdict says."""
    found: dict[VerdictCode, list[str]] = {code: [] for code in VerdictCode}
    for row in district_rows(answer):
        verdict = answer.verdict_on(row.district)
        if row.value is not None and verdict is not None:
            found[verdict.code].append(row.place)
    return found


def _standing_out(answer: Answer, found: dict[VerdictCode, list[str]]) -> str:
    higher, lower = found[VerdictCode.above], found[VerdictCode.below]
    rest = f"dem Rest von {answer.city.name}"
    if higher or lower:
        first = higher or lower
        side = f"über, {_who(answer, lower)} unter" if higher and lower else "über" if higher else "unter"
        return f"{_who(answer, first)} {'liegt' if len(first) == 1 else 'liegen'} {side} {rest}"
    rose, fell = found[VerdictCode.rose], found[VerdictCode.fell]
    parts = [f"{verb} in {_where(answer, names)}" for verb, names in (("gestiegen", rose), ("gesunken", fell)) if names]
    return ", ".join(parts)


def _of_how_many(answer: Answer, told: Iterable[list[str]], shown: int) -> str:
    """„ (gezeigt: 18 von 23)“ where some are hidden and others counted: else the count reads as one of all."""
    everywhere = len(answer.places)
    if shown == everywhere or all(len(names) <= MOST_NAMES for names in told):
        return ""
    return f" (gezeigt: {german.number(shown)} von {german.number(everywhere)})"


def where_told(answer: Answer, there: Where) -> str:
    """„Für sich gesichert in 4 von 23 Stadtbezirken (…)“: few by name; elsewhere a change need not be missing."""
    if not there.places:
        among = f"{german.number(there.looked_at)} {dative_plural(answer.city.districts_word)}"
        return f"Für sich in keinem von {among} gesichert; dort wäre nur Größeres erkennbar"
    count = f"{german.number(len(there.places))} von {german.number(there.looked_at)}"
    told = f"Für sich gesichert in {count} {dative_plural(answer.city.districts_word)}"
    named = german.listing([answer.place_name(place) for place in there.places[:MOST_PLACES]])
    if len(there.places) > MOST_PLACES:
        return f"{told}, am deutlichsten in {named}"
    if len(there.places) == there.looked_at:
        return f"{told} ({named})"
    return f"{told} ({named}); andernorts wäre nur Größeres erkennbar"


def _who(answer: Answer, names: list[str]) -> str:
    if len(names) <= MOST_NAMES:
        return german.listing(names)
    return f"{german.number(len(names))} {answer.city.districts_word}"


def _where(answer: Answer, names: list[str]) -> str:
    if len(names) <= MOST_NAMES:
        return german.listing(names)
    return f"{german.number(len(names))} {dative_plural(answer.city.districts_word)}"


def places_alt(answer: Answer, title: str) -> str:
    """Title, the city's value, the values of those that stand out, the range, and who is not shown."""
    indicator = answer.indicator
    found = district_rows(answer)
    shown = [row for row in found if row.value is not None]
    said = [f"{without_full_stop(title)}."]
    if shown:
        verdicts = {row: answer.verdict_on(row.district) for row in shown}
        named = [row for row, verdict in verdicts.items() if verdict is not None and verdict.code in BEYOND_CHANCE]
        city = city_row(answer)
        spoken_of = ([city] if city is not None and city.value is not None else []) + named
        values = "; ".join(f"{row.place} {value_with_interval(row, indicator)}" for row in spoken_of)
        ends = sorted(shown, key=lambda row: row.value or 0.0)
        least, most = value_text(ends[0], indicator), value_text(ends[-1], indicator)
        said.append(f"{measured(indicator)}, {period_text(shown[0].period)}{': ' if values else ''}{values}.")
        said.append(f"Der kleinste gezeigte Wert ist {least}, der größte {most}.")
    hidden = [(row.place, row) for row in found if row.value is None]
    if len(hidden) == len(found) > 1 and len({status_text(row) for _, row in hidden}) == 1:
        hidden = [(f"alle {len(found)} {answer.city.districts_word}", hidden[0][1])]
    if hidden:
        said.append(f"Nicht gezeigt: {hidden_listing(hidden)}.")
    return " ".join(said)
