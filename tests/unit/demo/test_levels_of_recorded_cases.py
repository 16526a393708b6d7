"""The city has the size and the shape of the real one; what was published for Stuttgart is the measure.

Sources of the published levels: police press releases (all offences, clearance), Landtag paper 17/10292 (violence in
public space 2025), the state's key figures for the courses. The numbers of the city are invented, their levels are not.
"""

import numpy as np
import pytest

from sipa_data.demo.expected import PUBLIC
from sipa_data.demo.frame import PLACES, YEARS
from sipa_data.statistics import usual_swing

PUBLISHED = {  # all offences, Stuttgart
    2016: 58_868, 2017: 54_255, 2018: 53_828, 2019: 54_347, 2020: 50_736,
    2021: 42_428, 2022: 51_722, 2023: 55_577, 2024: 54_175, 2025: 53_894,
}  # fmt: skip


def by_year(town, key, what="cases"):
    return town.recorded.of(key, what).sum(axis=(1, 2, 3))


def test_ten_years_by_month_for_23_districts_and_one_unknown_place(town):
    assert town.recorded.cases.shape[1:] == (10, 12, 24, len(PLACES))


@pytest.mark.parametrize("year", YEARS)
def test_all_offences_lie_within_three_per_cent_of_what_was_published(town, year):
    assert by_year(town, "------")[YEARS.index(year)] == pytest.approx(PUBLISHED[year], rel=0.03)


def test_but_no_year_is_the_published_number(town):
    assert not set(by_year(town, "------")) & set(PUBLISHED.values())


@pytest.mark.parametrize(
    ("year", "published"), [(2019, 60.0), (2020, 67.2), (2021, 67.1), (2023, 63.7), (2024, 63.9), (2025, 66.9)]
)
def test_the_clearance_rate_is_near_the_published_one(town, year, published):
    place = YEARS.index(year)
    rate = 100 * by_year(town, "------", "cleared")[place] / by_year(town, "------")[place]
    assert rate == pytest.approx(published, abs=3)


def test_about_three_in_ten_cases_happen_in_the_centre(town):
    areas = town.recorded.of("------").sum(axis=(1, 3))
    share = areas[:, 0] / areas.sum(axis=1)
    assert (share > 0.27).all()
    assert (share < 0.33).all()


def test_one_to_four_in_a_hundred_cases_have_no_district(town):
    areas = town.recorded.of("------").sum(axis=(1, 3))
    assert ((areas[:, -1] / areas.sum(axis=1) > 0.01) & (areas[:, -1] / areas.sum(axis=1) < 0.04)).all()


def test_violence_in_public_space_has_the_published_size(town):
    # 2025: 1,636 cases, 358 of them robbery, 59 without district
    public = {key: town.recorded.of(key)[-1, :, :, PUBLIC] for key in ("892000", "210000")}
    assert public["892000"].sum() == pytest.approx(1_636, rel=0.15)
    assert public["210000"].sum() == pytest.approx(358, rel=0.15)
    assert public["892000"][:, -1].sum() == pytest.approx(59, rel=0.4)


def test_burglary_fell_and_half_of_it_is_only_tried(town):
    # 619 (2018), 474 (2019), 467 (2020); 2024: 386, 179 of them attempts
    cases, tried = by_year(town, "435*00"), by_year(town, "435*00", "attempts")
    for year, published in ((2018, 619), (2019, 474), (2020, 467), (2024, 386)):
        assert cases[YEARS.index(year)] == pytest.approx(published, rel=0.25)
    assert tried.sum() / cases.sum() == pytest.approx(179 / 386, abs=0.03)


def test_keys_swing_more_than_chance_alone_would_let_them(town):
    # usual_swing has the counting noise taken out already: 0 would be pure chance. Pandemic years are left out.
    left_out = [3, 4, 5, 6]
    swings = {key: usual_swing(by_year(town, key), left_out) for key in ("*90*00", "435*00", "326*00", "674000")}
    assert swings["*90*00"] > swings["674000"]
    assert all(0.01 < swing < 0.45 for swing in swings.values())


def test_districts_swing_more_than_the_city(town):
    areas = town.recorded.of("890000").sum(axis=(1, 3))
    ordinary = [0, 1, 2, 7]  # changes outside the pandemic and before the stories of 2025
    city = np.diff(np.log(areas.sum(axis=1)))[ordinary]
    districts = np.diff(np.log(areas[:, :-1]), axis=0)[ordinary]
    noise = 1 / areas[:-1, :-1][ordinary] + 1 / areas[1:, :-1][ordinary]
    own = np.mean((districts - city[:, None]) ** 2 - noise)
    assert own > 0.01**2


def test_the_year_has_seasons(town):
    outdoors, burglary = (town.recorded.of(key)[:5].sum(axis=(0, 2, 3)) for key in ("222100", "435*00"))
    summer, winter = slice(5, 8), [10, 11, 0]
    assert outdoors[summer].sum() > 1.2 * outdoors[winter].sum()
    assert burglary[winter].sum() > 1.2 * burglary[summer].sum()
