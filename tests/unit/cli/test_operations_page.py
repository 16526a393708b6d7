"""docs/operations.md says what is true."""

import re
from pathlib import Path

import pytest

from sipa_data.cli.exits import Exit
from sipa_data.cli.main import commands
from sipa_data.lake import instance
from sipa_data.lake.lake import MOST_ATTEMPTS
from sipa_data.settings import Settings

PAGE = (Path(__file__).parents[3] / "docs" / "operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(commands.commands))
def test_every_command_is_named(command):
    assert f"`{command}`" in PAGE


@pytest.mark.parametrize("code", Exit)
def test_every_exit_code_is_explained(code):
    assert f"| `{int(code)}` |" in PAGE


def test_every_setting_that_is_named_exists_and_the_other_way_round(monkeypatch, tmp_path):
    named = set(re.findall(r"`(SIPA_[A-Z_]+)`", PAGE))
    assert named == {"SIPA_CITY", "SIPA_LAKE", "SIPA_LAKE_FILES", "SIPA_LOG_DAYS", "SIPA_PROFILES", "SIPA_RECORDS"}
    usual = Settings.from_environment()
    for name in named:
        monkeypatch.setenv(name, "30" if name == "SIPA_LOG_DAYS" else str(tmp_path))
        assert Settings.from_environment() != usual
        monkeypatch.delenv(name)


def test_the_limits_are_those_of_the_program():
    assert "vier Rechenkerne und 2 GB" in PAGE
    assert (instance.MOST_THREADS, instance.MEMORY_LIMIT) == (4, "2GB")
    assert "bis zu zwölfmal" in PAGE
    assert MOST_ATTEMPTS == 12


def test_every_call_in_a_code_block_is_one_that_exists():
    calls = re.findall(r"^(?:SIPA\S+ )?python -m sipa_data (\w+)", PAGE, flags=re.MULTILINE)
    assert len(calls) >= 4
    assert set(calls) <= set(commands.commands)
