"""Rare events: several years taken together, so that chance weighs less."""

from collections.abc import Sequence

from sipa_data.answers.inhabitants import Denominator
from sipa_data.catalogue.models import CountMeasure, RateMeasure
from sipa_data.german import number
from sipa_data.periods import Period


def pooled_years(measure: object) -> int:
    """How many years a measure takes together; 1 for all that take none."""
    return measure.pooled_years if isinstance(measure, CountMeasure | RateMeasure) else 1


def spans_to(asked: Period | None, years: Sequence[Period], length: int) -> tuple[Period, ...]:
    """Spans of so many years, oldest first, ending with the last possible one and none overlapping another.

    Parameters
    ----------
    asked : the last span ends with or before this period; None: with the newest year
    years : whole years that can be answered
    """
    known = {year.start.year for year in years}
    ends = [
        last for last in sorted(known, reverse=True)
        if all(last - back in known for back in range(length)) and (asked is None or Period.year(last).end <= asked.end)
    ]  # fmt: skip
    chosen: list[int] = []
    for last in ends:
        if not chosen or last <= chosen[-1] - length:
            chosen.append(last)
    return tuple(Period.years(last - length + 1, last) for last in reversed(chosen))


def summed(denominators: Sequence[Denominator]) -> Denominator:
    """Denominators of several years as one: the sum divides the sum of the cases, the mean is what is told."""
    total = sum(one.value for one in denominators)
    names = list(dict.fromkeys(one.footing_name for one in denominators if one.footing_name))
    told = f"im Mittel {number(total / len(denominators))} {denominators[0].thing}"
    footings = list(dict.fromkeys(one.footing for one in denominators))
    footing = footings[0] if len(footings) == 1 else f"{'+'.join(footings)}: {told}"  # mixed: like no other span
    text = f"{told} ({', '.join(names)})" if names else told
    return Denominator(total, text, footing, denominators[0].thing, ", ".join(names))
