"""The DuckDB instances of a served house: silent, locked, and given back what was only needed while building."""

from sipa_data.access.scope import Scope
from sipa_data.answers import Question
from sipa_data.marts.instance import open_instance


def test_no_progress_bar_is_drawn_over_what_the_server_says(house):
    with house.lake.cursor() as lake, open_instance() as mart:
        for instance in (lake, mart):
            assert instance.execute("select current_setting('enable_progress_bar')").fetchone() == (False,)


def test_a_lake_that_gave_its_memory_back_is_read_as_before(house):
    house.lake.give_memory_back()
    first = min(snapshot.id for snapshot in house.lake.snapshots() if snapshot.id > 0)
    assert house.mart_of(house.mart.snapshot.id) is house.mart
    assert house.lake.current_snapshot() >= first
    assert int(house.reader(Scope.chair()).ask(Question("gewalt-faelle")).observations["n"].iloc[0]) == 100
