"""What the shell does is logged, and the shell can check and give out the log."""

import csv
import sqlite3
import stat

import pytest

from sipa_data.audit import Chain, open_audit

HEAD = "quelle;zeitraum;bezirk;schluessel;faelle\n"


@pytest.fixture(autouse=True)
def records(place, tmp_path, monkeypatch):
    monkeypatch.setenv("SIPA_RECORDS", str(tmp_path / "records"))


@pytest.fixture
def published(tmp_path, run):
    """One published file; gives the id of its upload."""
    file = tmp_path / "raub.csv"
    file.write_text(HEAD + "pks;2025;01;210000;7\n", encoding="utf-8")
    code, printed, _ = run("import", file, "-p", "eigene-fallzahlen", "--by", "=erika")
    assert code == 0
    return printed.split("Lieferung ")[1].strip().split(".")[0].split()[0]


def logged(tmp_path, chain=Chain.deeds):
    with open_audit(tmp_path / "records") as log:
        return [(entry.event, entry.account, entry.subject) for entry, _ in log.entries(chain)]


def test_uploads_releases_withdrawals_and_purges_of_the_shell_are_logged(tmp_path, run, published):
    assert run("withdraw", published, "--by", "max")[0] == 0
    assert run("purge", published, "--by", "erika", "--second", "max", "--yes")[0] == 0
    assert run("backup", tmp_path / "sicherung", "--by", "erika")[0] == 0
    assert logged(tmp_path) == [
        ("hochgeladen", "kommandozeile:=erika", published),
        ("freigegeben", "kommandozeile:=erika", published),
        ("zurückgezogen", "kommandozeile:max", published),
        ("endgültig gelöscht", "kommandozeile:erika", published),
        ("gesichert", "kommandozeile:erika", str(tmp_path / "sicherung")),
    ]


def test_a_rehearsal_changes_nothing_and_a_refused_file_neither(tmp_path, run, published):
    before = logged(tmp_path)
    broken = tmp_path / "kaputt.csv"
    broken.write_text(HEAD + "pks;2024;99;210000;7\n", encoding="utf-8")
    assert run("import", broken, "-p", "eigene-fallzahlen")[0] == 3
    assert run("withdraw", "gibt-es-nicht")[0] == 5
    assert logged(tmp_path) == before


def test_numbers_shown_at_the_shell_are_a_view_like_any_other(tmp_path, run, published):
    assert run("show", "gewalt-faelle", "--by", "erika")[0] == 0
    assert logged(tmp_path, Chain.use) == [("angesehen", "kommandozeile:erika", "gewalt-faelle")]


def test_verify_says_that_all_is_well_and_gives_the_hashes_to_note(tmp_path, run, published):
    code, printed, _ = run("audit", "verify")
    assert code == 0
    assert "✓ Das Protokoll ist unversehrt." in printed
    with open_audit(tmp_path / "records") as log:
        noted = log.segments(Chain.deeds)[-1].closing
    assert noted in printed
    assert run("audit", "verify", "--known", noted)[0] == 0
    code, _, complaint = run("audit", "verify", "--known", "0" * 64)
    assert code == 4
    assert "kommt nicht mehr vor" in complaint


def test_verify_ends_with_4_after_a_line_was_changed(tmp_path, run, published):
    with sqlite3.connect(tmp_path / "records" / "protokoll.sqlite") as file:
        file.execute("drop trigger entries_stay")
        file.execute("update entries set account = 'kommandozeile:max' where number = 1")
    code, _, complaint = run("audit", "verify")
    assert code == 4
    assert "Der Eintrag 1 ist verändert." in complaint


def test_the_export_holds_every_entry_and_no_formula_and_is_logged_itself(tmp_path, run, published):
    target = tmp_path / "protokoll.csv"
    code, printed, _ = run("audit", "export", "--to-file", target, "--by", "pruefung")
    assert code == 0
    assert "2 Einträge" in printed
    rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row[3] for row in rows[1:]] == ["hochgeladen", "freigegeben"]
    assert all(len(row) == len(rows[0]) for row in rows)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert logged(tmp_path)[-1] == ("protokoll ausgegeben", "kommandozeile:pruefung", "alle Konten")


def test_one_account_can_be_given_out_alone(run, published):
    code, printed, _ = run("audit", "export", "--account", "kommandozeile:niemand")
    assert code == 0
    assert len(printed.strip().splitlines()) == 1


def test_an_existing_file_is_never_overwritten(tmp_path, run, published):
    (tmp_path / "da.csv").write_text("wichtig")
    code, _, complaint = run("audit", "export", "--to-file", tmp_path / "da.csv")
    assert code == 4
    assert "lässt sich nicht neu anlegen" in complaint
    assert (tmp_path / "da.csv").read_text() == "wichtig"


def test_without_a_log_nothing_is_published(tmp_path, run, monkeypatch):
    (tmp_path / "im-weg").write_text("")
    monkeypatch.setenv("SIPA_RECORDS", str(tmp_path / "im-weg"))
    file = tmp_path / "raub.csv"
    file.write_text(HEAD + "pks;2025;01;210000;7\n", encoding="utf-8")
    code, _, complaint = run("import", file, "-p", "eigene-fallzahlen")
    assert code == 4
    assert "Protokoll" in complaint
    assert not (tmp_path / "lake" / "catalogue.sqlite").exists()
