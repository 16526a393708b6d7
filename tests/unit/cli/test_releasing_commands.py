"""The shell can do what the page can: submit, see what waits and what would change, release, send back."""

import shutil

import pytest

from sipa_data.cli import main
from sipa_data.lake import open_lake
from sipa_data.release import PurgeRequests, WaitingRoom, history
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
    assert "Was sich ändert" in out
    assert "30 (20" in out  # 30 cases and their Poisson interval
    assert uploads() == ()


def test_whoever_releases_sees_first_what_it_would_change_and_who_looks_back_what_it_changed(run, file):
    number = submitted(run, file)
    code, out, _ = run("waiting", number, "--district", "Altstadt", "--indicator", "raub-faelle")
    assert code == 0
    assert "Nichts wurde verändert" in out
    assert "in der Gesamtzahl der Stadt" in out
    assert uploads() == ()
    run("release", number, "--by", "erika")
    code, after, _ = run("history", number, "--district", "Altstadt", "--indicator", "raub-faelle")
    assert code == 0
    (upload,) = uploads()
    for told in (upload.sha256, "ana", "erika", "1 von 1 Zeile übernommen"):
        assert told in after
    of_the_change = [line for line in out.splitlines() if line.startswith("│")]
    assert of_the_change
    assert set(of_the_change) <= set(after.splitlines())


def test_a_district_that_does_not_exist_is_refused_with_those_that_do(run, file):
    code, _, told = run("waiting", submitted(run, file), "--district", "Atlantis")
    assert code == 2 or "Atlantis" in told
    assert "Altstadt" in told


def test_the_list_of_what_waits_names_deletions_and_what_was_turned_down(run, file):
    number = submitted(run, file)
    run("refuse", number, "--reason", "Falsches Jahr.", "--by", "erika")
    again = submitted(run, file)
    run("release", again, "--by", "erika")
    PurgeRequests.of(Settings.from_environment()).ask(again, "stadt:max")
    _, out, _ = run("waiting")
    for told in ("Es wartet keine Lieferung.", "Falsches Jahr.", "Beantragte Löschungen", "stadt:max"):
        assert told in out


def test_the_list_of_what_waits_names_a_damaged_entry_and_the_rest(run, file):
    number = submitted(run, file)
    (WaitingRoom.of(Settings.from_environment()).folder / "kaputt").mkdir()
    code, out, _ = run("waiting")
    assert code == 0
    assert "Der Eintrag „kaputt“ im Eingang ist beschädigt" in out
    assert number in out


def test_a_deletion_at_the_shell_leaves_no_request_and_no_trace_in_the_waiting_room(run, file):
    run("refuse", submitted(run, file), "--reason", "Später.", "--by", "erika")
    number = submitted(run, file)
    run("release", number, "--by", "erika")
    PurgeRequests.of(Settings.from_environment()).ask(number, "stadt:max")
    assert run("purge", number, "--by", "max", "--second", "Max", "--yes")[0] == 5
    assert run("purge", number, "--by", "max", "--second", "erika", "--yes")[0] == 0
    _, out, _ = run("waiting")
    assert out.strip() == "Es wartet keine Lieferung."
    _, out, _ = run("history", number)
    assert "raub2024" not in out
    assert "mit ihr gelöscht" in out


def test_nobody_is_named_as_the_second_person_of_an_own_delivery(run, file):
    code, _, told = run("import", file, "-p", "eigene-fallzahlen", "--by", "ana", "--approved-by", " Ana")
    assert code == 5
    assert "muss jemand anderes sein" in told
    assert uploads() == ()


def test_a_layout_that_does_not_exist_is_not_released_by_one_person_unnoticed(run, tmp_path, monkeypatch):
    copied = shutil.copytree(MUSTERSTADT, tmp_path / "stadt")
    city = copied / "city.toml"
    city.write_text('released_alone = ["eigene-projekt"]\n' + city.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("SIPA_CITY", str(copied))
    code, _, told = run("check")
    assert code == 6
    assert "eigene-projekt" in told
