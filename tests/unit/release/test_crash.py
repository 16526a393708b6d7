"""A process is killed in the middle of a deed. What is there afterwards is the old state or the new one."""

import random
import signal

import pytest

from soak.crashes import crash, kill
from tests.conftest import KINDS
from tests.support.deeds import copy_of, found_after, prepared, states_of
from tests.support.disturbed import Step


@pytest.fixture(scope="module", params=KINDS)
def template(request, tmp_path_factory):
    server = None if request.param == "sqlite" else request.getfixturevalue("postgres_server")
    return prepared(tmp_path_factory.mktemp("vorbereitet") / request.param, server)


@pytest.mark.parametrize(
    ("name", "when", "step", "left"),
    [
        ("publish", "after", "read_parquet", "old"),
        ("publish", "after", "insert into uploads", "old"),
        ("publish", "before", "commit", "old"),
        ("publish", "after", "commit", "new"),
        ("release", "after", "commit", "new"),
        ("withdraw", "before", "commit", "old"),
        ("withdraw", "after", "commit", "new"),
        ("purge", "before", "commit", "old"),
        ("purge", "before", "ducklake_expire_snapshots", "new"),
        ("purge", "before", "ducklake_cleanup_old_files", "new"),
    ],
)
def test_killed_at_a_step_the_state_is_the_one_that_step_stands_for(template, name, when, step, left):
    states = states_of(template, name)
    with copy_of(template) as place:
        assert kill(place, name, Step(when, step)) == -signal.SIGKILL
        assert found_after(place, name, states) == left


def test_killed_at_any_moment_of_any_deed_the_state_is_one_of_the_two(template):
    """Twelve crashes on each kind of catalogue, two in each deed; the soak makes 300."""
    found = crash(template, 12, random.Random(7))
    assert set(found) <= {"old", "new"}
    assert found.total() == 12
