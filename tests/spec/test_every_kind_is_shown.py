"""Each kind of measure, asked of a small city and drawn: no figure, table, tile or file fails, for whoever looks."""

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader
from sipa_data.catalogue import Catalogue
from sipa_data.exports import csv_bytes
from sipa_data.figures import district_comparison, district_map, tile, trend
from sipa_data.figures.words import reading_aid
from tests.spec import test_means as means
from tests.spec import test_own_denominators_and_attempts as own
from tests.spec import test_persons as persons
from tests.spec import test_pooled_years as pooled
from tests.spec import test_projects_and_decisions as current
from tests.spec import test_register_shares as shares
from tests.support.facts import Facts


def every_fact() -> Facts:
    facts = pooled.with_people(pooled.facts())
    facts.yearly(own.VIOLENCE).add("denominators", own.PASSENGERS, kind="passengers", unit="Fahrgäste")
    persons.recorded(facts, 2025)
    means.add_wave(means.add_wave(facts, 2023, means.EARLIER), 2025, means.NOW)
    facts._insert("register_values", shares.rows_of_registers())
    current.register(facts)
    return facts


@pytest.fixture(scope="module")
def mart(every_kind):
    return every_fact().mart(every_kind)


def kinds(catalogue: Catalogue) -> list[str]:
    return [
        one for one in catalogue.indicators if one not in ("unsicher-nachts", "unsicher-abstand", "diebstahl-faelle")
    ]


@pytest.mark.parametrize("scope", [Scope.chair(), Scope.public()], ids=["chair", "public"])
def test_every_kind_is_drawn_told_and_written(mart, every_kind, scope):
    reader = Reader(mart, scope)
    for indicator in kinds(every_kind):
        over_time = reader.ask(Question(indicator).over_time())
        everywhere = reader.ask(Question(indicator).everywhere().against("rest"))
        for picture in (trend(over_time), district_comparison(everywhere), district_map(everywhere)):
            assert picture.alt.endswith("."), indicator
            assert not picture.table.empty
        shown = tile(over_time)
        assert shown.value
        row = over_time.observations.iloc[-1]
        if row["status"] in ("ok", "limited"):
            assert shown.interval or shown.note, f"{indicator} has no interval and does not say why"
        assert reading_aid(over_time)
        assert csv_bytes(everywhere).startswith(b"\xef\xbb\xbf")


def test_every_answer_of_the_small_city_has_a_value_for_the_chair(mart, every_kind):
    reader = Reader(mart, Scope.chair())
    # not delivered in this city: inhabitants by age and sex, cleared cases, robberies
    without = {"verdaechtige-jung", "opfer-kinder", "opfer-frauen", "aufklaerung", "raub-faelle", "bruch-drei-jahre"}
    empty = {one for one in kinds(every_kind) if reader.ask(Question(one)).is_empty}
    assert empty <= without, empty - without
