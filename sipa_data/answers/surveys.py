"""Answers from surveys: weighted shares, means and differences between groups, per wave."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from sipa_data.access.scope import Scope
from sipa_data.answers.clusters import ASKED_TOGETHER
from sipa_data.answers.composition import Composition, composition
from sipa_data.answers.estimate_verdicts import Compared, EstimateVerdicts
from sipa_data.answers.found import Found, asked_areas, breaks_between, nothing_collected
from sipa_data.answers.frames import Row
from sipa_data.answers.groups import Estimates, Gaps
from sipa_data.answers.survey_estimates import Asked, estimate
from sipa_data.answers.survey_groups import Moments, divided, item_that_divides
from sipa_data.answers.survey_rows import row_of
from sipa_data.answers.survey_waves import Wave, counts_otherwise, waves_that_asked
from sipa_data.answers.types import Question, Status
from sipa_data.answers.yardsticks import similar_districts, taken_together, why_none_similar
from sipa_data.areas import CITY
from sipa_data.catalogue.models import DifferenceMeasure, Indicator, MeanMeasure, ShareMeasure
from sipa_data.german import THIN_SPACE, listing, number
from sipa_data.marts import Mart
from sipa_data.statistics.multiplicity import FALSE_DISCOVERY_RATE, q_values

OTHER_SCALE = "auf einer anderen Antwortskala gefragt"


def answer_survey(mart: Mart, scope: Scope, question: Question, indicator: Indicator) -> Found:
    """Estimates of the asked wave, with earlier waves where the history is asked, and of groups where these are."""
    measure = indicator.measure
    if not isinstance(measure, ShareMeasure | MeanMeasure | DifferenceMeasure):
        raise TypeError(f"{indicator.id} is no survey indicator")
    areas = asked_areas(mart, question, with_not_locatable=False)
    dividing = None if question.breakdown is None else item_that_divides(mart, indicator, question.breakdown)
    waves = waves_that_asked(mart, measure.item)
    if question.period is not None:
        waves = tuple(wave for wave in waves if wave.period.end <= question.period.end)
    if not waves:
        until = f" bis {question.period.german}" if question.period else ""
        return nothing_collected(mart, question, areas, f"keine Befragung mit dieser Frage{until}")
    now, before = waves[-1], waves[-2] if len(waves) > 1 else None
    shown = waves if question.history else (now,)
    wanted = {wave.id: wave for wave in (*shown, now, before) if wave is not None}
    cities = {key: composition(mart, wave.id, wave.title, wave.period, wave.min_age) for key, wave in wanted.items()}
    estimates = {key: estimate(mart, measure, wave.id, wave.scale, areas, cities[key]) for key, wave in wanted.items()}
    unlike = {key for key, wave in wanted.items() if counts_otherwise(mart, measure, wave)}
    rows = tuple(
        row
        for wave in shown
        for row in (_off_scale(wave, areas) if wave.id in unlike else _rows(wave, estimates[wave.id]))
    )
    compared = Compared(now, estimates[now.id])
    if before is not None:
        broken = _broken(mart, measure.item, before, now)
        compared = Compared(now, estimates[now.id], before, estimates[before.id], broken)
    if question.compare_with == "similar":
        compared = _beside_similar(mart, measure, compared, now, cities[now.id])
    verdicts = EstimateVerdicts(indicator, mart.catalogue).all(question, areas, compared)
    notes = _silent(mart, areas, estimates[now.id], now)
    if cities[now.id].in_clusters:
        notes += (ASKED_TOGETHER.format(title=now.title),)
    if CITY in areas or question.compare_with in ("rest", "similar"):
        compared_with = {before.id} if before is not None and question.compare_with == "previous" else set()
        told = {wave.id for wave in shown} | compared_with
        notes += _of_city({key: city for key, city in cities.items() if key in told}, now)
    breaks = _breaks(mart, measure, shown)
    if now.id in unlike:
        verdicts, notes = (), ()
    if dividing is not None and not isinstance(measure, DifferenceMeasure):
        alike = tuple(wave for wave in shown if wave.id not in unlike)
        groups = divided(mart, scope, indicator, dividing, Moments(alike, now, cities, areas))
        rows, verdicts, notes = rows + groups.rows, verdicts + groups.verdicts, notes + groups.notes
    return Found(rows, verdicts, notes, now.period, breaks)


def _beside_similar(mart: Mart, measure: Asked, compared: Compared, now: Wave, city: Composition) -> Compared:
    """The same comparison with what the similar districts of each area say together."""
    catalogue, areas = mart.catalogue, compared.found.areas
    others = {area: () if area == CITY else similar_districts(catalogue, area) for area in areas}
    asked = tuple(dict.fromkeys(other for found in others.values() for other in found))
    single = estimate(mart, measure, now.id, now.scale, asked, city) if asked else None
    silent = {other for other in asked if single is not None and not single.groups.answered[single.at(other)]}
    reasons = {
        area: why_none_similar(catalogue, area, [other for other in found if other in silent])
        for area, found in others.items()
        if area != CITY
    }
    joint = tuple(taken_together(found) or area for area, found in others.items())
    similar = estimate(mart, measure, now.id, now.scale, joint, city).groups
    return replace(compared, similar=similar, none_similar={area: why for area, why in reasons.items() if why})


def _off_scale(wave: Wave, areas: tuple[str, ...]) -> list[Row]:
    return [Row.without_value(area, wave.period, Status.not_collected, OTHER_SCALE) for area in areas]


def _rows(wave: Wave, found: Estimates) -> list[Row]:
    apart = _between_groups(found)
    return [row_of(wave, found, area, apart.get(area, "")) for area in found.areas]


def _between_groups(found: Estimates) -> dict[str, str]:
    """Of a gap between two groups of people: whether it is beyond chance, the districts of one wave as a family."""
    gaps = found.groups
    if not isinstance(gaps, Gaps):
        return {}
    shown = [place for place, area in enumerate(found.areas) if found.is_shown(area)]
    family = [place for place in shown if found.areas[place] != CITY]
    q = gaps.p.copy()
    q[family] = q_values(gaps.p[family])
    told = {}
    for place in shown:
        beyond = not gaps.lower[place] <= 0 <= gaps.upper[place] and q[place] <= FALSE_DISCOVERY_RATE
        smallest = number(float(gaps.detectable[place]), 1)
        said = "größer als Zufall" if beyond else "im Rahmen des Zufalls"
        told[found.areas[place]] = f"; Abstand {said} (erkennbar ab etwa {smallest} Punkten)"
    return told


def _silent(mart: Mart, areas: tuple[str, ...], found: Estimates, wave: Wave) -> tuple[str, ...]:
    """How many of those asked gave no valid answer, in the city or in the districts that were asked about."""
    if not found.missing_share:
        return ()
    places = () if CITY in areas else tuple(mart.catalogue.districts[area].name for area in areas)
    share = number(100 * found.missing_share, 1)
    where = ", ".join((wave.title, listing(places))) if places else wave.title
    return (f"{where}: {share}{THIN_SPACE}% der Befragten gaben auf diese Frage keine gültige Antwort.",)


def _of_city(cities: Mapping[str, Composition], now: Wave) -> tuple[str, ...]:
    """Of which waves the city was post-stratified, and whether the weights of this one could be checked."""
    told = (city.note for wave, city in cities.items() if wave == now.id or city.asked is not None)
    return tuple(note for note in told if note)


def _broken(mart: Mart, item: str, before: Wave, now: Wave) -> str | None:
    """Why two waves cannot be compared, or None."""
    if before.scale != now.scale:
        return "andere Antwortskala"
    if now.method_break:
        return now.method_break
    found = breaks_between(mart, before.period.end, now.period.end, items=(item,))
    return found[0][1] if found else None


def _breaks(mart: Mart, measure: Asked, shown: tuple[Wave, ...]) -> tuple[tuple[str, str], ...]:
    marked = []
    for before, now in pairwise(shown):
        if reason := _broken(mart, measure.item, before, now):
            marked.append((now.period.start.isoformat(), reason))
    return tuple(marked)
