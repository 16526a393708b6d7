"""The simulations of ``make soak`` in small, with a fixed seed: what they must show even in seconds."""

import numpy as np
import pytest

from soak import intervals, verdicts
from soak.__main__ import subjects
from soak.report import Line, put, table, taken
from soak.simulated import DISTRICT_SHARES, Swing, unchanged
from soak.surveys import Poll, waves


@pytest.fixture
def chance():
    return np.random.default_rng(20_260)


def test_the_exact_interval_of_a_count_covers_everywhere():
    assert intervals.coverage_of_counts(np.geomspace(0.05, 9, 300), 120).min() >= 0.95


def test_byars_interval_covers_from_ten_cases_on():
    assert intervals.coverage_of_counts(np.geomspace(9, 500, 300), 800).min() >= 0.949


def test_wilsons_interval_covers_on_average():
    share = np.linspace(0.02, 0.98, 49)
    found = [intervals.coverage_of_wilson(share, n) for n in (30, 150, 1_000)]
    assert np.mean(found) >= 0.94
    assert np.min(found) >= 0.90


def test_the_e_test_keeps_its_five_per_cent():
    assert max(intervals.rejection_of_e_test(mean) for mean in (1, 5, 20)) <= 0.055


def test_weights_cost_no_coverage_once_the_effective_size_is_used(chance):
    assert intervals.wilson_coverage(chance, 0.14, 150, 1.0, 3_000) >= 0.935
    assert intervals.newcombe_coverage(chance, (0.14, 0.2), (150, 300), 0.5, 2_000) >= 0.935


def test_means_and_standardised_rates_cover(chance):
    assert intervals.mean_coverage(chance, np.array([0.14, 0.41, 0.28, 0.12, 0.04, 0.01]), 100, 0.5, 3_000) >= 0.935
    assert intervals.standardised_coverage(chance, 50, 1.0, 5_000) >= 0.94


def test_an_unchanged_city_is_rarely_called_changed(chance):
    # 5 % of 400 are 20; more than 36 would come up once in 4,000 times
    assert verdicts.city_rate(chance, Swing(0.054), 1_600, 10, 400) <= 36 / 400


def test_a_test_that_knew_only_counting_noise_would_flag_half_of_them(chance):
    counts = unchanged(chance, Swing(0.054), np.array([54_000.0]), 2, 400)[:, 0]
    z = (counts[:, 1] - counts[:, 0]) / np.sqrt(counts.sum(axis=1))
    assert np.mean(np.abs(z) > 1.96) > 0.5


def test_districts_that_swing_on_their_own_are_rarely_called_changed(chance):
    # at most 10 % of 80 runs; more than 16 would come up once in 300 times
    tally, _ = verdicts.district_errors(chance, Swing(0.054, own=1.5), 54_000, 10, 80)
    assert tally.false_discovery_rate <= 16 / 80
    assert tally.rate <= 0.05


def test_a_large_change_of_a_large_city_is_found(chance):
    assert verdicts.city_rate(chance, Swing(0.04), 54_000, 16, 60, 1.4) >= 0.9


def test_what_a_verdict_calls_recognisable_is_found_four_times_in_five(chance):
    assert 0.65 <= verdicts.promise_kept(chance, 0.054, 1_600, 200) <= 0.92


def test_a_simulated_wave_has_a_verdict_for_the_city_and_for_every_district(chance):
    found = waves(chance, Poll(0.14, 8_000, 0.5), "previous")
    assert len(found) == 1 + DISTRICT_SHARES.size


def test_every_subject_can_be_run():
    assert {"intervals", "verdicts", "verdict_examples", "crashes"} <= set(subjects())


def test_what_was_measured_goes_between_its_marks_and_nowhere_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("vorher\n<!-- a -->\nalt\n<!-- /a -->\nnachher\n", encoding="utf-8")
    body = table([Line("Abdeckung", "95 %", "≥ 95 %", reaches=True), Line("Macht", "80 %")])
    assert put("a", body, page)
    assert taken("a", page) == body
    assert page.read_text(encoding="utf-8").startswith("vorher\n<!-- a -->")
    assert page.read_text(encoding="utf-8").endswith("<!-- /a -->\nnachher\n")
    assert not put("b", body, page)
