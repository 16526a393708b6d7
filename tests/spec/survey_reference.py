"""Survey methods a second time, in plain Python: drawn samples by Taylor linearisation, and post-stratified values.

Person by person, written from the formulas and sharing nothing with the product but them.
"""

import math
from collections import defaultdict


def design_ratio(people, lonely="refuse"):
    """Ratio and variance. ``people`` : dicts with weight, above, below, inside, stratum, cluster and existing."""
    base = sum(one["weight"] * one["below"] for one in people if one["inside"])
    ratio = sum(one["weight"] * one["above"] for one in people if one["inside"]) / base
    scored = [
        one | {"score": one["inside"] * one["weight"] * (one["above"] - ratio * one["below"]) / base} for one in people
    ]
    return ratio, design_variance(scored, lonely)


def design_total(people, lonely="refuse"):
    """Total and variance."""
    scored = [one | {"score": one["inside"] * one["weight"] * one["above"]} for one in people]
    return sum(one["score"] for one in scored), design_variance(scored, lonely)


def design_variance(people, lonely):
    """Scores are added up by cluster; the clusters of a stratum are held against their mean."""
    clusters, existing = defaultdict(float), {}
    for one in people:
        clusters[one["stratum"], one["cluster"]] += one["score"]
        existing[one["stratum"]] = one["existing"]
    everywhere = sum(clusters.values()) / len(clusters)
    variance = 0.0
    for stratum, size in existing.items():
        inside = [total for (where, _), total in clusters.items() if where == stratum]
        left_out = 1 if size is None else 1 - len(inside) / size
        middle = sum(inside) / len(inside)
        if len(inside) == 1:
            assert lonely != "refuse"
            middle = everywhere if lonely == "centre" else inside[0]
        factor = len(inside) / (len(inside) - 1) if len(inside) > 1 else 1
        variance += left_out * factor * sum((total - middle) ** 2 for total in inside)
    return variance


def poststratified(people, inhabitants):
    """Share, or mean, of a group whose districts answer as they live, its variance and its effective answers.

    ``people`` : pairs of district and (weight, value), value None for those who are not in the group or gave no answer
    ``inhabitants`` : by district; a district nobody answered in does not count
    """
    asked = defaultdict(list)
    for district, person in people:
        asked[district].append(person)
    living = sum(inhabitants[district] for district in asked)
    above = below = 0.0
    parts = {}
    for district, persons in asked.items():
        weight = sum(one for one, _ in persons)
        share = inhabitants[district] / living
        in_group = sum(one for one, value in persons if value is not None) / weight
        reached = sum(one * value for one, value in persons if value is not None) / weight
        squares = sum(one * value * value for one, value in persons if value is not None) / weight
        effective = weight * weight / sum(one * one for one, _ in persons)
        above, below = above + share * reached, below + share * in_group
        parts[district] = (share, in_group, reached, squares, effective)
    value = above / below
    variance = spread = 0.0
    for share, in_group, reached, squares, effective in parts.values():
        # the score is value minus the overall one for those in the group, and 0 for the others
        mean = reached - value * in_group
        square = squares - 2 * value * reached + value * value * in_group
        variance += share * share * (square - mean * mean) / effective / below**2
        spread += share * square / below
    n = sum(value is not None for _, (_, value) in people)
    spreads = variance > 1e-12 * spread  # not where all of a district answer alike, but for rounding
    effective = min(n, spread / variance) if spreads else math.nan
    return value, variance, effective
