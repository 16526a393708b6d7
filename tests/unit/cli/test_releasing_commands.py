"""The shell can do what the page can: submit, see what waits and what would change, release, send back."""

import pytest

from sipa_data.cli import main
from sipa_data.lake import open_lake
from sipa_data.release import history
from sipa_data.settings import Settings
from tests.support.facts import MUSTERSTADT


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("SIPA_LAKE", str(tmp_path / "lake" / "catalogue.sqlite"))
    monkeypatch.delenv("SIPA_LAKE_FILES", raising=False)
    monkeypatch.setenv("SIPA_CITY", str(MUSTERSTADT))


@pytest.fixture
def run(capsys):
    def call(*words):
        code = main([str(word) for word in words])
        printed = capsys.readouterr()
        return code, *(text.translate({0xA0: " ", 0x202F: " "}) for text in printed)

    return call


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "raub2024.csv"
    made.write_text("quelle;zeitraum;bezirk;schluessel;faelle\npks;2024;01;210000;30\n", encoding="utf-8")
    return made


def submitted(run, file):
    code, out, _ = run("import", file, "-p", "eigene-fallzahlen", "--submit", "--by", "ana")
    assert code == 0
    return out.rpartition("Freigabe: ")[2].split(".")[0]


def uploads():
    with open_lake(Settings.from_environment()) as lake:
        return history(lake)


def test_what_one_person_submits_another_one_releases(run, file):
    number = submitted(run, file)
    assert uploads() == ()
    code, out, _ = run("waiting")
    assert code == 0
    assert number in out
    assert "ana" in out
    code, _, told = run("release", number, "--by", "Ana")
    assert code == 5
    assert "Vier-Augen-Prinzip" in told
    code, out, _ = run("release", number, "--by", "erika")
    assert code == 0
    assert "Datenstand 2" in out
    (upload,) = uploads()
    assert (upload.upload_id, upload.uploaded_by, upload.approved_by) == (number, "ana", "erika")
    assert "Es wartet keine Lieferung." in run("waiting")[1]


def test_what_is_sent_back_is_no_longer_there_to_release(run, file):
    number = submitted(run, file)
    assert run("refuse", number, "--reason", "Falsches Jahr.", "--by", "erika")[0] == 0
    assert run("release", number, "--by", "erika")[0] == 5
    assert run("refuse", number, "--reason", "Noch einmal.", "--by", "erika")[0] == 5
    assert uploads() == ()


def test_a_dry_run_says_which_numbers_would_change(run, file):
    code, out, _ = run("import", file, "-p", "eigene-fallzahlen", "--dry-run")
    assert code == 0
    assert "Nichts wurde verändert" in out
    assert "Was sich ändern würde" in out
    assert "30 (20" in out  # 30 cases and their Poisson interval
    assert uploads() == ()
