"""A few numbers of one kind beside each other, each a row with its interval on one common scale.

Groups of people, months, kinds of place: rows in the order they are given, never by value. Light enough to stand on a
page by the dozen: the page draws it from parts of a length, without a chart.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from sipa_data import german
from sipa_data.answers.types import Answer, VerdictCode
from sipa_data.catalogue.models import Indicator, ShareMeasure
from sipa_data.figures.palette import colours
from sipa_data.figures.rows import Row, current_rows, group_rows, rows, subject
from sipa_data.figures.table import EVERYONE, GROUP
from sipa_data.figures.when import period_text
from sipa_data.figures.words import (
    BEYOND_CHANCE,
    base_text,
    bounds_text,
    hidden_key,
    measured,
    short_text,
    source_line,
    value_text,
    why_hidden,
)
from sipa_data.periods import Grain

MOST_NAMES = 3
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Strip:
    """One row, all of it German text. ``lower``, ``at``, ``upper`` : parts of the length, None where nothing is shown.

    ``stands_out`` : the verdict on it goes beyond chance
    """

    name: str
    value: str
    interval: str
    base: str
    lower: float | None
    at: float | None
    upper: float | None
    stands_out: bool


@dataclass(frozen=True)
class Strips:
    """Rows under their finding.

    ``head`` : what the rows are: groups, months, indicators; ``scale`` : the two ends that the marks lie between
    ``ink``, ``quiet`` : colours of rows that stand out, and of the others
    """

    title: str
    head: str
    scale: str
    subtitle: str
    members: tuple[Strip, ...]
    source: str
    ink: str
    quiet: str

    @property
    def has_base(self) -> bool:
        """Whether the base says more than the value: a number of cases is its own base."""
        return any(one.base != one.value for one in self.members)

    @property
    def is_empty(self) -> bool:
        """Whether nothing but everybody has a value; then the title says why."""
        return all(one.at is None for one in self.members if one.name != EVERYONE)


Member = tuple[str, Row, Indicator, bool]
"""Name, number, what it is a number of, and whether it stands out beyond chance."""


def group_strips(title: str, answers: Sequence[Answer], *, dark: bool = False) -> Strips:
    """Groups of people, one answer per way of dividing them; everybody first.

    Parameters
    ----------
    answers : the same indicator and place, each with another ``breakdown``
    """
    first = answers[0]
    everybody = [row for row in current_rows(first) if row.district == subject(first)]
    members: list[Member] = [(EVERYONE, row, first.indicator, False) for row in everybody]
    over: list[str] = []
    under: list[str] = []
    for answer in answers:
        for row in group_rows(answer):
            judged = answer.verdict_on(row.district, row.group)
            stands_out = row.value is not None and judged is not None and judged.code in BEYOND_CHANCE
            if stands_out and judged is not None:
                (over if judged.code is VerdictCode.above else under).append(row.group or "")
            members.append((row.group or "", row, first.indicator, stands_out))
    share = isinstance(first.indicator.measure, ShareMeasure)
    words = ("häufiger", "seltener") if share else ("höher", "niedriger")
    told = [f"{word} {_names(names)}" for word, names in zip(words, (over, under), strict=True) if names]
    shown = any(row.value is not None for name, row, _, _ in members if name != EVERYONE)
    none = "keine Gruppe unterscheidet sich über den Zufall hinaus von allen anderen"
    said = "; ".join(told) or (none if shown else _ends(members[len(everybody) :]))
    return _strips(f"{title}: {said}", GROUP, members, answers[:1], dark=dark)


def month_strips(title: str, answer: Answer, *, dark: bool = False) -> Strips:
    """The latest twelve months; asked for a month, with its history."""
    months = [row for row in rows(answer) if row.district == subject(answer) and row.period.grain is Grain.month]
    latest = sorted(months, key=lambda row: row.period.start)[-MONTHS_SHOWN:]
    members = [(row.period.german, row, answer.indicator, False) for row in latest]
    return _strips(f"{title}: {_ends(members)}", "Monat", members, [answer], dark=dark)


def side_by_side(title: str, answers: Sequence[Answer], *, dark: bool = False) -> Strips:
    """Several indicators of one unit in one place. They may overlap, so nothing adds them up."""
    members: list[Member] = [
        (answer.indicator.short_title, row, answer.indicator, False)
        for answer in answers
        for row in current_rows(answer)
        if row.district == subject(answer)
    ]
    few = len(members) <= MOST_NAMES and all(row.value is not None for _, row, _, _ in members)
    all_told = german.listing([f"{name} {short_text(row, indicator)}" for name, row, indicator, _ in members])
    return _strips(f"{title}: {all_told if few else _ends(members)}", "Kennzahl", members, answers, dark=dark)


def _strips(title: str, head: str, members: Sequence[Member], answers: Sequence[Answer], *, dark: bool) -> Strips:
    theme = colours(dark=dark)
    low, high = _span([row for _, row, _, _ in members])
    first = answers[0].indicator
    return Strips(
        title=title,
        head=head,
        scale=german.interval(low, high, "%") if first.unit == "%" else german.interval(low, high, "").strip(),
        subtitle=_subtitle(members, answers),
        members=tuple(_strip(member, lambda value: (value - low) / (high - low)) for member in members),
        source=source_line(*answers),
        ink=theme.blue,
        quiet=theme.grey,
    )


def _subtitle(members: Sequence[Member], answers: Sequence[Answer]) -> str:
    shown = [row for _, row, _, _ in members if row.value is not None]
    periods = dict.fromkeys(period_text(row.period) for row in shown)
    indicators = dict.fromkeys(answer.indicator.id for answer in answers)
    parts = [measured(answers[0].indicator) if len(indicators) == 1 else answers[0].indicator.unit]
    parts += [answers[0].place_name(subject(answers[0]))]
    parts += [next(iter(periods))] if len(periods) == 1 else []
    parts += ["Striche: 95-%-Bereich"] if any(row.lower is not None for row in shown) else []
    parts += [key] if (key := hidden_key(tuple(row for _, row, _, _ in members))) else []
    return " · ".join(parts)


def _span(found: Sequence[Row]) -> tuple[float, float]:
    """From zero, or from below where values are negative, to the highest upper end, both in whole numbers."""
    ends = [end for row in found for end in (row.value, row.lower, row.upper) if end is not None]
    low, high = floor(min([0.0, *ends])), ceil(max([0.0, *ends]))
    return float(low), float(max(high, low + 1))


def _strip(member: Member, place: Callable[[float], float]) -> Strip:
    name, row, indicator, stands_out = member
    return Strip(
        name=name,
        value=value_text(row, indicator) if row.value is None else short_text(row, indicator),
        interval=bounds_text(row, indicator),
        base=base_text(row),
        lower=None if row.lower is None else place(row.lower),
        at=None if row.value is None else place(row.value),
        upper=None if row.upper is None else place(row.upper),
        stands_out=stands_out,
    )


def _ends(members: Sequence[Member]) -> str:
    """„zwischen 190 (Februar 2025) und 262 (Juli 2025)“: no row is called the worst, and none the end of a rise."""
    shown = [member for member in members if member[1].value is not None]
    if not shown:
        return why_hidden(members[0][1]) if members else why_hidden(None)
    ordered = sorted(shown, key=lambda member: member[1].value or 0.0)
    told = [f"{short_text(row, indicator)} ({name})" for name, row, indicator, _ in (ordered[0], ordered[-1])]
    return told[0] if len(ordered) == 1 else f"zwischen {told[0]} und {told[1]}"


def _names(names: list[str]) -> str:
    more = len(names) - MOST_NAMES
    return german.listing(names) if more <= 1 else f"{', '.join(names[:MOST_NAMES])} und {more} weitere"
