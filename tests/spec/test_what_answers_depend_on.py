"""A rehearsal asks only what delivered tables can change: what each kind of measure reads must be known in full."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Question
from sipa_data.answers.ask import ask
from sipa_data.answers.state_changes import FOR_EVERYBODY, MEASURED_FROM, depending_on
from sipa_data.marts.build import LOADED, MADE_OF, ROLLED_UP
from sipa_data.memory import Memory
from sipa_data.sql import statement
from tests.spec.test_every_kind_is_shown import kinds
from tests.spec.test_every_kind_is_shown import mart as every_mart

mart = every_mart
BEHIND = MADE_OF | {"chosen_respondents": MADE_OF["survey_answers"]}
"""A macro is made of what it reads; ``uploads`` : every delivery."""
EVERYBODY = [Scope.chair(), Scope.public(), Scope.of(Role.district, frozenset({"01"})), Scope.of(Role.office)]
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
    return set().union(*(BEHIND.get(table, {table}) for table in named_in(f"ask_{name}")))


def named_in(name):
    """Tables of the mart or the lake that an SQL file of the mart reads."""
    text = re.sub(r"--.*", "", statement("marts.sql", name))
    named = set(re.findall(r"\b(?:from|join)\s+([a-z_]+)", text))
    return named - set(re.findall(r"\b([a-z_]+)\s+as\s+(?:materialized\s+)?\(", text))


def test_it_is_declared_what_each_table_of_the_mart_is_made_of():
    assert {table: named_in(f"load_{table}") for table in LOADED} == {table: MADE_OF[table] for table in LOADED}
    for table in ROLLED_UP:
        assert MADE_OF[table] == frozenset().union(*(MADE_OF[part] for part in named_in(f"roll_up_{table}"))), table
    assert MADE_OF.keys() == {*LOADED, *ROLLED_UP}


@pytest.mark.parametrize("scope", [Scope.chair(), Scope.public()], ids=["chair", "public"])
def test_no_answer_reads_a_table_that_is_not_declared_for_its_kind(mart, every_kind, scope):
    for indicator in kinds(every_kind):
        watched = replace(mart, results=Asked(), derived={})
        ask(watched, scope, Question(indicator, by_district=True, history=True))
        read = set().union(*map(tables_read, watched.results.names), set()) - WHEREVER - {"unnest", "generate_series"}
        declared = MEASURED_FROM[type(every_kind.indicators[indicator].measure)]
        assert read <= declared, (indicator, read - declared)


def test_what_is_declared_to_be_the_same_for_everybody_is(mart, every_kind):
    found = [one for one, indicator in every_kind.indicators.items() if isinstance(indicator.measure, FOR_EVERYBODY)]
    assert {type(every_kind.indicators[one].measure) for one in found} == set(FOR_EVERYBODY)
    for indicator in found:
        question = Question(indicator, by_district=True, history=True)
        chair, *others = (ask(mart, scope, question).observations for scope in EVERYBODY)
        for other in others:
            pd.testing.assert_frame_equal(chair, other)


def test_each_kind_of_measure_is_declared_and_each_delivery_touches_only_its_own(every_kind):
    assert {type(one.measure) for one in every_kind.indicators.values()} <= MEASURED_FROM.keys()
    surveys = set(depending_on(every_kind, {"survey_answers"}))
    assert "unsicher-nachts" in surveys
    assert "gewalt-faelle" not in surveys
    assert depending_on(every_kind, {"partners"}) == ()
