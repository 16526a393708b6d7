"""What does the number mean? Pure functions, arrays in, arrays out, each with its source in the literature."""

from sipa_data.statistics.change import (
    Change,
    UsualSwing,
    overdispersed_change,
    shrunk_sigma,
    swing_of_spans,
    usual_swing,
)
from sipa_data.statistics.checks import UnusableNumbers
from sipa_data.statistics.combined import difference_of_estimates, share_difference_p
from sipa_data.statistics.counts import count_interval, poisson_z, rate_interval
from sipa_data.statistics.e_test import e_test
from sipa_data.statistics.means import (
    MeanEstimates,
    detectable_mean_difference,
    mean_difference,
    mean_from_sums,
)
from sipa_data.statistics.multiplicity import FALSE_DISCOVERY_RATE, q_values
from sipa_data.statistics.proportions import (
    ShareEstimates,
    design_effect,
    detectable_difference,
    effective_size,
    newcombe_difference,
    share_from_sums,
    weighted_share,
    weighted_shares_by_group,
    wilson_interval,
)
from sipa_data.statistics.publishability import mean_publishability, publishability

__all__ = [
    "FALSE_DISCOVERY_RATE",
    "Change",
    "MeanEstimates",
    "ShareEstimates",
    "UnusableNumbers",
    "UsualSwing",
    "count_interval",
    "design_effect",
    "detectable_difference",
    "detectable_mean_difference",
    "difference_of_estimates",
    "e_test",
    "effective_size",
    "mean_difference",
    "mean_from_sums",
    "mean_publishability",
    "newcombe_difference",
    "overdispersed_change",
    "poisson_z",
    "publishability",
    "q_values",
    "rate_interval",
    "share_difference_p",
    "share_from_sums",
    "shrunk_sigma",
    "swing_of_spans",
    "usual_swing",
    "weighted_share",
    "weighted_shares_by_group",
    "wilson_interval",
]
