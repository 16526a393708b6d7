"""Areas beside each other and early signals a second time, in plain Python: loops, no numpy, no scipy."""

import math

from tests.spec.reference import normal_quantile, t_quantile

# --- funnel ---------------------------------------------------------------------------------------------------------


def poisson_quantile(probability, mean):
    """The smallest count whose cumulated probability reaches ``probability``."""
    if mean == 0:
        return 0
    count = max(0, math.floor(mean - 12 * math.sqrt(mean)))  # below there is nothing that a float could add
    total = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    while total < probability * (1 - 1e-12):
        count += 1
        total += math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    return count


def poisson_limits(centre, exposure, confidence, per=100_000, phi=1.0):
    """Limits of a rate; the distance from the centre grows by √φ where φ is above 1."""
    expected = centre * exposure / per
    tail = (1 - confidence) / 2
    lower = poisson_quantile(tail, expected) * per / exposure
    upper = poisson_quantile(1 - tail, expected) * per / exposure
    factor = math.sqrt(max(phi, 1.0))
    return max(0.0, centre - factor * (centre - lower)), centre + factor * (upper - centre)


def overdispersion(scores, share):
    """Scores beyond the quantiles at both ends are set to them; then the mean square."""
    low, high = quantile(scores, share), quantile(scores, 1 - share)
    return sum(min(max(score, low), high) ** 2 for score in scores) / len(scores)


def quantile(values, probability):
    """Between the two neighbours in order, as most programs do (type 7)."""
    ordered = sorted(values)
    place = probability * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


# --- smoothing ------------------------------------------------------------------------------------------------------


def fay_herriot(estimates, variances):
    """Centre, σ² by halving, smoothed values."""

    def centre(between):
        weights = [1 / (between + variance) for variance in variances]
        return sum(w * y for w, y in zip(weights, estimates, strict=True)) / sum(weights)

    def excess(between):
        middle = centre(between)
        return sum((y - middle) ** 2 / (between + v) for y, v in zip(estimates, variances, strict=True)) - (
            len(estimates) - 1
        )

    between = 0.0
    if excess(0.0) > 0:
        low, high = 0.0, len(estimates) * (max(estimates) - min(estimates)) ** 2
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if excess(middle) > 0 else (low, middle)
        between = (low + high) / 2
    shared = centre(between)
    values = []
    for estimate, variance in zip(estimates, variances, strict=True):
        weight = between / (between + variance)
        values.append(weight * estimate + (1 - weight) * shared)
    return shared, between, values


# --- trend and early signals ----------------------------------------------------------------------------------------


def log_linear(counts, times, weights, exposures, with_slope):
    """Level, slope and their covariance by Newton's method, one series."""
    total = sum(w * size for w, size in zip(weights, exposures, strict=True))
    level = math.log(sum(w * y for w, y in zip(weights, counts, strict=True)) / total)
    slope = 0.0
    for _ in range(100):
        s0 = s1 = s2 = g0 = g1 = 0.0
        for y, t, w, size in zip(counts, times, weights, exposures, strict=True):
            mean = size * math.exp(level + slope * t)
            s0, s1, s2 = s0 + w * mean, s1 + w * mean * t, s2 + w * mean * t * t
            g0, g1 = g0 + w * (y - mean), g1 + w * (y - mean) * t
        if with_slope:
            determinant = s0 * s2 - s1 * s1
            level += (s2 * g0 - s1 * g1) / determinant
            slope += (s0 * g1 - s1 * g0) / determinant
            covariance = (s2 / determinant, -s1 / determinant, s0 / determinant)
        else:
            level += g0 / s0
            covariance = (1 / s0, 0.0, 0.0)
    return level, slope, covariance


def dispersion(counts, means, weights, parameters):
    used = sum(1 for weight in weights if weight > 0)
    pearson = sum(w * (y - m) ** 2 / m for y, m, w in zip(counts, means, weights, strict=True))
    return max(pearson / (used - parameters), 1.0)


def trend(counts, times):
    """Factor per unit of time, lower, upper, φ."""
    ones = [1.0] * len(counts)
    middle = sum(times) / len(times)
    centred = [time - middle for time in times]
    level, slope, covariance = log_linear(counts, centred, ones, ones, with_slope=True)
    means = [math.exp(level + slope * time) for time in centred]
    phi = dispersion(counts, means, ones, 2)
    reach = t_quantile(len(counts) - 2) * math.sqrt(phi * covariance[2])
    return math.exp(slope), math.exp(slope - reach), math.exp(slope + reach), phi


def expected_month(earlier, years_back, swing, probability=0.995, *, with_slope=True):
    """Mean and variance of a month's count, and φ, from the same season of earlier years."""
    middle = sum(years_back) / len(years_back)
    times = [middle - back for back in years_back]
    ones = [1.0] * len(earlier)
    weights, parameters = ones, 2 if with_slope else 1
    for last in (False, False, False, False, True):
        level, slope, (v0, v01, v1) = log_linear(earlier, times, weights, ones, with_slope)
        means = [math.exp(level + slope * time) for time in times]
        phi = dispersion(earlier, means, weights, parameters)
        if last:
            break
        residuals = [1.5 * (y ** (2 / 3) * m ** (-1 / 6) - math.sqrt(m)) for y, m in zip(earlier, means, strict=True)]
        scatter = max(quantile([abs(one) for one in residuals], 0.5) / 0.6745, 1.0)
        righted = []
        for plain, m, t, w in zip(residuals, means, times, weights, strict=True):
            leverage = w * m * (v0 + 2 * t * v01 + t * t * v1)
            residual = plain / (scatter * math.sqrt(1 - leverage))
            righted.append(1.0 if residual <= 2.58 else (2.58 / residual) ** 2)
        weights = [weight * len(righted) / sum(righted) for weight in righted]
    mean = math.exp(level + slope * middle)
    of_log = v0 + 2 * middle * v01 + middle * middle * v1
    freedom = len(earlier) - parameters
    careful = phi * (t_quantile(freedom, 2 * probability - 1) / normal_quantile(2 * probability - 1)) ** 2
    capped = min(mean, max(earlier))
    return capped, careful * (mean + of_log * mean * mean) + (swing * capped) ** 2, phi


def negative_binomial_at_least(count, mean, variance):
    """P(X >= count) of a negative binomial count with this mean and variance, term by term."""
    size = mean * mean / (variance - mean)
    share = mean / variance
    below = 0.0
    for outcome in range(count):
        below += math.exp(
            math.lgamma(outcome + size) - math.lgamma(size) - math.lgamma(outcome + 1)
            + size * math.log(share) + outcome * math.log1p(-share)
        )  # fmt: skip
    return 1 - below
