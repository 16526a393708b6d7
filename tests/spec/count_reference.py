"""What counts and rates need a second time, in plain Python, beside ``reference``: see there."""

import math
from statistics import NormalDist

from tests.spec import reference


def detectable_count(before, sigma, freedom, upwards, power=0.8):
    """The count that solves ln(ratio) = (t + normal quantile)·√(1/before + 1/after + σ²), found by halving."""
    noise = 2 / before
    known = math.inf if sigma == 0 or freedom is None else freedom * (1 + noise / sigma**2)
    reach = reference.t_quantile(known) + NormalDist().inv_cdf(power)

    def beyond(distance):
        after = before * math.exp(distance if upwards else -distance)
        return distance - reach * math.sqrt(1 / before + 1 / after + sigma * sigma)

    distance = reference.halve(beyond, 0.0, 20.0 if upwards else 1.5)
    return before * math.exp(distance if upwards else -distance)


def sigma_of_places(prior, table, left_out=()):
    """Usual swing of districts: weighted by what each change says, the prior as heavy as six of them."""
    weights, squares, years = [], [], set()
    for counts in table:
        for place in range(len(counts) - 1):
            before, after = counts[place], counts[place + 1]
            if place not in left_out and before > 0 and after > 0:
                noise = 1 / before + 1 / after
                weights.append(1 / (noise + prior * prior) ** 2)
                squares.append(math.log(after / before) ** 2 - noise)
                years.add(place)
    if len(weights) < 6:
        return prior, 6
    own = max(sum(w * s for w, s in zip(weights, squares, strict=True)) / sum(weights), 0.0)
    effective = sum(weights) ** 2 / sum(w * w for w in weights)
    return math.sqrt((6 * prior * prior + effective * own) / (6 + effective)), max(len(years), 6)


def standardised_rate(counts, people, standard, per=100_000):
    """Dobson: the interval of the sum of all cases, stretched to the weighted rate."""
    total, norms = sum(counts), sum(standard)
    rate = variance = 0.0
    for count, living, norm in zip(counts, people, standard, strict=True):
        weight = norm / norms / living
        rate += weight * count
        variance += weight * weight * count
    lower, upper = reference.count_interval(total)
    stretch = math.sqrt(variance / total)
    return per * rate, per * (rate + stretch * (lower - total)), per * (rate + stretch * (upper - total))
