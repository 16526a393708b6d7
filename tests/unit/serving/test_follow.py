"""The running server follows what others publish; where it cannot, it says so in the log and goes on."""

import gc
import logging
import weakref

import anyio
import pandas as pd
import pytest

from pages.parts import stand
from pages.parts.opened import opened_house
from server import start
from sipa_data.house import House
from tests.support.asgi import run_async
from tests.support.small_city import environment, settings_below
from tests.unit.serving.conftest import publish_pair

PATIENCE = 30


@pytest.fixture
def surroundings(tmp_path, publisher, monkeypatch):
    for name, value in environment(settings_below(tmp_path)).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(start, "SECONDS_BETWEEN_LOOKS", 0.05)
    monkeypatch.setattr(start, "SECONDS_AFTER_A_FAILURE", 0.05)
    opened_house.clear()
    yield
    opened_house.clear()


async def served_after(lake, folder, number) -> tuple[int, int]:
    """The snapshots shown before and after somebody else published."""
    async with start.lifespan(None):
        before = opened_house().mart.snapshot.id
        await anyio.to_thread.run_sync(publish_pair, lake, folder, number)
        with anyio.fail_after(PATIENCE):
            while opened_house().mart.snapshot.id == before:  # noqa: ASYNC110 - from outside it shows by looking only
                await anyio.sleep(0.05)
        return before, opened_house().mart.snapshot.id


def test_an_open_window_is_offered_a_new_datenstand_within_two_seconds_of_its_being_built():
    """A window looks by a clock of its own; to the pause between two looks comes the time of one of them."""
    time_of_a_look = pd.Timedelta("0.5s")
    assert pd.Timedelta(stand.LOOKS_EVERY) + time_of_a_look <= pd.Timedelta("2s")


def test_what_another_process_publishes_begins_to_be_built_within_a_second():
    assert start.SECONDS_BETWEEN_LOOKS <= 1


def test_what_another_process_publishes_is_shown_without_a_restart(surroundings, publisher, tmp_path):
    before, after = run_async(served_after, publisher, tmp_path, 101)
    assert after == publisher.current_snapshot() > before


def test_a_failure_is_logged_and_the_next_look_succeeds(
    surroundings,
    publisher,
    tmp_path,
    monkeypatch,
    caplog,
):
    renew, failures = House.renew, iter([OSError("the lake is away for a moment")])

    def failing_once(house):
        if failure := next(failures, None):
            raise failure
        return renew(house)

    monkeypatch.setattr(House, "renew", failing_once)
    with caplog.at_level(logging.ERROR, "sipa"):
        before, after = run_async(served_after, publisher, tmp_path, 101)
    assert after > before
    assert "the old mart stays" in caplog.text


def test_what_is_loaded_at_the_start_is_set_aside_from_the_garbage_collector(surroundings):
    async def frozen_while_serving() -> int:
        async with start.lifespan(None):
            return gc.get_freeze_count()

    assert run_async(frozen_while_serving) > 10_000
    assert gc.get_freeze_count() == 0


def test_what_is_remembered_for_visitors_is_set_aside_as_well(surroundings, monkeypatch):
    monkeypatch.setattr(start, "MANY_RUNS", 0)
    monkeypatch.delattr(gc, "get_objects")  # it would hold tuples that other threads are making, and end their runs

    async def frozen_after_remembering() -> tuple[int, int]:
        async with start.lifespan(None):
            at_start, remembered = gc.get_freeze_count(), [[number] for number in range(50_000)]
            with anyio.fail_after(PATIENCE):
                while gc.get_freeze_count() < at_start + len(remembered):  # noqa: ASYNC110 - as above
                    await anyio.sleep(0.05)
            return at_start, gc.get_freeze_count()

    at_start, later = run_async(frozen_after_remembering)
    assert later >= at_start + 50_000


def test_a_thorough_look_frees_what_was_set_aside_in_a_ring():
    class Tab:
        pass

    tab = Tab()
    tab.itself, gone = tab, weakref.ref(tab)
    start.freeze(thorough=False)
    del tab
    gc.collect()
    assert gone() is not None
    start.freeze()
    assert gone() is None
    gc.unfreeze()
