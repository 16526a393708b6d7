"""The shell can do what the page can: submit, see what waits and what would change, release, send back."""

import shutil
from datetime import date

import pytest

from sipa_data.cli.main import commands
from sipa_data.intake.delivery import Finding, Slice
from sipa_data.lake import open_lake
from sipa_data.release import PurgeRequests, WaitingRoom, history, submit
from sipa_data.release.desk import Desk
from sipa_data.settings import Settings
from tests.support.deliveries import staged
from tests.support.facts import MUSTERSTADT

YEAR = date(2024, 1, 1), date(2024, 12, 31)
ROW = {
    "source": "pks",
    "period_start": YEAR[0],
    "period_end": YEAR[1],
    "district_id": "01",
    "offence_key": "210000",
    "cases": 30,
}
ONE_COUNT = {"incident_counts": [ROW]}, [Slice("incident_counts", (("source", "pks"),), *YEAR)]


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


def test_a_deletion_is_asked_for_dropped_and_carried_out_by_somebody_else_as_on_the_page(run, file):
    number = submitted(run, file)
    run("release", number, "--by", "erika")
    assert run("purge", "2020-01-01-00000000", "--ask", "--by", "erika")[0] == 5
    assert run("purge", number, "--by", "max", "--yes")[0] == 5  # nobody has asked
    assert "beantragt von erika" in run("purge", number, "--ask", "--by", "erika")[1]
    assert "beantragt von erika" in run("purge", number, "--ask", "--by", "max")[1]
    assert run("purge", number, "--drop", "--by", "max")[0] == 0
    assert "Beantragte Löschungen" not in run("waiting")[1]
    run("purge", number, "--ask", "--by", "erika")
    assert run("purge", number, "--by", "Erika", "--yes")[0] == 5
    assert [upload.status for upload in uploads()] == ["published"]
    assert run("purge", number, "--by", "max", "--yes")[0] == 0
    assert [upload.status for upload in uploads()] == ["purged"]
    assert "Beantragte Löschungen" not in run("waiting")[1]
    assert run("purge", number, "--ask", "--by", "erika")[0] == 3
    assert run("purge", number, "--ask", "--drop", "--by", "erika")[0] == 2


def test_whoever_releases_reads_the_note_and_the_warnings_that_were_acknowledged(run, tmp_path):
    warning = Finding("warning", "probe", "Im Hafen sind es viermal so viele Fälle wie bisher.")
    delivery = staged(tmp_path / "amt", *ONE_COUNT, name="raub", findings=(warning,))
    room = WaitingRoom.of(Settings.from_environment())
    waits = submit(room, delivery, by="ana", acknowledged=True, note="Revier 3 hat nachgemeldet.")
    code, out, _ = run("waiting", waits.id)
    assert code == 0
    for told in (
        "Anmerkung: Revier 3 hat nachgemeldet.",
        "Zur Kenntnis genommen: Im Hafen sind es viermal so viele Fälle wie bisher.",
        "Gefüllt würde: Fallzahlen (Quelle pks, 01.01.2024 bis 31.12.2024).",
    ):
        assert told in out


def test_a_dry_run_names_in_german_what_would_be_filled(run, file):
    _, out, _ = run("import", file, "-p", "eigene-fallzahlen", "--dry-run")
    assert "Gefüllt würde: Fallzahlen (Quelle pks, 01.01.2024 bis 31.12.2024)." in out
    assert "incident_counts" not in out


AT_THE_SHELL = {
    "read": "import --dry-run",
    "rehearse": "import --dry-run",
    "submit": "import --submit",
    "waiting": "waiting",
    "damaged": "waiting",
    "refused": "waiting",
    "rehearse_waiting": "waiting",
    "release": "release",
    "refuse": "refuse",
    "waves": "code-book",
    "code_book": "code-book",
    "register": "template --filled",
    "withdraw": "withdraw",
    "ask_for_purge": "purge --ask",
    "drop_purge": "purge --drop",
    "purge_requests": "waiting",
    "damaged_purge_requests": "waiting",
    "purge": "purge",
}
ONLY_ASKS = {"at", "takes", "may_release"}
"""What makes the counter, and what the page asks in order to offer a button or not."""


def test_whatever_a_page_can_do_at_the_counter_the_shell_can_do_too():
    deeds = {name for name in vars(Desk) if not name.startswith("_") and callable(getattr(Desk, name))}
    assert deeds == AT_THE_SHELL.keys() | ONLY_ASKS
    for deed, call in AT_THE_SHELL.items():
        name, *flags = call.split()
        options = {flag for option in commands.commands[name].params for flag in option.opts}
        assert set(flags) <= options, deed


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
