"""What goes with every verdict on recorded cases: the years before the start, and what else could explain a change."""

from sipa_data.answers.compared_places import SIGNIFICANCE, Compared
from sipa_data.answers.effect_sentences import SMALLEST_COUNT_FOR_PER_CENT
from sipa_data.answers.effect_types import Moved
from sipa_data.areas import CITY
from sipa_data.german import EN_DASH, THIN_SPACE, count_of, listing, number
from sipa_data.statistics.before_the_start import FEWEST_PERIODS, PreTrend, against_usual, pre_trend
from sipa_data.statistics.effects import RatioOfRatios


def comes_from_a_peak(compared: Compared) -> bool:
    """Whether the year before the start was unusual, and the year after it is not."""
    before, after = _against_usual(compared, compared.before), _against_usual(compared, compared.after)
    if before is None or after is None:
        return False
    return _beyond(before[1], worse=True, compared=compared) and not _beyond(after[1], worse=False, compared=compared)


def drifted_before(compared: Compared) -> bool:
    """Whether the districts had been getting better than their comparison before anything was done."""
    trend = _pre_trend(compared).trend if compared.control else None
    if trend is None or float(trend.p) >= SIGNIFICANCE:
        return False
    return (float(trend.ratio) < 1) == compared.fewer_is_better


def cautions(compared: Compared, moved: Moved | None) -> tuple[str, ...]:
    """German sentences, the most important first."""
    told = (
        _peak(compared), _drift(compared), _moved(compared, moved), _touching(compared), _ended(compared),
        _unusual(compared),
    )  # fmt: skip
    return tuple(one for one in told if one)


def _against_usual(compared: Compared, year: int) -> tuple[float, RatioOfRatios] | None:
    """Usual number of cases of a year and the true one divided by it, measured at the rest of the city."""
    if compared.treated == (CITY,):
        return None
    ours = compared.counted.series(compared.treated, (*compared.earlier, year))
    city = compared.counted.series((CITY,), (*compared.earlier, year))
    rest = [all_cases - own for all_cases, own in zip(city, ours, strict=True)]
    return against_usual(
        ours[-1], ours[:-1], rest[-1], rest[:-1], compared.swing.sigma, compared.swing.degrees_of_freedom
    )


def _beyond(found: RatioOfRatios, *, worse: bool, compared: Compared) -> bool:
    """Beyond chance and swing in one direction; one-sided, for only that direction is a warning."""
    wanted_above = worse == compared.fewer_is_better
    return (float(found.ratio) > 1) == wanted_above and float(found.p) / 2 < SIGNIFICANCE


def _pre_trend(compared: Compared) -> PreTrend:
    years = (*compared.earlier, compared.before)
    ours, theirs = (compared.counted.series(group, years) for group in (compared.treated, compared.control))
    return pre_trend(ours, theirs, compared.swing.sigma, compared.swing.degrees_of_freedom)


def _peak(compared: Compared) -> str:
    found = _against_usual(compared, compared.before)
    if found is None or not _beyond(found[1], worse=True, compared=compared):
        return ""
    usual, case = round(found[0]), compared.pair(compared.treated)[0]
    where = "über" if compared.fewer_is_better else "unter"
    return (
        f"Vor dem Beginn waren es {number(case)} Fälle, {where} den dort üblichen rund {number(usual)}: Nach einem "
        "Ausreißer gehen die Zahlen auch von selbst zurück."
    )


def _drift(compared: Compared) -> str:
    if not compared.control:
        return ""
    found = _pre_trend(compared)
    if found.trend is None:
        return (
            f"Ob beide sich vorher gleich entwickelten, lässt sich nicht sagen: Vor dem Beginn gibt es "
            f"{count_of(found.periods, 'Jahr', 'Jahre')}, nötig sind {number(FEWEST_PERIODS)}."
        )
    years = (*compared.earlier, compared.before)
    span = f"{years[0]}{EN_DASH}{years[-1]}"
    counts = [n for group in (compared.treated, compared.control) for n in compared.counted.series(group, years)]
    width = _width(found.trend) if min(counts) >= SMALLEST_COUNT_FOR_PER_CENT else ""
    if float(found.trend.p) < SIGNIFICANCE:
        return f"Schon vor dem Beginn ({span}) entwickelten sich beide verschieden{width}."
    return f"Vor dem Beginn ({span}) entwickelten sich beide nicht erkennbar verschieden{width}."


def _width(trend: RatioOfRatios) -> str:
    shown = [100 * (float(bound) - 1) for bound in (trend.lower, trend.upper)]
    lower, upper = (f"{'+' if one > 0 else ''}{number(one)}" for one in shown)
    return f" (Unterschied je Jahr zwischen {lower} und {upper}{THIN_SPACE}%)"


def _moved(compared: Compared, moved: Moved | None) -> str:
    if moved is None:
        return ""
    told = f"Gegenüber dem Vergleich {_cases(moved.local)}"
    if compared.beside:
        told += f", zusammen mit den Bezirken nebenan {_cases(moved.total)}"
    lower, upper = (f"{'+' if one > 0 else ''}{number(one)}" for one in (moved.lower, moved.upper))
    return f"{told} (90-%-Bereich nach Zählzufall {lower} bis {upper})."


def _cases(difference: float) -> str:
    if round(difference) == 0:
        return "gleich viele Fälle"
    shown = count_of(abs(round(difference)), "Fall", "Fälle")
    return f"{shown} {'mehr' if difference > 0 else 'weniger'}"


def _touching(compared: Compared) -> str:
    return (
        "Der Vergleich grenzt an das Gebiet: Hätte sich etwas dorthin verlagert, sähe die Wirkung zu groß aus."
        if compared.touching
        else ""
    )


def _ended(compared: Compared) -> str:
    return f"Das Projekt endete, bevor {compared.after} vorüber war." if compared.ended else ""


def _unusual(compared: Compared) -> str:
    return f"In die verglichenen Jahre fällt: {listing(list(compared.unusual))}." if compared.unusual else ""
