"""The lock: exact, complete, and good on any machine."""

import re
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")


def pins(name: str) -> dict[str, str]:
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.lstrip().startswith("#")]
    found = {}
    for line in wanted:
        match = PINNED.match(line)
        assert match, f"not an exact version: {line}"
        found[_plain(match[1])] = match[2]
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(*groups: str) -> set[str]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ranges = [*project["dependencies"], *(one for group in groups for one in project["optional-dependencies"][group])]
    return {_plain(re.split(r"[\[<>=!~; ]", one)[0]) for one in ranges}


def test_everything_the_project_asks_for_is_pinned():
    assert asked_for("cluster") <= set(pins("requirements.txt"))
    assert asked_for("cluster", "dev") <= set(pins("requirements-dev.txt"))


def test_tests_run_on_the_versions_that_are_served():
    served, tested = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: tested[name] for name in served} == served


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_names_no_host_and_no_folder_of_a_machine(name):
    text = (PROJECT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index-url|--find-links|@ |/opt|/home|/work", text)
