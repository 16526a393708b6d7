"""Effects a second time, in plain Python: no numpy, no scipy. Written from the formulas, sharing nothing but them."""

import math

from tests.spec.reference import normal_quantile


def wdd(treated, control, beside_treated=(0, 0), beside_control=(0, 0), times=(1, 1), areas=(1, 1, 1, 1), level=0.9):
    """Total, error, z, lower, upper of the weighted displacement difference."""
    total = variance = 0.0
    for sign, counts, area in zip(
        (1, -1, 1, -1), (treated, control, beside_treated, beside_control), areas, strict=True
    ):
        for side, count, length in zip((-1, 1), counts, times, strict=True):
            total += sign * side * count / (area * length)
            variance += count / (area * length) ** 2
    error = math.sqrt(variance)
    reach = normal_quantile(level) * error
    return total, error, total / error if error else 0.0, total - reach, total + reach


def ratio_of_ratios(t0, t1, c0, c1, sigma, swings=2, level=0.95):
    """Ratio, standard error of its logarithm, lower, upper, with sigma known exactly."""
    if 0 in (t0, t1, c0, c1):
        t0, t1, c0, c1 = (count + 0.5 for count in (t0, t1, c0, c1))
    log = math.log(t1 / t0) - math.log(c1 / c0)
    error = math.sqrt(1 / t0 + 1 / t1 + 1 / c0 + 1 / c1 + swings * sigma * sigma)
    reach = normal_quantile(level) * error
    return math.exp(log), error, math.exp(log - reach), math.exp(log + reach)


def weighted_slope(values, variances):
    """Slope of the straight line with known, independent variances, and its standard error."""
    weights = [1 / variance for variance in variances]
    total = sum(weights)
    when = sum(weight * at for at, weight in enumerate(weights)) / total
    height = sum(weight * value for weight, value in zip(weights, values, strict=True)) / total
    spread = sum(weight * (at - when) ** 2 for at, weight in enumerate(weights))
    crossed = sum(w * (at - when) * (value - height) for at, (w, value) in enumerate(zip(weights, values, strict=True)))
    return crossed / spread, math.sqrt(1 / spread)


def correction(freedom):
    """Hedges' J, from the gamma function itself as long as a float holds it, and from its logarithm then."""
    if freedom < 300:
        return math.gamma(freedom / 2) / (math.sqrt(freedom / 2) * math.gamma((freedom - 1) / 2))
    return math.exp(math.lgamma(freedom / 2) - math.lgamma((freedom - 1) / 2)) / math.sqrt(freedom / 2)


def hedges_g(mean1, spread1, n1, mean2, spread2, n2):
    """g and its standard error."""
    pooled = math.sqrt(((n1 - 1) * spread1**2 + (n2 - 1) * spread2**2) / (n1 + n2 - 2))
    d = (mean1 - mean2) / pooled
    j = correction(n1 + n2 - 2)
    return j * d, j * math.sqrt((n1 + n2) / (n1 * n2) + d * d / (2 * (n1 + n2)))


def difference_in_change(means, spreads, sizes):
    """g of two changes and its standard error; treated before and after, comparison before and after."""
    t0, t1, c0, c1 = means
    freedom = sizes[0] + sizes[2] - 2
    pooled2 = ((sizes[0] - 1) * spreads[0] ** 2 + (sizes[2] - 1) * spreads[2] ** 2) / freedom
    d = ((t1 - t0) - (c1 - c0)) / math.sqrt(pooled2)
    noise = sum(spread * spread / size for spread, size in zip(spreads, sizes, strict=True)) / pooled2
    j = correction(freedom)
    return j * d, j * math.sqrt(noise + d * d / (2 * freedom))


def odds_ratio(events1, n1, events2, n2, level=0.95):
    """Odds ratio, lower, upper; ½ in each cell where one of them is empty."""
    a, b, c, d = events1, n1 - events1, events2, n2 - events2
    if 0 in (a, b, c, d):
        a, b, c, d = (cell + 0.5 for cell in (a, b, c, d))
    log = math.log(a * d / (b * c))
    reach = normal_quantile(level) * math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return math.exp(log), math.exp(log - reach), math.exp(log + reach)


def mantel_haenszel(studies, level=0.95):
    """Pooled odds ratio, lower, upper, Q, I²; studies are (events, persons, events, persons)."""
    r = s = pr = ps_qr = qs = 0.0
    for events1, n1, events2, n2 in studies:
        a, b, c, d, n = events1, n1 - events1, events2, n2 - events2, n1 + n2
        one, other, p = a * d / n, b * c / n, (a + d) / n
        r, s = r + one, s + other
        pr, ps_qr, qs = pr + p * one, ps_qr + p * other + (1 - p) * one, qs + (1 - p) * other
    log = math.log(r / s)
    reach = normal_quantile(level) * math.sqrt(pr / (2 * r * r) + ps_qr / (2 * r * s) + qs / (2 * s * s))
    q = 0.0
    for study in studies:
        ratio, lower, upper = odds_ratio(*study)
        error = (math.log(upper) - math.log(lower)) / (2 * normal_quantile(0.95))
        q += ((math.log(ratio) - log) / error) ** 2
    freedom = len(studies) - 1
    return math.exp(log), math.exp(log - reach), math.exp(log + reach), q, max(0.0, (q - freedom) / q) if q else 0.0
