"""A process is killed in the middle of a deed. What is there afterwards is the old state or the new one."""

import functools
import random
import signal

import pytest

from sipa_data.errors import LakeError
from sipa_data.lake import open_lake
from soak.crashes import crash, kill
from tests.conftest import KINDS
from tests.support.deeds import copy_of, found_after, prepared, states_of
from tests.support.disturbed import Step


@pytest.fixture(scope="module", params=KINDS)
def template(request, quick_folder):
    server = None if request.param == "sqlite" else request.getfixturevalue("postgres_server")
    return prepared(quick_folder / request.param, server)


@pytest.fixture(scope="module")
def known(template):
    """The two lawful states of each deed."""
    return functools.cache(lambda name: states_of(template, name))


@pytest.mark.parametrize(
    ("name", "when", "step", "left"),
    [
        ("publish", "after", "read_parquet", "old"),
        ("publish", "after", "insert into uploads", "old"),
        ("publish", "before", "commit", "old"),
        ("publish", "after", "commit", "new"),
        ("release", "before", "commit", "old"),
        ("release", "after", "commit", "new"),
        ("withdraw", "before", "commit", "old"),
        ("withdraw", "after", "commit", "new"),
        ("purge", "before", "commit", "old"),
        ("purge", "before", "ducklake_expire_snapshots", "new"),
        ("purge", "before", "ducklake_cleanup_old_files", "new"),
    ],
)
def test_killed_at_a_step_the_state_is_the_one_that_step_stands_for(template, known, name, when, step, left):
    with copy_of(template) as place:
        assert kill(place, name, Step(when, step)) == -signal.SIGKILL
        assert found_after(place, name, known(name)) == left


def test_killed_at_any_moment_of_any_deed_the_state_is_one_of_the_two(template, known):
    """Ten crashes on each kind of catalogue; the soak makes 300."""
    found = crash(template, 10, random.Random(7), known)
    assert set(found) <= {"old", "new"}
    assert found.total() == 10


def test_a_process_that_ends_by_itself_is_no_crash_that_was_survived(template, known, monkeypatch):
    monkeypatch.setattr("soak.crashes.kill", lambda *_: 1)
    with pytest.raises(RuntimeError, match="ended by itself with 1"):
        crash(template, 1, random.Random(7), known)


def test_a_lake_that_is_in_neither_state_would_be_noticed(template, known):
    with copy_of(template) as place:
        with open_lake(place.settings) as lake:
            lake.transaction(
                lambda work: work.execute("delete from population where district_id = '07'"), author="x", message="x"
            )
        assert found_after(place, "publish", known("publish")) not in {"old", "new"}


def test_a_file_that_nobody_needs_and_a_lost_one_would_be_noticed(template, known):
    with copy_of(template) as place:
        one = next(place.settings.lake_files.rglob("*.parquet"))
        one.unlink()
        with pytest.raises(LakeError):
            found_after(place, "withdraw", known("withdraw"))
    with copy_of(template) as place:
        (place.room.folder / place.waits / "vergessen.parquet").write_bytes(b"rows")
        assert found_after(place, "withdraw", known("withdraw")).startswith("left over")
