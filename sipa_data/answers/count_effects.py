"""The effect of a project on recorded cases: its districts against others, the year before against the year after.

Which years, districts and indicator are compared is fixed by the register and by rule, so that nobody can choose them
afterwards: the last whole year before the start against the first whole year after it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sipa_data.answers.compared_places import Compared, Counted, Tested
from sipa_data.answers.counted import Counts
from sipa_data.answers.effect_cautions import cautions, comes_from_a_peak, drifted_before
from sipa_data.answers.effect_sentences import per_cent, step
from sipa_data.answers.effect_types import AreaGroup, Design, EffectCode, Judgement, Method, Moved, Part
from sipa_data.answers.partners import parts_of
from sipa_data.answers.swings import Swings, first_break
from sipa_data.answers.types import Answer, Question
from sipa_data.areas import CITY
from sipa_data.catalogue.models import CountMeasure, Indicator, RateMeasure
from sipa_data.german import listing, number
from sipa_data.marts import Mart, series_of
from sipa_data.periods import Period
from sipa_data.statistics.effects import weighted_displacement

Project = Mapping[str, Any]

MOST_YEARS_BEFORE = 5
"""So many years before the start are looked at; what was earlier says little about the places of today."""
FEWEST_CASES = 10
"""Fewer cases than this in both years together cannot show an effect, whatever became of them."""
MOST_UNLIKE = 3.0
"""Differences of cases mislead where one place has more than so many times the cases of the other."""
MOST_NAMED = 3


def count_effect(mart: Mart, ask: Callable[[Question], Answer], project: Project) -> Judgement | None:
    """What the recorded cases say about a project; None where its register names no outcome.

    Parameters
    ----------
    ask : how this reader asks; a count that is hidden there is hidden here, and with it the whole judgement
    project : a row of the register
    """
    named = parts_of(project["outcome"])
    if not named:
        return None
    indicator = mart.catalogue.indicators.get(named[0])
    if indicator is None:
        return _without(EffectCode.not_comparable, named[0], "diese Kennzahl kennt der Katalog nicht")
    measure, title = indicator.measure, indicator.short_title
    if not isinstance(measure, CountMeasure | RateMeasure):
        return _without(EffectCode.not_comparable, title, "die Zielkennzahl zählt keine erfassten Fälle")
    if measure.pooled_years > 1:
        return _without(EffectCode.not_comparable, title, "die Zielkennzahl zeigt das Mittel mehrerer Jahre")
    if len(named) > 1 or project["start_date"] is None:
        missing = "mehr als eine Zielkennzahl" if len(named) > 1 else "kein Beginn"
        return _without(EffectCode.not_comparable, title, f"im Projektregister steht {missing}")
    found = _compared(mart, ask, project, indicator, measure.offence_keys)
    judged = found if isinstance(found, Judgement) else replace(_judged(found), years=(found.before, found.after))
    return replace(judged, indicator=indicator.id, groups=_groups(mart, project, found))


def _groups(mart: Mart, project: Project, found: Compared | Judgement) -> tuple[AreaGroup, ...]:
    """The parts that districts play; with their cases where these may be told, none where the whole city has it."""
    treated, control, beside = groups_of(mart, project)
    if treated == (CITY,):
        return ()
    rest = tuple(area for area in mart.catalogue.districts if area not in (*treated, *control, *beside))
    parts: tuple[tuple[Part, tuple[str, ...]], ...] = (
        ("treated", treated), ("comparison", control), ("beside", beside), ("rest", rest),
    )  # fmt: skip
    return tuple(_group(part, areas, found) for part, areas in parts if areas)


def _group(part: Part, areas: tuple[str, ...], found: Compared | Judgement) -> AreaGroup:
    if isinstance(found, Judgement) or not all(
        found.counted.is_known(areas, year) for year in (found.before, found.after)
    ):
        return AreaGroup(part, areas)
    return AreaGroup(part, areas, *found.pair(areas))


def _compared(
    mart: Mart, ask: Callable[[Question], Answer], project: Project, indicator: Indicator, keys: tuple[str, ...]
) -> Compared | Judgement:
    """The two years and the three groups of districts, or why there is nothing to compare."""
    title = indicator.short_title
    treated, control, beside = groups_of(mart, project)
    design = _design(control)
    before, after = years_around(project["start_date"])
    counted = Counted.of(ask(Question(indicator.id, by_district=True, history=True, compare_with="none")))
    every = (*treated, *control, *beside, CITY)
    years = sorted({year for _, year in (*counted.cases, *counted.missing)})
    if not years or after > years[-1]:
        return _without(EffectCode.too_early, title, "noch liegt kein volles Jahr nach dem Beginn vor", design)
    if before not in years or after not in years:
        return _without(EffectCode.not_comparable, title, f"für {before} oder {after} fehlen Zahlen", design)
    touched = {"offence_keys": keys}
    broken = first_break(mart, Period.year(before).start, Period.year(after).end, touched)
    if broken:
        reason = f"{before} und {after} sind nicht vergleichbar ({broken})"
        return _without(EffectCode.break_in_series, title, reason, design)
    earlier = _earlier(mart, years, before, touched)
    if counted.is_hidden(every, (*earlier, before, after)):
        return _without(EffectCode.hidden, title, "ein Teil der Fallzahlen ist vertraulich", design)
    if not all(counted.is_known(every, year) for year in (before, after)):
        return _without(EffectCode.not_comparable, title, f"für {before} oder {after} fehlen Zahlen", design)
    periods = tuple(Period.year(year) for year in years if (CITY, year) in counted.cases)
    series = series_of(indicator.measure)
    true = Counts.of_periods(mart, series, periods)  # for the usual swing only, which tells no single count
    swings = Swings(mart, indicator, (periods, lambda area, year: true.of(series[0], area, year) or 0), touched)
    return Compared(
        indicator, counted, treated, control, beside, before, after,
        earlier=tuple(year for year in earlier if counted.is_known(every, year)),
        swing=swings.between(Period.year(before), Period.year(after), districts=treated != (CITY,)),
        named=lambda areas: _named(mart, areas),
        touching=bool({one for area in treated for one in _neighbours(mart, area)} & set(control)),
        ended=project["end_date"] is not None and project["end_date"] < Period.year(after).end,
        unusual=tuple(
            time.title for time in mart.catalogue.unusual_times.values()
            if any(Period(time.start, time.end).overlaps(Period.year(year)) for year in (before, after))
        ),
    )  # fmt: skip


def groups_of(mart: Mart, project: Project) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Districts with the project, those compared with it, and where cases may have gone; none stands in two groups."""
    known = mart.catalogue.districts
    treated = tuple(area for area in parts_of(project["districts"]) if area in known)
    if not treated:
        return (CITY,), (), ()
    control = tuple(area for area in parts_of(project["comparison_districts"]) if area in known and area not in treated)
    wanted = parts_of(project["displacement_districts"]) or tuple(
        dict.fromkeys(one for area in treated for one in known[area].neighbours)
    )
    beside = tuple(area for area in wanted if area in known and area not in (*treated, *control))
    return treated, control, beside


