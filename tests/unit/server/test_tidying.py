"""A server that runs for weeks removes what was left behind, time and again."""

import os
import tempfile
import time
from types import SimpleNamespace

import anyio
import pytest

from server import start
from sipa_data.release import WaitingRoom
from tests.support.asgi import run_async

TWO_DAYS = 2 * 24 * 3600


class Enough(Exception):
    """The end of a loop that has none."""


@pytest.fixture
def house(sqlite_settings, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return SimpleNamespace(settings=sqlite_settings)


@pytest.fixture
def left_behind(house, tmp_path):
    """Single answers that a process was checking, and a delivery whose submission was cut off, two days ago."""
    made = [tmp_path / "sipa-intake-abc", WaitingRoom.of(house.settings).folder / ".neu-1"]
    for folder in made:
        folder.mkdir()
        (folder / "antworten.parquet").write_bytes(b"rows")
        then = time.time() - TWO_DAYS
        os.utime(folder, (then, then))
    return made


def test_what_was_left_behind_goes(house, left_behind):
    start.tidy(house)
    assert not any(folder.exists() for folder in left_behind)


def test_tidying_begins_with_the_server_and_goes_on_also_when_it_fails_once(house, left_behind, monkeypatch):
    pauses: list[float] = []
    tidied = start.tidy

    async def slept(seconds):
        pauses.append(seconds)
        if len(pauses) == 1:
            assert all(folder.exists() for folder in left_behind)
            monkeypatch.setattr(start, "tidy", tidied)
            return
        raise Enough

    def fails(_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(start, "tidy", fails)
    monkeypatch.setattr(anyio, "sleep", slept)
    with pytest.raises(Enough):
        run_async(start.tidy_up, house)
    assert pauses == [start.SECONDS_BETWEEN_TIDYING] * 2
    assert not any(folder.exists() for folder in left_behind)
