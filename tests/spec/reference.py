"""The methods a second time, in plain Python: no numpy, no scipy, no cleverness. What the spec tables are held against.

Written from the formulas, slow on purpose, and sharing nothing with the product but the formulas.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

STEPS = 2000
"""Intervals of Simpson's rule: the t distribution to more digits than any test asks for."""


@dataclass(frozen=True)
class Share:
    """A weighted share in [0, 1] with its Wilson interval, valid answers and effective answers."""

    share: float
    lower: float
    upper: float
    n: int
    n_effective: float


def share(counted, weights, confidence=0.95):
    """From valid answers: whether each counts, and its weight."""
    weight = weight_squared = counted_weight = 0.0
    for counts, one_weight in zip(counted, weights, strict=True):
        weight += one_weight
        weight_squared += one_weight * one_weight
        counted_weight += one_weight * (1 if counts else 0)
    n_effective = weight * weight / weight_squared
    value = counted_weight / weight
    return Share(value, *wilson(value, n_effective, confidence), len(counted), n_effective)


def difference(first, second, confidence=0.95):
    """Share minus Share: difference, lower, upper."""
    return newcombe(first.share, first.n_effective, second.share, second.n_effective, confidence)


@dataclass(frozen=True)
class Mean:
    """A weighted mean with its interval, the variance of the mean, valid answers and effective answers."""

    mean: float
    lower: float
    upper: float
    variance: float
    n: int
    n_effective: float


def mean(values, weights, lowest, highest, confidence=0.95):
    """From valid answers as numbers and their weights; the interval is cut at the ends of the scale."""
    total = sum(weights)
    middle = sum(value * weight for value, weight in zip(values, weights, strict=True)) / total
    spread = sum(weight * (value - middle) ** 2 for value, weight in zip(values, weights, strict=True)) / total
    n_effective = total * total / sum(weight * weight for weight in weights)
    variance = spread / (n_effective - 1)
    reach = t_quantile(n_effective - 1, confidence) * math.sqrt(variance)
    lower, upper = max(lowest, middle - reach), min(highest, middle + reach)
    return Mean(middle, lower, upper, variance, len(values), n_effective)


def welch(first, second, confidence=0.95):
    """Mean minus Mean: difference, lower, upper, p."""
    variance = first.variance + second.variance
    parts = first.variance**2 / (first.n_effective - 1) + second.variance**2 / (second.n_effective - 1)
    freedom = variance * variance / parts
    apart = first.mean - second.mean
    reach = t_quantile(freedom, confidence) * math.sqrt(variance)
    return apart, apart - reach, apart + reach, 2 * t_upper_tail(abs(apart) / math.sqrt(variance), freedom)


def swing_of_spans(sigma, years):
    """Two averages of so many years hold the yearly changes with the weights 1/k, 2/k, …, 1, …, 1/k."""
    rising = [step / years for step in range(1, years + 1)]
    return sigma * math.sqrt(sum(weight * weight for weight in rising + rising[-2::-1]))


def wilson(p, n_effective, confidence=0.95):
    z = normal_quantile(confidence)
    centre = p + z * z / (2 * n_effective)
    half = z * math.sqrt(p * (1 - p) / n_effective + z * z / (4 * n_effective * n_effective))
    widened = 1 + z * z / n_effective
    return max(0.0, (centre - half) / widened), min(1.0, (centre + half) / widened)


def newcombe(share1, n1, share2, n2, confidence=0.95):
    """Difference, lower, upper."""
    lower1, upper1 = wilson(share1, n1, confidence)
    lower2, upper2 = wilson(share2, n2, confidence)
    apart = share1 - share2
    return (
        apart,
        apart - math.sqrt((share1 - lower1) ** 2 + (upper2 - share2) ** 2),
        apart + math.sqrt((upper1 - share1) ** 2 + (share2 - lower2) ** 2),
    )


def detectable(p, n1, n2, power=0.8):
    quantiles = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(power)
    return quantiles * math.sqrt(p * (1 - p) * (1 / n1 + 1 / n2))


def publishability(p, answers, n_effective, lower, upper):
    if answers < 30 or n_effective < 30 or upper - lower > 0.30:
        return "unreliable"
    if upper - lower > 0.05 and upper - lower > 1.3 * p:
        return "unreliable"
    return "limited" if answers < 100 else "ok"


def count_interval(count, confidence=0.95):
    """Exact below 10 (solved by halving from the Poisson sums themselves), Byar from 10 on."""
    tail = (1 - confidence) / 2
    if count < 10:
        lower = 0.0 if count == 0 else halve(lambda mean: poisson_at_least(count, mean) - tail, 0.0, 60.0)
        upper = halve(lambda mean: tail - poisson_at_most(count, mean), 0.0, 60.0)
        return lower, upper
    z = normal_quantile(confidence)
    more = count + 1
    return (
        count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3,
        more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3,
    )


def rate(count, denominator, per=100_000, confidence=0.95):
    """Rate, lower, upper."""
    lower, upper = count_interval(count, confidence)
    return count * per / denominator, lower * per / denominator, upper * per / denominator


