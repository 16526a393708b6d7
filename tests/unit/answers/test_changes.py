"""What changed: each matter once, the clearest first, and nothing that could not be compared."""

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader
from sipa_data.answers.changes import by_evidence, changes, each_once, where
from tests.support.answers import COUNT as CASES_COUNTED
from tests.support.answers import RATE as CASES_RATE
from tests.support.answers import SHARE, answer, observe, verdict
from tests.support.facts import Facts

CASES = """
year | district_id | offence_key | cases
2024 | 01          | 892000      | 300
2025 | 01          | 892000      | 520
2024 | 01          | ***300      | 200
2025 | 01          | ***300      | 204
"""
PEOPLE = """
reference_date | district_id | inhabitants
2024-01-01     | 01          | 10000
2025-01-01     | 01          | 10000
"""
RATE, COUNT = "gewalt-rate", "gewalt-faelle"


@pytest.fixture
def reader():
    facts = Facts().yearly(CASES).add("population", PEOPLE, source="amt", basis="register")
    return Reader(facts.mart(), Scope.chair())


@pytest.fixture
def reader_without_inhabitants():
    return Reader(Facts().yearly(CASES).mart(), Scope.chair())


def ids(answers):
    return [answer.indicator.id for answer in answers]


def questions(reader):
    return [Question(indicator) for indicator in reader.catalogue.indicators]


def test_where_the_rate_can_be_had_the_count_that_stands_in_for_it_is_left_out(reader):
    found = ids(each_once(reader, questions(reader)))
    assert RATE in found
    assert COUNT not in found


def test_where_there_are_no_inhabitants_the_count_stands_in_for_the_rate(reader_without_inhabitants):
    found = ids(each_once(reader_without_inhabitants, questions(reader_without_inhabitants)))
    assert COUNT in found
    assert RATE not in found


def test_a_rise_beyond_the_usual_swing_is_news_and_a_small_one_is_not(reader):
    # 300 → 520 is +73 %, many times the usual 5 %; 200 → 204 is +2 %, less than counting noise of 200 (±14 %)
    found = changes(reader, questions(reader))
    assert ids(answer for answer, _ in found.beyond_chance) == [RATE]
    assert "diebstahl-faelle" in ids(answer for answer, _ in found.unchanged)


def test_a_matter_without_an_earlier_value_is_counted_as_not_comparable_and_not_as_looked_at():
    facts = Facts().yearly("year | district_id | offence_key | cases\n2025 | 01 | 892000 | 520")
    found = changes(Reader(facts.mart(), Scope.chair()), [Question(COUNT)])
    assert (found.looked_at, found.not_comparable) == (0, 1)


SPREAD = """
year | district_id | offence_key | cases
2024 | 01          | 892000      | 300
2025 | 01          | 892000      | 520
2024 | 02          | 892000      | 100
2025 | 02          | 892000      | 180
2024 | 03          | 892000      | 200
2025 | 03          | 892000      | 205
"""


def test_a_change_of_the_city_is_followed_to_the_districts_that_changed_like_it_the_surest_first():
    # +73 % of 300 and +80 % of 100 are many times the usual swing, and 300 are surer than 100; 200 → 205 is noise, and
    # the fourth had no case in either year
    reader = Reader(Facts().yearly(SPREAD).mart(), Scope.chair())
    ((answer, said),) = changes(reader, [Question(COUNT)]).beyond_chance
    found = where(reader, (answer, said))
    assert (found.places, found.looked_at) == (("01", "02"), 4)


def test_a_change_of_one_district_is_nowhere_else(reader):
    ((answer, said),) = changes(reader, [Question(RATE, districts=("01",))]).beyond_chance
    assert where(reader, (answer, said)) is None


def finding(indicator, q, difference=10.0, half=5.0):
    said = verdict("rose", difference=difference, lower=difference - half, upper=difference + half, q=q, p=q)
    return answer(indicator, observe(50.0), said), said


def order(*found, announced=()):
    return [answer.indicator.id for answer, _ in by_evidence(found, announced)]


def test_the_finding_with_less_doubt_comes_first():
    assert order(finding(SHARE, q=0.04), finding(CASES_RATE, q=0.001)) == ["gewalt", "unsicher"]


def test_what_was_announced_beforehand_comes_before_what_was_found_by_searching():
    found = finding(SHARE, q=0.04), finding(CASES_RATE, q=0.001)
    assert order(*found, announced={"unsicher"}) == ["unsicher", "gewalt"]


def test_of_two_with_the_same_doubt_the_larger_effect_comes_first():
    # 10 in an interval 10 wide is one width of its own interval, 10 in one 4 wide is two and a half
    assert order(finding(SHARE, q=0.01), finding(CASES_RATE, q=0.01, half=2.0)) == ["gewalt", "unsicher"]


def test_a_change_that_was_judged_alone_counts_by_its_own_p_and_an_untested_one_is_last():
    alone = verdict("rose", p=0.001)
    untested = verdict("fell")
    found = (
        (answer(CASES_COUNTED, observe(5), untested), untested),
        finding(SHARE, q=0.04),
        (answer(CASES_RATE, observe(5), alone), alone),
    )
    assert order(*found) == ["gewalt", "unsicher", "raub"]
