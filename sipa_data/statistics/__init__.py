"""What does the number mean? Pure functions, arrays in, arrays out, each with its source in the literature."""

from sipa_data.statistics.before_the_start import PreTrend, against_usual, pre_trend
from sipa_data.statistics.change import (
    Change,
    UsualSwing,
    overdispersed_change,
    shrunk_sigma,
    shrunk_sigma_of_places,
    swing_of_spans,
    usual_swing,
)
from sipa_data.statistics.checks import UnusableNumbers
from sipa_data.statistics.combined import (
    detectable_from_intervals,
    difference_of_estimates,
    interval_p,
    share_difference_p,
)
from sipa_data.statistics.counts import count_interval, poisson_z, rate_interval
from sipa_data.statistics.designs import (
    Design,
    DesignEstimates,
    design_means,
    design_ratios,
    design_shares,
    design_totals,
    sample_design,
)
from sipa_data.statistics.e_test import e_test
from sipa_data.statistics.early_signals import Signals, early_signals
from sipa_data.statistics.effects import (
    Displacement,
    RatioOfRatios,
    harm_weighted,
    ratio_of_ratios,
    weighted_displacement,
)
from sipa_data.statistics.funnel import (
    binomial_limits,
    count_scores,
    lies_outside,
    overdispersion,
    poisson_limits,
    share_limits,
    share_scores,
)
from sipa_data.statistics.group_effects import (
    Attrition,
    StandardisedDifference,
    attrition,
    difference_in_change,
    hedges_g,
)
from sipa_data.statistics.means import (
    MeanEstimates,
    detectable_mean_difference,
    mean_difference,
    mean_from_sums,
)
from sipa_data.statistics.multiplicity import FALSE_DISCOVERY_RATE, q_values
from sipa_data.statistics.odds_ratios import OddsRatio, PooledOdds, odds_ratio, pool_odds_ratios
from sipa_data.statistics.poststratification import (
    Answered,
    Asked,
    Misplaced,
    misplaced_weight,
    post_strata,
    poststratified_means,
    poststratified_shares,
)
from sipa_data.statistics.power import Detectable, detectable_change
from sipa_data.statistics.proportions import (
    ShareEstimates,
    design_effect,
    detectable_difference,
    effective_size,
    newcombe_difference,
    share_from_sums,
    size_that_detects,
    weighted_share,
    weighted_shares_by_group,
    wilson_interval,
)
from sipa_data.statistics.publishability import mean_publishability, publishability
from sipa_data.statistics.smoothing import Shrunk, shrunk_values, smoothed
from sipa_data.statistics.standardisation import FEWEST_FOR_STANDARDISATION, directly_standardised_rate
from sipa_data.statistics.trend import Trend, log_linear_trend, seasonal_range, since_last_break, usual_range

__all__ = [
    "FALSE_DISCOVERY_RATE",
    "FEWEST_FOR_STANDARDISATION",
    "Answered",
    "Asked",
    "Attrition",
    "Change",
    "Design",
    "DesignEstimates",
    "Detectable",
    "Displacement",
    "MeanEstimates",
    "Misplaced",
    "OddsRatio",
    "PooledOdds",
    "PreTrend",
    "RatioOfRatios",
    "ShareEstimates",
    "Shrunk",
    "Signals",
    "StandardisedDifference",
    "Trend",
    "UnusableNumbers",
    "UsualSwing",
    "against_usual",
    "attrition",
    "binomial_limits",
    "count_interval",
    "count_scores",
    "design_effect",
    "design_means",
    "design_ratios",
    "design_shares",
    "design_totals",
    "detectable_change",
    "detectable_difference",
    "detectable_from_intervals",
    "detectable_mean_difference",
    "difference_in_change",
    "difference_of_estimates",
    "directly_standardised_rate",
    "e_test",
    "early_signals",
    "effective_size",
    "harm_weighted",
    "hedges_g",
    "interval_p",
    "lies_outside",
    "log_linear_trend",
    "mean_difference",
    "mean_from_sums",
    "mean_publishability",
    "misplaced_weight",
    "newcombe_difference",
    "odds_ratio",
    "overdispersed_change",
    "overdispersion",
    "poisson_limits",
    "poisson_z",
    "pool_odds_ratios",
    "post_strata",
    "poststratified_means",
    "poststratified_shares",
    "pre_trend",
    "publishability",
    "q_values",
    "rate_interval",
    "ratio_of_ratios",
    "sample_design",
    "seasonal_range",
    "share_difference_p",
    "share_from_sums",
    "share_limits",
    "share_scores",
    "shrunk_sigma",
    "shrunk_sigma_of_places",
    "shrunk_values",
    "since_last_break",
    "size_that_detects",
    "smoothed",
    "swing_of_spans",
    "usual_range",
    "usual_swing",
    "weighted_displacement",
    "weighted_share",
    "weighted_shares_by_group",
    "wilson_interval",
]
