"""Counts beside the crime statistics: parts of it where they are parts, and of the published size where it is known."""

import numpy as np
import pytest

from sipa_data.demo.frame import PLACES, YEARS
from sipa_data.demo.special import count_special, special_table


@pytest.fixture(scope="module")
def special(town, frame):
    return {one.key: one.cases for one in count_special(town.recorded, frame)}


def test_every_key_beside_the_statistics_is_counted(special, catalogue):
    known = {key for key in catalogue.offences if key.startswith(("SP-", "PMK-", "VU-"))}
    assert known == set(special)


def test_about_180_knives_in_2024(special):
    assert special["SP-MESSER"][YEARS.index(2024)].sum() == pytest.approx(180, rel=0.2)


def test_aggression_holds_all_violence_and_all_assaults(special, town):
    assert (special["SP-AGGRESSION"] >= town.recorded.of("892000") + town.recorded.of("224000")).all()


def test_violence_between_partners_happens_at_home_and_is_a_part_of_what_was_recorded(special, town):
    at_home = PLACES.index("wohnung")
    partners = special["SP-PARTNER"]
    assert partners[..., at_home].sum() == partners.sum() > 10_000
    assert (partners <= town.recorded.of("------")).all()


def test_football_has_no_season_without_spectators(special):
    by_year = special["SP-FUSSBALL"].sum(axis=(1, 2, 3))
    assert by_year[YEARS.index(2020)] < 0.5 * by_year[YEARS.index(2019)]
    assert special["SP-FUSSBALL"][:, :, 5].sum() > 0.5 * by_year.sum()  # the stadium stands in Bad Cannstatt


def test_a_month_without_cases_is_reported_as_such(town, frame):
    special = count_special(town.recorded, frame)
    quiet = next(one for one in special if one.key == "VU-SCHULWEG")
    assert (quiet.cases.sum(axis=(2, 3)) == 0).any()
    rows = special_table(special, frame).to_pandas()
    of_key = rows[rows.schluessel == "VU-SCHULWEG"]
    assert of_key.zeitraum.nunique() == 120
    assert of_key.faelle.sum() == quiet.cases.sum()


def test_fewest_accidents_on_the_way_to_school_in_the_summer_holidays(special):
    by_month = special["VU-SCHULWEG"].sum(axis=(0, 2, 3))
    assert np.argmin(by_month) == 7
