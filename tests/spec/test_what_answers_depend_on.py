"""A rehearsal asks only what delivered tables can change: what each kind of measure reads must be known in full."""

import re
from dataclasses import replace

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question
from sipa_data.answers.ask import ask
from sipa_data.answers.state_changes import MEASURED_FROM, depending_on
from sipa_data.memory import Memory
from sipa_data.sql import statement
from tests.spec.test_every_kind_is_shown import kinds
from tests.spec.test_every_kind_is_shown import mart as every_mart

mart = every_mart
CASES, PEOPLE = {"incident_counts", "incident_events"}, {"population"}
ANSWERS = {"survey_answers", "survey_respondents"}
MADE_OF = {
    "incidents": CASES,
    "series_counts": CASES,
    "population": PEOPLE,
    "population_groups": PEOPLE,
    "survey_answers": ANSWERS,
    "survey_sums": ANSWERS,
    "wave_items": ANSWERS,
    "survey_districts": {"survey_respondents"},
    "chosen_respondents": ANSWERS,
}
"""What the mart's own tables are made of; the others are copies under the same name. ``uploads`` : every delivery."""
WHEREVER = {"uploads"}


class Asked(Memory):
    """Remembers which questions were put to a mart."""

    def __init__(self):
        super().__init__(2**24, lambda table: table.nbytes)
        self.names = set()

    def recall(self, key, make):
        self.names.add(key[0])
        return super().recall(key, make)


def tables_read(name):
    """Tables of the lake behind a question."""
    text = re.sub(r"--.*", "", statement("marts.sql", f"ask_{name}"))
    named = set(re.findall(r"\b(?:from|join)\s+([a-z_]+)", text))
    own = set(re.findall(r"\b([a-z_]+)\s+as\s+(?:materialized\s+)?\(", text))
    return set().union(*(MADE_OF.get(table, {table}) for table in named - own))


@pytest.mark.parametrize("scope", [Scope.chair(), Scope.public()], ids=["chair", "public"])
def test_no_answer_reads_a_table_that_is_not_declared_for_its_kind(mart, every_kind, scope):
    for indicator in kinds(every_kind):
        watched = replace(mart, results=Asked(), derived={})
        ask(watched, scope, Question(indicator, by_district=True, history=True))
        read = set().union(*map(tables_read, watched.results.names), set()) - WHEREVER - {"unnest", "generate_series"}
        declared = MEASURED_FROM[type(every_kind.indicators[indicator].measure)]
        assert read <= declared, (indicator, read - declared)


def test_each_kind_of_measure_is_declared_and_each_delivery_touches_only_its_own(every_kind):
    assert {type(one.measure) for one in every_kind.indicators.values()} <= MEASURED_FROM.keys()
    surveys = set(depending_on(every_kind, {"survey_answers"}))
    assert "unsicher-nachts" in surveys
    assert "gewalt-faelle" not in surveys
    assert depending_on(every_kind, {"partners"}) == ()