def clearance(cleared, cases):
    """In per cent; None where nothing was recorded."""
    return 100 * cleared / cases if cases else None


def poisson_z(before, after):
    return 0.0 if before + after == 0 else (after - before) / math.sqrt(after + before)


def e_test(count1, count2, exposure1=1.0, exposure2=1.0, apart=0.0, reach=400):
    """The double sum over all outcomes up to ``reach``, Krishnamoorthy & Thomson (2004), with pooled variances."""
    seen = _standardised(count1, count2, exposure1, exposure2, apart)
    if count1 + count2 == 0 and apart == 0:
        return 1.0
    mean2 = (count1 + count2 - apart * exposure1) / (exposure1 + exposure2)
    first = poisson_probabilities(exposure1 * (mean2 + apart), reach)
    second = poisson_probabilities(exposure2 * mean2, reach)
    total = 0.0
    for outcome1, probability1 in enumerate(first):
        for outcome2, probability2 in enumerate(second):
            both_zero = outcome1 == 0 and outcome2 == 0
            if not both_zero and _standardised(outcome1, outcome2, exposure1, exposure2, apart) >= seen * (1 - 1e-12):
                total += probability1 * probability2
    return total


def change(before, after, sigma, degrees_of_freedom=None, exposure_before=1.0, exposure_after=1.0, confidence=0.95):
    """Log ratio of the rates, z, p, lower, upper for two counts of at least 10: both yardsticks together."""
    noise = 1 / after + 1 / before
    error = math.sqrt(noise + sigma * sigma)
    log_ratio = math.log((after / exposure_after) / (before / exposure_before))
    freedom = math.inf
    if degrees_of_freedom is not None and sigma * sigma > noise * 1e-9:
        freedom = degrees_of_freedom * (1 + noise / (sigma * sigma))
    reach = t_quantile(freedom, confidence) * error
    z = log_ratio / error
    return log_ratio, z, 2 * t_upper_tail(abs(z), freedom), math.exp(log_ratio - reach), math.exp(log_ratio + reach)


def sigma(prior, yearly_counts, left_out=()):
    """Usual swing and its degrees of freedom: six transitions' worth of prior, from six own transitions on."""
    squares = []
    for place in range(len(yearly_counts) - 1):
        before, after = yearly_counts[place], yearly_counts[place + 1]
        if place not in left_out and before > 0 and after > 0:
            squares.append(math.log(after / before) ** 2 - 1 / before - 1 / after)
    if len(squares) < 6:
        return prior, 6
    own = max(sum(squares) / len(squares), 0.0)
    return math.sqrt((6 * prior * prior + len(squares) * own) / (6 + len(squares))), 6 + len(squares)


def q_values(p_values):
    """Benjamini–Hochberg: from the largest p down, p·m/rank, never above the one before."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place], reverse=True)
    q, smallest = [0.0] * len(p_values), 1.0
    for steps, place in enumerate(order):
        smallest = min(smallest, p_values[place] * len(p_values) / (len(p_values) - steps))
        q[place] = smallest
    return q


def t_quantile(freedom, confidence=0.95):
    tail = (1 - confidence) / 2
    if freedom > 1e6:
        return normal_quantile(confidence)
    return halve(lambda t: tail - t_upper_tail(t, freedom), 0.0, 200.0)


def normal_quantile(confidence):
    return NormalDist().inv_cdf((1 + confidence) / 2)


def t_upper_tail(t, freedom):
    """P(T > t) for t >= 0, the density integrated with Simpson's rule; from a million degrees on, the normal one."""
    if freedom > 1e6:
        return 1 - NormalDist().cdf(t)
    scale = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - 0.5 * math.log(freedom * math.pi)
    width = t / STEPS
    total = 0.0
    for step in range(STEPS + 1):
        weight = 1 if step in (0, STEPS) else 4 if step % 2 else 2
        total += weight * math.exp(scale - (freedom + 1) / 2 * math.log1p((step * width) ** 2 / freedom))
    return 0.5 - total * width / 3


def poisson_probabilities(mean, reach):
    """P(X = 0), …, P(X = reach)."""
    if mean == 0:
        return [1.0] + [0.0] * reach
    return [math.exp(outcome * math.log(mean) - mean - math.lgamma(outcome + 1)) for outcome in range(reach + 1)]


def poisson_at_most(count, mean):
    return math.fsum(poisson_probabilities(mean, count))


def poisson_at_least(count, mean):
    return 1 - math.fsum(poisson_probabilities(mean, count - 1))


def halve(function, low, high):
    """Where an increasing function crosses zero."""
    for _ in range(200):
        middle = (low + high) / 2
        if function(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _standardised(count1, count2, exposure1, exposure2, apart):
    """How far both rates are from ``apart``, in units of the spread that they have in common."""
    distance = abs(count1 / exposure1 - count2 / exposure2 - apart)
    return 0.0 if distance == 0 else distance / math.sqrt((count1 + count2) / (exposure1 + exposure2))
