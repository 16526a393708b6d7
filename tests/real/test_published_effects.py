"""Published evaluations, row by row: displacement differences, and the trials of „Scared Straight“."""

import csv
from pathlib import Path

import pytest

from sipa_data.statistics.effects import harm_weighted, weighted_displacement
from sipa_data.statistics.group_effects import hedges_g
from sipa_data.statistics.odds_ratios import odds_ratio, pool_odds_ratios

REAL = Path(__file__).parents[2].parent / "shared" / "real" / "prevention"
needs_files = pytest.mark.skipif(not REAL.is_dir(), reason="the folder with real data is not there")
pytestmark = pytest.mark.real


def rows(name):
    path = REAL / name
    return list(csv.DictReader(path.open(encoding="utf-8"))) if path.is_file() else []


@needs_files
@pytest.mark.parametrize("row", rows("wdd_cases.csv"), ids=lambda row: row["case"])
def test_every_published_displacement_difference_is_met(row):
    def pair(name):
        return int(row[f"{name}_pre"]), int(row[f"{name}_post"])

    control, treated, beside_control, beside = map(float, row["area_weights_c_t_dc_dt"].split(";"))
    found = weighted_displacement(
        pair("treated"), pair("control"), pair("disp_treated"), pair("disp_control"),
        time_weights=(float(row["time_weight_pre"]), float(row["time_weight_post"])),
        area_weights=(treated, control, beside, beside_control), confidence=1 - float(row["alpha"]),
    )  # fmt: skip
    printed = {
        "est_local": found.local, "se_local": found.local_error, "est_displacement": found.beside,
        "est_total": found.total, "se_total": found.total_error, "z": found.z, "ci_low": found.lower,
        "ci_high": found.upper,
    }  # fmt: skip
    stated = {name: row[name] for name in printed if row[name]}
    assert stated
    for name, text in stated.items():
        digits = len(text.partition(".")[2])
        assert float(printed[name]) == pytest.approx(float(text), abs=0.5 * 10**-digits if digits < 9 else 1e-9)


def test_the_example_of_the_paper():
    # Wheeler & Ratcliffe (2018), Crime Science 7:11: −118, √1568, z −2.98, 95 % −196 to −40
    found = weighted_displacement((207, 110), (308, 318), (178, 157), (150, 140), confidence=0.95)
    assert (found.total, found.total_error**2) == pytest.approx((-118, 1568))
    assert (round(float(found.z), 2), round(float(found.lower)), round(float(found.upper))) == (-2.98, -196, -40)


def test_the_example_with_areas_of_different_size():
    # andrewpwheeler.com, 23 February 2021
    found = weighted_displacement(
        (207, 110), (308, 318), (178, 157), (150, 140), area_weights=(1.2, 0.9, 1.5, 1.6), confidence=0.95
    )
    assert (found.total, found.total_error, found.z, found.lower, found.upper) == pytest.approx(
        (-99.69444444, 35.4280755, -2.813995483, -169.1321965, -30.25669241)
    )


def test_the_example_weighted_by_harm():
    # andrewpwheeler.com, 19 November 2020: car theft, theft, burglary, robbery, assault
    found = weighted_displacement(
        [(130, 74), (327, 202), (398, 190), (144, 92), (183, 96)],
        [(133, 91), (388, 305), (148, 97), (86, 64), (94, 67)],
    )
    together = harm_weighted(found.local, found.local_error, [3, 2, 5, 7, 10], confidence=0.95)
    assert [float(one) for one in together] == pytest.approx(
        [-1721, 304.10360077, -5.65925558, -2317.03210507, -1124.96789493], rel=1e-8
    )


@needs_files
def test_scared_straight_did_harm():
    # Petrosino et al. (2013), Campbell Systematic Reviews: 1.68 [1.20; 2.36], I² 29.4 %
    trials = rows("scared_straight_petrosino2013.csv")
    names = ("event_treatment", "n_treatment", "event_control", "n_control")
    cells = [[int(row[name]) for row in trials] for name in names]
    pooled = pool_odds_ratios(*cells)
    assert (round(pooled.ratio, 2), round(pooled.lower, 2), round(pooled.upper, 2)) == (1.68, 1.20, 2.36)
    assert (round(100 * pooled.i_squared, 1), pooled.studies) == (29.4, 7)
    finckenauer = odds_ratio(*(column[0] for column in cells))
    assert [round(float(one), 2) for one in (finckenauer.ratio, finckenauer.lower, finckenauer.upper)] == [
        5.45, 1.65, 18.02,
    ]  # fmt: skip


def test_the_textbook_example_of_hedges_g():
    # Borenstein et al. (2009), Introduction to Meta-Analysis, ch. 4: g 0.5924, standard error 0.2028
    found = hedges_g(103, 5.5, 50, 100, 4.5, 50)
    assert (round(float(found.g), 4), round(float(found.standard_error), 4)) == (0.5924, 0.2028)
