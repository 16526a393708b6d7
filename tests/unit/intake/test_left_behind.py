"""What a process that was killed has left in the folder for temporary files: single answers, so it goes."""

import os
import tempfile
import time

import pytest

from sipa_data.house import open_house
from sipa_data.intake.workbench import LEFT_BEHIND_AFTER, Workbench, remove_left_behind
from tests.support.small_city import settings_below


@pytest.fixture
def private(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_was_left_behind_goes_after_a_day_and_nothing_else(private):
    other = private / "von-jemand-anderem"
    other.mkdir()
    with Workbench(keeps=False) as in_use:
        left = Workbench().folder
        (left / "tables" / "survey_answers.parquet").write_bytes(b"answers")
        long_ago = time.time() - LEFT_BEHIND_AFTER.total_seconds() - 1
        for old in (left, other):
            os.utime(old, (long_ago, long_ago))
        remove_left_behind()
        assert sorted(private.iterdir()) == sorted([other, in_use.folder])


def test_opening_the_house_does_it(private, tmp_path_factory):
    left = private / "sipa-intake-abc"
    left.mkdir()
    os.utime(left, (0, 0))
    with open_house(settings_below(tmp_path_factory.mktemp("haus"))):
        assert not left.exists()