def years_around(start: date) -> tuple[int, int]:
    """The last whole year before a start and the first whole year after it."""
    return start.year - 1, start.year if (start.month, start.day) == (1, 1) else start.year + 1


def _earlier(mart: Mart, years: list[int], before: int, touched: dict[str, tuple[str, ...]]) -> tuple[int, ...]:
    """Consecutive years that lead up to the year before the start and can be compared with it, oldest first."""
    found: list[int] = []
    for year in range(before - 1, before - MOST_YEARS_BEFORE - 1, -1):
        if year not in years or first_break(mart, Period.year(year).start, Period.year(before).end, touched):
            break
        found.insert(0, year)
    return tuple(found)


def _judged(compared: Compared) -> Judgement:
    here = compared.tested(compared.treated)
    groups = [group for group in (compared.treated, compared.control) if group]
    if min(sum(compared.pair(group)) for group in groups) < FEWEST_CASES:
        reason = f"{_told(compared)}; das sind zu wenige Fälle, um etwas zu erkennen"
        return _without(EffectCode.too_few, compared.indicator.short_title, reason, _design(compared.control))
    code, shown = _verdict(compared, here)
    return Judgement(
        code=code,
        design=_design(compared.control),
        told=_told(compared),
        measure=compared.indicator.short_title,
        cautions=cautions(compared, _moved(compared)),
        method=Method.ratio_of_ratios if compared.control else Method.ratio,
        estimate=shown.ratio,
        lower=shown.lower,
        upper=shown.upper,
        p=shown.p,
        moved=_moved(compared),
    )


