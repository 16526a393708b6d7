"""Whoever made a file, whatever for: a first look, a proposal and a reading give a result or a German sentence.

Three hundred files here; ten thousand in ``python -m soak hostile_files``.
"""

import resource
import tempfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.hostile import bombs, files, survive, whole_files

MOST_MEMORY = 1_000_000_000


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return files(whole_files(tmp_path_factory.mktemp("ganz")))


@pytest.fixture
def private(tmp_path, monkeypatch):
    folder = tmp_path / "privat"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@settings(max_examples=292, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_file_breaks_anything(data, hostile, tmp_path, private):
    survive(data.draw(hostile), tmp_path, private)


@pytest.mark.parametrize("name", sorted(bombs()))
def test_no_bomb_goes_off(name, tmp_path, private):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    survive(bombs()[name], tmp_path, private)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    assert after < max(before, MOST_MEMORY)


def test_a_claim_of_billions_of_cells_ends_another_process_and_not_this_one(tmp_path, private):
    said = survive(bombs()["workbook"], tmp_path, private)
    assert said is not None
    assert "nennt Zellen so weit außen, dass der Speicher nicht reicht" in said
