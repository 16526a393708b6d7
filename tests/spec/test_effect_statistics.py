"""Effects of measures: the vectorised methods against plain Python, on numbers that can be followed by hand."""

import math

import numpy as np
import pytest

from sipa_data.statistics import UnusableNumbers
from sipa_data.statistics.before_the_start import against_usual, pre_trend
from sipa_data.statistics.effects import harm_weighted, judged_log_ratio, ratio_of_ratios, weighted_displacement
from sipa_data.statistics.group_effects import attrition, difference_in_change, hedges_g, small_sample_correction
from sipa_data.statistics.odds_ratios import odds_ratio, pool_odds_ratios
from tests.spec import effects_reference as reference

close = pytest.approx


class TestDisplacementOfCases:
    @pytest.mark.parametrize(
        ("given", "more"),
        [
            (((100, 80), (100, 90)), {}),
            (((418, 292), (198, 188), (264, 390), (150, 140)), {}),
            (((80, 20), (100, 50)), {"times": (2, 1)}),
            (((80, 20), (100, 50), (30, 31), (7, 9)), {"times": (3, 2), "areas": (1.2, 0.9, 1.5, 1.6), "level": 0.95}),
        ],
    )
    def test_it_is_the_sum_of_all_differences_with_the_sum_of_all_counts_as_variance(self, given, more):
        weights = {"time_weights": more.get("times", (1, 1)), "area_weights": more.get("areas", (1, 1, 1, 1))}
        found = weighted_displacement(*given, **weights, confidence=more.get("level", 0.9))
        assert (found.total, found.total_error, found.z, found.lower, found.upper) == close(
            reference.wdd(*given, **more)
        )

    def test_twenty_fewer_here_and_ten_fewer_elsewhere_are_ten_fewer(self):
        # (80 − 100) − (90 − 100) = −10, error √370 = 19.235, reach 1.645 · 19.235 = 31.64
        found = weighted_displacement((100, 80), (100, 90))
        assert (found.local, found.total, found.z) == close((-10, -10, -10 / math.sqrt(370)))
        assert (found.lower, found.upper) == close((-41.6, 21.6), abs=0.05)
        assert (found.beside, found.beside_error) == (0, 0)

    def test_many_places_are_computed_at_once(self):
        found = weighted_displacement([(100, 80), (0, 0)], [(100, 90), (0, 0)])
        assert found.total.tolist() == [-10, 0]
        assert found.z[1] == 0

    @pytest.mark.parametrize("bad", [(-1, 2), (1.5, 2), (1, 2, 3), 5, (float("nan"), 1)])
    def test_bad_counts_are_refused(self, bad):
        with pytest.raises(UnusableNumbers):
            weighted_displacement(bad, (1, 1))

    @pytest.mark.parametrize("bad", [{"time_weights": (0, 1)}, {"area_weights": (1, 1)}, {"confidence": 1.0}])
    def test_bad_weights_are_refused(self, bad):
        with pytest.raises(UnusableNumbers):
            weighted_displacement((1, 2), (1, 2), **bad)


class TestRatioOfRatios:
    def test_the_centre_against_the_rest_of_the_city_2025(self):
        # 16,640 → 15,269 and 37,535 → 38,625: counting noise alone is sure of it, the usual swing is not
        rest = (54_175 - 16_640, 53_894 - 15_269)
        found = ratio_of_ratios(16_640, 15_269, *rest, [0, 0.047, 0.047], swings=[2, 2, 1])
        assert found.ratio == close(np.full(3, 0.892), abs=5e-4)
        assert (found.lower[0], found.upper[0]) == close((0.869, 0.915), abs=5e-4)
        assert found.z[1:] == close([-1.7, -2.3], abs=0.05)

    @pytest.mark.parametrize("counts", [(95, 32, 61, 56), (3, 0, 20, 18), (0, 0, 0, 0), (1000, 1000, 10, 20)])
    @pytest.mark.parametrize("sigma", [0.0, 0.1])
    def test_it_is_what_plain_python_gives_zeros_included(self, counts, sigma):
        found = ratio_of_ratios(*counts, sigma)
        assert (found.ratio, found.standard_error, found.lower, found.upper) == close(
            reference.ratio_of_ratios(*counts, sigma)
        )

    def test_a_swing_that_is_badly_known_widens_the_interval(self):
        known, guessed = ratio_of_ratios(500, 400, 500, 500, 0.1), ratio_of_ratios(500, 400, 500, 500, 0.1, 6)
        assert guessed.lower < known.lower
        assert guessed.p > known.p

    def test_nothing_uncertain_is_refused(self):
        with pytest.raises(UnusableNumbers):
            judged_log_ratio(0.1, 0.0, 0.0)


