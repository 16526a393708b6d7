import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sipa_data.cli import exits, importing
from sipa_data.errors import (
    AlreadyPublished,
    BackupError,
    CatalogueError,
    DiskFull,
    InvalidQuestion,
    LakeConflict,
    NoSuchSnapshot,
    NoSuchUpload,
    NotAllowed,
    NotWithdrawable,
    ProfileError,
    QueryTooSlow,
    RefusedDelivery,
    SettingsError,
    SipaError,
    UnreadableFile,
    WrongCity,
)
from sipa_data.lake import open_lake
from sipa_data.release import history
from sipa_data.settings import Settings

HEAD = "quelle;zeitraum;bezirk;schluessel;faelle\n"


def file_with(folder, year, cases, *, name=None):
    """Cases of robbery per district; district 01 has the first number."""
    path = folder / (name or f"raub{year}.csv")
    rows = [f"pks;{year};{district:02d};210000;{count}" for district, count in enumerate(cases, start=1)]
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def state():
    with open_lake(Settings.from_environment()) as lake:
        return lake.checksums(), lake.current_snapshot()


def uploads():
    with open_lake(Settings.from_environment()) as lake:
        return history(lake)


def test_the_way_from_a_file_to_a_number_and_back(run, tmp_path):
    file = file_with(tmp_path, 2024, [30, 20, 10, 5])
    code, out, _ = run("import", file, "-p", "eigene-fallzahlen", "--by", "erika", "--note", "Jahreszahlen")
    assert code == 0
    assert "raub2024.csv: 4 von 4 Zeilen übernommen. Datenstand 2, Lieferung" in out
    (upload,) = uploads()

    code, out, _ = run("history")
    assert code == 0
    for expected in (upload.upload_id, "raub2024.csv", "erika", "Jahreszahlen", "vertraulich", "veröffentlicht"):
        assert expected in out

    code, out, _ = run("snapshots")
    assert code == 0
    assert "Tabellen angelegt" in out
    assert upload.upload_id in out

    code, out, _ = run("show", "raub-faelle", "--district", "Altstadt", "--period", "2024")
    assert code == 0
    assert "30 Fälle" in out
    assert "Quelle:" in out
    assert "Datenstand 2 vom" in out

    code, out, _ = run("withdraw", upload.upload_id, "--by", "max")
    assert code == 0
    assert "ist zurückgezogen. Datenstand 3." in out
    assert run("show", "raub-faelle", "--snapshot", 2, "--district", "Altstadt")[1].count("30 Fälle") >= 1

    code, out, _ = run("purge", upload.upload_id, "--by", "erika", "--second", "max", "--yes")
    assert code == 0
    assert "endgültig gelöscht. Datenstand 4" in out
    code, _, err = run("show", "raub-faelle", "--snapshot", 2)
    assert code == 5
    assert "Daten gelöscht am" in err


def test_show_prints_every_district_with_value_interval_and_count(run, tmp_path):
    run("import", file_with(tmp_path, 2024, [1234, 20, 10, 5]), "-p", "eigene-fallzahlen")
    code, out, _ = run("show", "raub-faelle", "--all-districts")
    assert code == 0
    rows = {line.split("│")[1].strip(): line for line in out.splitlines() if "│" in line}
    assert {"Musterstadt", "Altstadt", "Nordstadt", "Südstadt", "Hafen"} <= set(rows)
    assert "1.234 Fälle" in rows["Altstadt"]
    assert "1.269 Fälle" in rows["Musterstadt"]  # 1234 + 20 + 10 + 5
    # Exact Poisson interval of 5 cases: 1.62 to 11.67 (Garwood 1936).
    assert "2–12 Fälle" in rows["Hafen"]


def test_a_dry_run_says_what_would_be_taken_and_replaced_and_changes_nothing(run, tmp_path):
    run("import", file_with(tmp_path, 2024, [30, 20, 10, 5]), "-p", "eigene-fallzahlen", "--by", "erika")
    before = state()
    new = file_with(tmp_path, 2024, [31, 21, 11, 6], name="korrektur.csv")
    code, out, _ = run("import", new, "-p", "eigene-fallzahlen", "--replace", "--dry-run")
    assert code == 0
    assert "Probe: korrektur.csv: 4 von 4 Zeilen übernommen. Nichts wurde verändert." in out
    assert "Gefüllt würde: Fallzahlen (" in out
    assert "Ersetzt würde: „raub2024.csv“" in out
    assert state() == before


