"""A ZIP with one file in it is that file; anything else in it is refused with a sentence."""

import shutil
import zipfile

import pytest

from sipa_data.errors import UnreadableFile
from sipa_data.intake import look_at, read_delivery
from tests.support.intake import COUNTS, layout, musterstadt, put, rows_of

TEXT = "jahr;bezirk;schlüssel;fälle\n2024;Nord;210000;5\n"


def pack(folder, members, name="lieferung.zip", method=zipfile.ZIP_DEFLATED):
    path = folder / name
    with zipfile.ZipFile(path, "w", method) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def test_a_packed_file_is_read_like_the_file_itself(tmp_path):
    packed, plain = pack(tmp_path, {"ordner/zahlen.csv": TEXT}), put(tmp_path, TEXT)
    assert rows_of(packed, layout(COUNTS)) == rows_of(plain, layout(COUNTS))


def test_a_packed_file_keeps_its_own_name_and_fingerprint(tmp_path):
    with read_delivery(put(tmp_path, TEXT), musterstadt(), layout(COUNTS)) as plain:
        fingerprint = plain.report.sha256
    with read_delivery(pack(tmp_path, {"zahlen.csv": TEXT}), musterstadt(), layout(COUNTS)) as delivery:
        assert (delivery.report.file_name, delivery.report.sha256) == ("zahlen.csv", fingerprint)


def test_the_archive_is_named_beside_the_file(tmp_path):
    found = look_at(pack(tmp_path, {"zahlen.csv": TEXT}))
    assert dict(found.lines())["Format"] == "CSV, ausgepackt aus „lieferung.zip“"


def test_what_a_system_adds_to_an_archive_does_not_count(tmp_path):
    path = pack(tmp_path, {"zahlen.csv": TEXT, "__MACOSX/._zahlen.csv": "x", ".DS_Store": "x"})
    assert look_at(path).name == "zahlen.csv"


def test_several_files_are_refused_by_name(tmp_path):
    with pytest.raises(UnreadableFile, match=r"enthält 2\s+Dateien, darunter „a\.csv“ und „b\.csv“"):
        look_at(pack(tmp_path, {"a.csv": TEXT, "b.csv": TEXT}))


def test_an_archive_without_a_file_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="enthält keine Datei"):
        look_at(pack(tmp_path, {"leer/": ""}))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = pack(tmp_path, {"bombe.csv": b"0" * 60_000_000})
    assert path.stat().st_size < 100_000
    with pytest.raises(UnreadableFile, match="weit mehr, als eine Tabelle ergibt"):
        look_at(path)


def test_an_archive_in_an_archive_is_refused(tmp_path):
    inner = pack(tmp_path, {"zahlen.csv": TEXT}, "innen.zip")
    with pytest.raises(UnreadableFile):
        look_at(pack(tmp_path, {"innen.zip": inner.read_bytes()}, "aussen.zip"))


def test_a_member_cannot_leave_the_private_folder(tmp_path):
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    look_at(pack(inside, {"../../../entkommen.csv": TEXT}))
    assert not list(tmp_path.rglob("entkommen.csv"))


def test_a_damaged_member_says_so(tmp_path):
    path = pack(tmp_path, {"zahlen.csv": TEXT * 200}, method=zipfile.ZIP_STORED)
    damaged = path.read_bytes().replace(b"Nord", b"Sued", 1)
    with pytest.raises(UnreadableFile, match="ist beschädigt"):
        look_at(put(tmp_path, damaged, "kaputt.zip"))


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "privat"))
    (tmp_path / "privat").mkdir()
    look_at(pack(tmp_path, {"zahlen.csv": TEXT}))
    assert not list((tmp_path / "privat").iterdir())
    shutil.rmtree(tmp_path / "privat")