class TestBeforeTheStart:
    def test_without_swing_the_trend_is_the_weighted_straight_line(self):
        treated, control = (100, 120, 115, 150, 160), (90, 100, 95, 99, 102)
        logs = [math.log(t / c) for t, c in zip(treated, control, strict=True)]
        noise = [1 / t + 1 / c for t, c in zip(treated, control, strict=True)]
        slope, error = reference.weighted_slope(logs, noise)
        found = pre_trend(treated, control, 0.0)
        assert (found.trend.log_ratio, found.trend.standard_error) == close((slope, error))
        assert found.periods == 5

    def test_where_only_the_swing_counts_the_trend_is_the_mean_change(self):
        # from 1 : 1 to 1.21 : 1 in two steps: 10 % a year, each step with √(2·0.1²)
        million = 10**12
        found = pre_trend((million, 1.5 * million, 1.21 * million), (million,) * 3, 0.1)
        assert found.trend.ratio == close(1.1, rel=1e-6)
        assert found.trend.standard_error == close(math.sqrt(2 * 0.01 / 2), rel=1e-6)

    def test_two_periods_are_too_few_for_a_trend(self):
        found = pre_trend((10, 12), (10, 10), 0.1)
        assert (found.trend, found.periods, found.is_told) == (None, 2, False)

    def test_a_year_without_cases_does_not_break_it(self):
        assert np.isfinite(pre_trend((0, 3, 5), (4, 0, 6), 0.1).trend.ratio)

    def test_a_peak_is_measured_at_the_years_before_and_at_all_other_places(self):
        # usual: 122 of 1,220 in three years; 2,440 elsewhere this year would be 244, and 366 were counted
        usual, found = against_usual(366, (40, 42, 40), 2_440, (400, 420, 400), 0.05)
        assert usual == close(244)
        assert found.ratio == close(366 / 244)
        assert found.p < 0.05

    def test_what_is_usual_needs_three_years_and_something_to_measure_at(self):
        assert against_usual(50, (40, 42), 500, (400, 420), 0.05) is None
        assert against_usual(50, (40, 42, 40), 0, (0, 0, 0), 0.05) is None

    @pytest.mark.parametrize("call", [
        lambda: pre_trend((1, 2, 3), (1, 2), 0.1),
        lambda: pre_trend((1, 2, 3), (1, 2, 3), -0.1),
        lambda: against_usual(5, (1, 2, 3), 5, (1, 2), 0.1),
    ])  # fmt: skip
    def test_bad_series_are_refused(self, call):
        with pytest.raises(UnusableNumbers):
            call()


class TestGroups:
    @pytest.mark.parametrize("freedom", [2, 3, 10, 98])
    def test_the_correction_is_the_exact_one(self, freedom):
        assert small_sample_correction(freedom) == close(reference.correction(freedom))

    @pytest.mark.parametrize("groups", [(103, 5.5, 50, 100, 4.5, 50), (9.4, 3.2, 18, 6.1, 2.8, 18), (1, 0, 2, 3, 1, 3)])
    def test_hedges_g_is_what_plain_python_gives(self, groups):
        found = hedges_g(*groups)
        assert (found.g, found.standard_error) == close(reference.hedges_g(*groups))
        assert found.lower < found.g < found.upper

    def test_the_exact_interval_agrees_with_the_normal_one_in_large_groups(self):
        found = hedges_g(10.5, 2, 4000, 10, 2, 4000)
        assert (found.lower, found.upper) == close(
            (found.g - 1.96 * found.standard_error, found.g + 1.96 * found.standard_error), abs=1e-3
        )

    def test_a_difference_in_change_is_what_plain_python_gives(self):
        results = ((24.6, 14.9, 23.9, 20.7), (7.8, 8.1, 7.5, 8.2), (118, 86, 74, 52))
        found = difference_in_change(*results)
        assert (found.g, found.standard_error) == close(reference.difference_in_change(*results))

    def test_who_was_lost_is_told_for_each_group_with_the_difference(self):
        # 32 of 118 and 22 of 74
        found = attrition(118, 86, 74, 52)
        assert (found.treated, found.comparison, found.difference) == close((32 / 118, 22 / 74, 32 / 118 - 22 / 74))
        assert found.lower < 0 < found.upper

    @pytest.mark.parametrize("call", [
        lambda: hedges_g(1, 0, 10, 2, 0, 10),
        lambda: hedges_g(1, 1, 1, 2, 1, 10),
        lambda: hedges_g(float("nan"), 1, 10, 2, 1, 10),
        lambda: difference_in_change((1, 2, 3), (1, 1, 1), (5, 5, 5)),
        lambda: small_sample_correction(1),
        lambda: attrition(10, 12, 10, 8),
        lambda: attrition(0, 0, 10, 8),
    ])  # fmt: skip
    def test_groups_that_cannot_be_compared_are_refused(self, call):
        with pytest.raises(UnusableNumbers):
            call()


class TestOdds:
    @pytest.mark.parametrize("table", [(19, 46, 4, 35), (0, 20, 5, 20), (20, 20, 5, 20), (0, 10, 0, 10)])
    def test_an_odds_ratio_is_what_plain_python_gives_zeros_included(self, table):
        found = odds_ratio(*table)
        assert (found.ratio, found.lower, found.upper) == close(reference.odds_ratio(*table))

    def test_studies_are_pooled_as_plain_python_does(self):
        studies = [(12, 60, 20, 55), (3, 30, 9, 31), (40, 200, 41, 190)]
        found = pool_odds_ratios(*zip(*studies, strict=True))
        assert (found.ratio, found.lower, found.upper, found.q, found.i_squared) == close(
            reference.mantel_haenszel(studies)
        )
        assert (found.degrees_of_freedom, found.studies) == (2, 3)

    def test_a_study_in_which_nothing_happened_says_nothing(self):
        one = pool_odds_ratios([12], [60], [20], [55])
        assert pool_odds_ratios([12, 0], [60, 10], [20, 0], [55, 10]) == one
        assert (one.i_squared, one.q_p, one.studies) == (0, 1, 1)

    @pytest.mark.parametrize("tables", [([0], [10], [0], [10]), ([5], [10], [0], [10]), ([11], [10], [1], [10])])
    def test_studies_without_anything_to_compare_are_refused(self, tables):
        with pytest.raises(UnusableNumbers):
            pool_odds_ratios(*tables)


def test_harm_weighs_the_differences_of_several_offences():
    # 10·(−3) + 1·5 = −25; √(10²·2² + 1²·1²) = √401
    total, error, z, lower, upper = harm_weighted([-3, 5], [2, 1], [10, 1])
    assert (total, error, z) == close((-25, math.sqrt(401), -25 / math.sqrt(401)))
    assert lower + upper == close(2 * -25)
