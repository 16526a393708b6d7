"""Start of the real server process: one sentence when something is wrong, an address when it is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sign_in import sign_in_environment
from tests.support.small_city import environment, publish_confidential, settings_below

PROJECT = Path(__file__).parents[3]


def started(folder: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"]
    surroundings = os.environ | environment(settings_below(folder)) | changed
    return subprocess.run(
        command, cwd=PROJECT, env=surroundings, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def broken_city(tmp_path):
    city = tmp_path / "stadt"
    city.mkdir()
    (city / "city.toml").write_text("name = ", encoding="utf-8")
    return city


def test_a_mistake_in_the_catalogue_stops_the_start_with_one_german_sentence(tmp_path, broken_city):
    run = started(tmp_path, SIPA_CITY=str(broken_city))
    said = run.stdout + run.stderr
    assert run.returncode != 0
    assert "Der Katalog der Stadt enthält einen Fehler: " in said
    assert "city.toml" in said
    assert "Traceback" not in said


def test_a_lake_that_cannot_be_opened_stops_the_start_with_one_german_sentence(tmp_path):
    in_the_way = tmp_path / "datei"
    in_the_way.write_text("keine Datenbank")
    run = started(tmp_path, SIPA_LAKE=str(in_the_way / "katalog.sqlite"), SIPA_LAKE_FILES=str(tmp_path / "dateien"))
    said = run.stdout + run.stderr
    assert run.returncode != 0
    assert "Der Datenbestand ist nicht erreichbar: " in said
    assert "Traceback" not in said


def said_by(run: subprocess.CompletedProcess[str]) -> str:
    return run.stdout + run.stderr


def test_an_address_that_others_reach_needs_a_sign_in(tmp_path):
    run = started(tmp_path, STREAMLIT_SERVER_ADDRESS="0.0.0.0")
    assert run.returncode != 0
    assert "Bitte SIPA_AUTH und SIPA_PUBLIC_URL setzen" in said_by(run)
    assert "Traceback" not in said_by(run)


def test_a_weak_secret_stops_the_start_and_is_not_repeated(tmp_path):
    run = started(tmp_path, **sign_in_environment(tmp_path) | {"SIPA_COOKIE_SECRET": "geheim-und-kurz"})
    assert run.returncode != 0
    assert "SIPA_COOKIE_SECRET" in said_by(run)
    assert "geheim-und-kurz" not in said_by(run)
    assert "Traceback" not in said_by(run)


def test_confidential_data_without_a_sign_in_stop_the_start(tmp_path):
    publish_confidential(settings_below(tmp_path), tmp_path)
    run = started(tmp_path)
    assert run.returncode != 0
    assert "enthält vertrauliche Lieferungen, aber es ist keine Anmeldung eingerichtet" in said_by(run)
    assert "Traceback" not in said_by(run)