def test_several_files_stop_at_the_first_error_and_say_what_is_published(run, tmp_path):
    good, late = file_with(tmp_path, 2023, [1, 2, 3, 4]), file_with(tmp_path, 2025, [1, 2, 3, 4])
    bad = tmp_path / "schlecht.csv"
    bad.write_text(HEAD + "pks;2024;Atlantis;210000;3\npks;2024;01;210000;-1\n", encoding="utf-8")
    code, out, err = run("import", good, bad, late, "-p", "eigene-fallzahlen")
    assert code == 3
    assert "raub2023.csv" in out
    assert "Veröffentlicht wurde bis hierher: raub2023.csv. Nicht veröffentlicht: schlecht.csv und raub2025.csv." in err
    assert "Die Lieferung wurde nicht übernommen" in err
    assert [upload.file_name for upload in uploads()] == ["raub2023.csv"]


def test_findings_are_listed_with_line_and_column(run, tmp_path):
    bad = tmp_path / "schlecht.csv"
    bad.write_text(HEAD + "pks;2024;Atlantis;210000;3\n", encoding="utf-8")
    before = state()
    code, _, err = run("import", bad, "-p", "eigene-fallzahlen")
    assert code == 3
    (line,) = [line for line in err.splitlines() if "│ Fehler" in line]
    assert [cell.strip() for cell in line.split("│")[1:4]] == ["Fehler", "2", "bezirk"]
    assert "Atlantis" in line
    assert state() == before


def test_the_same_file_twice_ends_with_3(run, tmp_path):
    file = file_with(tmp_path, 2024, [1, 2, 3, 4])
    assert run("import", file, "-p", "eigene-fallzahlen")[0] == 0
    code, _, err = run("import", file, "-p", "eigene-fallzahlen")
    assert code == 3
    assert "Diese Lieferung ist schon veröffentlicht" in err


def test_another_citys_file_cannot_get_into_this_lake(run, tmp_path):
    run("import", file_with(tmp_path, 2024, [1, 2, 3, 4]), "-p", "eigene-fallzahlen")
    before = state()
    for call in (
        ["import", file_with(tmp_path, 2025, [1]), "-p", "eigene-fallzahlen"],
        ["check"],
        ["show", "haeufigkeitszahl"],
    ):
        code, _, err = run(*call, "--city", "stuttgart")
        assert code in {4, 5}
        if code == 4:
            assert "gehört zu Musterstadt" in err
    assert state() == before


def test_profiles_names_every_layout_and_describes_one(run):
    code, out, _ = run("profiles")
    assert code == 0
    assert {path.stem for path in Settings.from_environment().profiles.glob("*.toml")} <= set(
        out.replace("│", " ").split()
    )
    code, out, _ = run("profiles", "koeln-ordnungswidrigkeiten")
    assert code == 0
    assert "--companion adressen=DATEI" in out


def test_backup_restore_and_check(run, tmp_path, monkeypatch):
    run("import", file_with(tmp_path, 2024, [1, 2, 3, 4]), "-p", "eigene-fallzahlen")
    before = state()
    code, out, _ = run("backup", tmp_path / "sicherung")
    assert code == 0
    assert "Datenstand 2 ist in" in out
    monkeypatch.setenv("SIPA_LAKE", str(tmp_path / "new" / "catalogue.sqlite"))
    code, out, _ = run("restore", tmp_path / "sicherung")
    assert code == 0
    assert "Datenstand 2 ist wiederhergestellt" in out
    assert state() == before
    code, out, _ = run("check")
    assert code == 0
    assert [line[0] for line in out.splitlines()] == ["✓", "✓", "✓"]
    assert run("restore", tmp_path / "sicherung")[0] == 4


def test_check_names_what_is_broken_and_goes_on(run, tmp_path, monkeypatch):
    monkeypatch.setenv("SIPA_CITY", str(tmp_path / "nowhere"))
    code, out, err = run("check")
    assert code == 6
    assert "✗ Der Katalog der Stadt enthält einen Fehler" in err
    assert "Dateiprofile" in out


def test_check_finds_missing_files(run, tmp_path):
    run("import", file_with(tmp_path, 2024, range(1, 5)), "-p", "eigene-fallzahlen")
    many = tmp_path / "viele.csv"
    rows = [f"amt;{year};01;210000;3" for year in range(1990, 2020)]
    many.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    assert run("import", many, "-p", "eigene-fallzahlen")[0] == 0
    next((tmp_path / "lake" / "files").rglob("*.parquet")).unlink()
    code, _, err = run("check")
    assert code == 4
    assert "fehlt oder ist unvollständig" in err or "liegt keine der Dateien" in err


