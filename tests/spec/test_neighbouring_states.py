"""A mart that takes over what did not change is the mart that is built from nothing."""

import numpy as np
import pytest

from sipa_data.marts import Neighbour, build_mart
from sipa_data.marts.build import COPIED, LOADED, ROLLED_UP
from sipa_data.marts.instance import stored
from tests.spec import test_means as means
from tests.spec import test_persons as persons
from tests.spec.test_every_kind_is_shown import every_fact

SURVEY = ("survey_waves", "survey_respondents", "survey_answers")
CHANGES = {
    "a wave": (lambda facts: means.add_wave(facts, 2027, means.NOW), SURVEY),
    "cases": (lambda facts: facts.yearly("year|district_id|offence_key|cases\n2027|01|892000|3"), ["incident_counts"]),
    "persons": (lambda facts: persons.recorded(facts, 2027), ["person_counts"]),
    "people": (lambda facts: persons.living(facts, 2027), ["population"]),
}


@pytest.fixture(scope="module")
def before(every_kind):
    return every_fact().mart(every_kind)


def tables(mart):
    return {
        table: sorted(map(repr, mart.connection.cursor().execute(f"from {stored(table)}").fetchall()))
        for table in (*LOADED, *COPIED, *ROLLED_UP)
    }


def hidden(mart):
    return set(mart.pattern.hidden()), mart.person_pattern.hidden, mart.person_pattern.delivered


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_delivered_nothing_is_taken_over_that_the_delivery_changes(before, every_kind, change):
    make, changed = CHANGES[change]
    after = make(every_fact())
    from_nothing, taken_over = after.mart(every_kind), build_mart(after, every_kind, None, Neighbour(before, changed))
    assert tables(taken_over) == tables(from_nothing)
    assert tables(taken_over) != tables(before)
    assert hidden(taken_over) == hidden(from_nothing)
    assert np.array_equal(taken_over.pattern.cube.counts, from_nothing.pattern.cube.counts)


def corrected(facts, wave):
    """One wave is delivered again: everybody counts twice, and those with an even number were not asked."""
    of_wave = f"where wave_id = '{wave}'"
    facts._connection.execute(f"update survey_respondents set weight = 2 * weight {of_wave}")
    facts._connection.execute(f"delete from survey_answers {of_wave} and respondent % 2 = 0")
    return facts


@pytest.mark.parametrize("change", ["new", "corrected"])
def test_of_the_answers_only_those_of_the_delivered_wave_are_read_again(before, every_kind, change):
    known = sorted(row["wave_id"] for row in every_fact().read("from survey_waves").to_pylist())
    wave = "w2027" if change == "new" else known[-1]
    after = means.add_wave(every_fact(), 2027, means.NOW) if change == "new" else corrected(every_fact(), wave)
    taken_over = build_mart(after, every_kind, None, Neighbour(before, SURVEY, {wave}))
    assert tables(taken_over) == tables(after.mart(every_kind))
    assert tables(taken_over) != tables(before)
    blind = build_mart(after, every_kind, None, Neighbour(before, SURVEY, {known[0]}))
    assert tables(blind) != tables(taken_over)


def test_a_change_that_was_kept_quiet_would_be_missed(before, every_kind):
    """That is what the list of changed tables is for; without it the test above could not fail."""
    after = means.add_wave(every_fact(), 2027, means.NOW)
    blind = build_mart(after, every_kind, None, Neighbour(before))
    assert tables(blind) == tables(before)


def test_a_wave_leaves_the_pattern_of_cases_where_it_is(before, every_kind):
    after = means.add_wave(every_fact(), 2027, means.NOW)
    assert build_mart(after, every_kind, None, Neighbour(before, SURVEY)).pattern is before.pattern
