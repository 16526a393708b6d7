"""Pinned libraries against the list of published weaknesses: found without a network, and never passed over."""

import re
import socket
import tomllib
from pathlib import Path

import pytest

from security.__main__ import main
from security.locks import LIST, LOCKS, pinned, read_advisories

PROJECT = Path(__file__).parents[3]
KNOWN = 'checked = 2026-11-22\n[fixed_in.h11]\nCVE-2025-43859 = "0.16.0"\n'


@pytest.fixture
def run(tmp_path, capsys):
    """The check of one lock against a list with one weakness: exit code and everything that was said."""

    def check(lock, known=KNOWN):
        (tmp_path / "requirements.txt").write_text(lock, encoding="utf-8")
        (tmp_path / "liste.toml").write_text(known, encoding="utf-8")
        code = main([tmp_path / "requirements.txt"], tmp_path / "liste.toml")
        said = capsys.readouterr()
        return code, said.out + said.err

    return check


@pytest.mark.parametrize("version", ["0.15.0", "0.9", "0.16.0rc1"])
def test_a_pin_below_the_mended_release_is_named(run, version):
    code, said = run(f"certifi==2026.10.18   # via requests\nh11=={version}\n")
    assert code == 1
    assert f"requirements.txt hält h11 {version} fest; CVE-2025-43859 ist erst in 0.16.0 behoben." in said
    assert "certifi" not in said


@pytest.mark.parametrize("version", ["0.16.0", "0.16.1", "1.0", "0.16.0.post1"])
def test_the_mended_release_and_later_ones_pass(run, version):
    code, said = run(f"h11=={version}\n")
    assert code == 0
    assert "keine der 1 Schwachstellen der Liste vom 22.11.2026" in said


def test_however_a_name_is_written_it_is_the_same_library(run):
    assert run("H11==0.15.0\n")[0] == 1
    assert run("Python_Multipart==0.0.6\n", KNOWN.replace("h11", "python-multipart"))[0] == 1


@pytest.mark.parametrize("line", ["h11", "h11>=0.15", "h11==0.15.*", "h11>=0.15,<1", "-r other.txt", "git+https://x/y"])
def test_a_line_that_pins_nothing_is_no_pass(run, line):
    code, said = run(f"certifi==2026.10.18\n{line}\n")
    assert code == 1
    assert "requirements.txt, Zeile 2" in said
    assert "genaue Version" in said


@pytest.mark.parametrize(
    "known", ["checked = 'gestern'\n[fixed_in]\n", "[fixed_in.h11]\n", "kein TOML", "fixed_in = 3"]
)
def test_a_list_that_is_not_one_is_no_pass(run, known):
    assert run("h11==0.15.0\n", known)[0] == 1


def test_the_pins_of_this_project_are_clean_and_no_other_machine_is_asked(monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    monkeypatch.setattr(socket, "getaddrinfo", None)
    assert main() == 0


def test_the_list_names_only_libraries_that_are_pinned():
    """A weakness of something that nobody uses would look like a check that is none."""
    assert set(read_advisories(LIST).fixed_in) <= {name for lock in LOCKS for name in pinned(lock)}


def test_whatever_stands_at_the_door_is_on_the_list():
    at_the_door = {"streamlit", "starlette", "uvicorn", "h11", "websockets", "authlib", "python-multipart", "httpx"}
    assert at_the_door <= set(read_advisories(LIST).fixed_in)


def test_the_same_check_is_part_of_lint_and_the_public_database_is_not():
    recipes = dict(
        re.findall(r"^(lint|audit):.*\n((?:\t.+\n)+)", (PROJECT / "Makefile").read_text(), flags=re.MULTILINE)
    )
    assert "python -m security" in recipes["lint"]
    assert "$(BANDIT) sipa_data pages server security app.py" in recipes["lint"]
    assert "pip-audit" not in recipes["lint"]
    assert "pip-audit --strict" in recipes["audit"]  # without: a library that could not be looked up would pass


def test_what_bandit_leaves_out_is_said_with_a_reason():
    project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    for code in tomllib.loads(project)["tool"]["bandit"]["skips"]:
        assert re.search(rf'"{code}",\s+# \w+', project), code
    for folder in ("sipa_data", "pages", "server", "security", "bench", "soak"):
        for file in (PROJECT / folder).rglob("*.py"):
            for line in file.read_text(encoding="utf-8").splitlines():
                if "# nosec" in line:
                    assert re.search(r"-- \w.+# nosec B\d{3}(, B\d{3})*$", line), f"{file.name}: {line}"