def test_purge_asks_before_it_deletes(run, tmp_path, monkeypatch):
    run("import", file_with(tmp_path, 2024, [1, 2, 3, 4]), "-p", "eigene-fallzahlen")
    before = state()
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    code, _, err = run("purge", uploads()[0].upload_id, "--by", "erika", "--second", "max")
    assert code == 130
    assert "Es wurde nichts verändert" in err
    assert state() == before


@pytest.mark.parametrize(
    ("call", "code", "title"),
    [
        (["import", "nirgends.csv", "-p", "eigene-fallzahlen"], 3, "Die Datei lässt sich nicht lesen"),
        (["import", "nirgends.csv", "-p", "gibt-es-nicht"], 6, "Das Dateiprofil passt nicht"),
        (["import", "a.csv", "-p", "eigene-fallzahlen", "--city", "atlantis"], 6, "Der Katalog der Stadt"),
        (["withdraw", "2024-01-01-abcdef12"], 5, "Diese Lieferung gibt es nicht"),
        (["purge", "a", "--by", "erika", "--second", "Erika", "--yes"], 5, "Dafür fehlt die Berechtigung"),
        (["restore", "nirgends"], 4, "Die Sicherung passt nicht"),
        (["show", "gibt-es-nicht"], 5, "Diese Ansicht gibt es nicht"),
        (["show", "raub-faelle", "--district", "Atlantis"], 5, "Diese Ansicht gibt es nicht"),
        (["show", "raub-faelle", "--snapshot", "99"], 5, "Diesen Datenstand gibt es nicht"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, list) else "",
)
def test_each_refusal_has_its_exit_code_and_its_title(run, call, code, title):
    ended, _, err = run(*call)
    assert (ended, err.splitlines()[0]) == (code, title) or (ended == code and title in err)
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnreadableFile, 3), (RefusedDelivery, 3), (AlreadyPublished, 3), (NotWithdrawable, 3),
        (DiskFull, 4), (LakeConflict, 4), (QueryTooSlow, 4), (BackupError, 4), (WrongCity, 4),
        (NoSuchSnapshot, 5), (NoSuchUpload, 5), (NotAllowed, 5), (InvalidQuestion, 5),
        (CatalogueError, 6), (ProfileError, 6), (SettingsError, 6),
    ],
)  # fmt: skip
def test_every_cause_has_a_meaningful_exit_code(error, code):
    assert exits.exit_code_of(error("Satz.")) == code


def test_no_cause_ends_as_unexpected():
    def all_kinds(kind):
        return {kind} | {each for below in kind.__subclasses__() for each in all_kinds(below)}

    for kind in all_kinds(SipaError) - {SipaError}:
        assert exits.exit_code_of(kind.__new__(kind)) != 1, kind


def test_an_unexpected_error_prints_a_number_and_the_log_has_the_rest(run, tmp_path, monkeypatch):
    def fails(_):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(importing, "load_catalogue", fails)
    code, _, err = run("import", "a.csv", "-p", "eigene-fallzahlen")
    assert code == 1
    assert "Traceback" not in err
    assert "secret detail" not in err
    number = err.split("Fehlernummer ")[1].split(".")[0]
    log = (tmp_path / "lake" / "sipa-fehler.log").read_text(encoding="utf-8")
    assert number in log
    assert "ZeroDivisionError: secret detail" in log
    code, _, err = run("--verbose", "import", "a.csv", "-p", "eigene-fallzahlen")
    assert (code, "ZeroDivisionError: secret detail" in err) == (1, True)


def test_where_the_log_cannot_be_written_the_machines_own_folder_takes_it(run, tmp_path, monkeypatch):
    def fails(_):
        raise ZeroDivisionError

    def no_room(self, *_, **__):
        if self == tmp_path / "lake":
            raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(importing, "load_catalogue", fails)
    monkeypatch.setattr(Path, "mkdir", no_room)
    monkeypatch.setattr(exits, "gettempdir", lambda: str(tmp_path))
    code, _, err = run("import", "a.csv", "-p", "eigene-fallzahlen")
    assert code == 1
    assert str(tmp_path / "sipa-fehler.log") in err


def test_the_module_can_be_called_and_gives_its_exit_code_to_the_shell(tmp_path):
    environment = os.environ | {"SIPA_LAKE": str(tmp_path / "lake.sqlite"), "LANG": "en_US.UTF-8", "LANGUAGE": "fr"}
    called = subprocess.run(
        [sys.executable, "-m", "sipa_data", "withdraw", "unbekannt"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert called.returncode == 5
    assert called.stderr.startswith("Diese Lieferung gibt es nicht\n")
    assert called.stdout == ""