def _verdict(compared: Compared, here: Tested) -> tuple[EffectCode, Tested]:
    """The verdict, and the ratio it rests on: of the districts alone, or together with those beside."""
    if compared.indicator.direction == "neutral":
        return EffectCode.differs if here.is_clear else EffectCode.no_effect_seen, here
    if compared.is_better(here) and _rose_beside(compared):
        together = compared.tested((*compared.treated, *compared.beside))
        won = together.is_clear and compared.is_better(together)
        return EffectCode.partly_displaced if won else EffectCode.displaced, together
    return _alone(compared, here), here


def _rose_beside(compared: Compared) -> bool:
    """Whether it got worse next door, by itself too: where only the comparison fell, nothing was moved."""
    if not compared.beside:
        return False
    ways = (compared.tested(compared.beside), compared.by_itself(compared.beside))
    return all(way.is_clear and not compared.is_better(way) for way in ways)


def _alone(compared: Compared, here: Tested) -> EffectCode:
    if not here.is_clear:
        return EffectCode.no_effect_seen
    if not compared.is_better(here):
        return EffectCode.worse
    if comes_from_a_peak(compared):
        return EffectCode.back_to_usual
    if drifted_before(compared):
        return EffectCode.drifting_before
    return EffectCode.worked if compared.control else EffectCode.better_without_comparison


def _moved(compared: Compared) -> Moved | None:
    """Displacement difference in cases, where the comparison is of like size."""
    if not compared.control:
        return None
    first, other = (max(compared.pair(group)[0], 1) for group in (compared.treated, compared.control))
    if max(first / other, other / first) > MOST_UNLIKE:
        return None
    beside = compared.pair(compared.beside) if compared.beside else (0, 0)
    found = weighted_displacement(compared.pair(compared.treated), compared.pair(compared.control), beside)
    return Moved(*(float(one) for one in (found.local, found.beside, found.total, found.lower, found.upper)))


def _told(compared: Compared) -> str:
    first, second = compared.pair(compared.treated)
    told = [f"in {compared.named(compared.treated)} {step(first, second, str(compared.before), str(compared.after))}"]
    for words, group in (("im Vergleich", compared.control), ("nebenan", compared.beside)):
        if group:
            old, new = compared.pair(group)
            told.append(f"{words} ({compared.named(group)}) von {number(old)} auf {number(new)}{per_cent(old, new)}")
    return ", ".join(told)


def _design(control: tuple[str, ...]) -> Design:
    return Design.with_comparison if control else Design.before_after


def _named(mart: Mart, areas: tuple[str, ...]) -> str:
    city = mart.catalogue.city
    if areas == (CITY,):
        return city.name
    if len(areas) > MOST_NAMED:
        return f"{number(len(areas))} {city.districts_word}"
    return listing([mart.catalogue.districts[area].name for area in areas])


def _neighbours(mart: Mart, area: str) -> tuple[str, ...]:
    return () if area == CITY else mart.catalogue.districts[area].neighbours


def _without(code: EffectCode, measure: str, reason: str, design: Design = Design.none) -> Judgement:
    return Judgement(code, design, reason, measure)
