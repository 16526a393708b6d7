"""The running server follows what others publish; where it cannot, it says so in the log and goes on."""

import gc
import logging

import anyio
import pytest

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
