import json
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from sipa_data.errors import BackupError
from sipa_data.lake import open_lake
from sipa_data.release import backup, history, publish, restore, withdraw
from sipa_data.settings import Settings
from tests.support.deliveries import Office


@pytest.fixture(scope="module")
def filled(shared_lake, tmp_path_factory):
    """Something in files, something small in the catalogue, something replaced, something withdrawn."""
    office = Office(tmp_path_factory.mktemp("filled"))
    publish(shared_lake, office.population(2023, range(30), name="gross"), by="erika")
    publish(shared_lake, office.monthly_counts(2024, range(1, 13), 10, name="2024"), by="erika")
    publish(shared_lake, office.monthly_counts(2024, range(3, 4), 99, name="maerz"), by="erika", replace=True)
    mistake = publish(shared_lake, office.population(2025, [7], name="irrtum"), by="erika")
    withdraw(shared_lake, mistake.upload_id, by="erika")
    return shared_lake


@pytest.fixture(scope="module")
def saved(filled, tmp_path_factory):
    """A backup, and its manifest."""
    folder = tmp_path_factory.mktemp("backup") / "sicherung"
    return folder, backup(filled, folder)


@pytest.fixture
def copied(saved, tmp_path):
    """The same backup, to be damaged."""
    return Path(shutil.copytree(saved[0], tmp_path / "kopie"))


@pytest.fixture
def elsewhere(filled, tmp_path, request):
    """An empty place of the same kind."""
    place = Settings(tmp_path, tmp_path, str(tmp_path / "new" / "catalogue.sqlite"), tmp_path / "new" / "files")
    if filled.address.on_postgres:
        return replace(place, lake=request.getfixturevalue("postgres_server").new_database())
    return place


def test_what_is_restored_is_the_same_in_every_snapshot_and_goes_on(filled, saved, elsewhere, office):
    folder, manifest = saved
    steps = []
    restore(folder, elsewhere, progress=lambda *step: steps.append(step))
    assert steps == [(n, len(steps)) for n in range(1, len(steps) + 1)]
    with open_lake(elsewhere) as restored:
        assert restored.checksums() == filled.checksums() == manifest.tables
        assert restored.snapshots() == filled.snapshots()
        for snapshot in filled.snapshots()[1:]:
            assert restored.checksums(snapshot.id) == filled.checksums(snapshot.id)
        before = restored.current_snapshot()
        march = next(upload for upload in history(restored) if upload.file_name == "maerz.csv")
        withdraw(restored, march.upload_id, by="max")
        upload = publish(restored, office.population(2026, range(40), name="weiter"), by="max")
        assert upload.snapshot == before + 2
        with restored.reader() as reader:
            assert reader.read("select sum(cases)::int as n from incident_counts").to_pylist() == [{"n": 120}]


def test_a_backup_taken_while_others_publish_is_one_instant(lake, tmp_path, office):
    publish(lake, office.population(1999, range(30), name="anfang"), by="erika")
    deliveries = [office.population(2000 + n, range(20), name=f"n{n}") for n in range(12)]
    publisher = threading.Thread(target=lambda: [publish(lake, delivery, by="erika") for delivery in deliveries])
    publisher.start()
    manifests = [backup(lake, tmp_path / f"sicherung{n}") for n in range(3)]
    publisher.join()
    for number, manifest in enumerate(manifests):
        files = list((tmp_path / f"sicherung{number}" / "files").rglob("*.parquet"))
        assert len(files) == manifest.snapshot - 1  # one file per publish, and the first snapshot only makes tables
        assert manifest.tables == lake.checksums(manifest.snapshot)


def test_a_backup_counts_its_files(filled, tmp_path):
    steps = []
    manifest = backup(filled, tmp_path / "sicherung", progress=lambda *step: steps.append(step))
    of_the_lake = [path for path in manifest.files if path.startswith("files/")]
    assert steps == [(n, len(of_the_lake)) for n in range(1, len(of_the_lake) + 1)]
    assert len(of_the_lake) >= 2


def test_a_backup_needs_an_empty_folder(filled, tmp_path):
    (tmp_path / "voll").mkdir()
    (tmp_path / "voll" / "brief.txt").write_text("wichtig")
    with pytest.raises(BackupError, match="nicht leer"):
        backup(filled, tmp_path / "voll")
    assert (tmp_path / "voll" / "brief.txt").read_text() == "wichtig"


def test_a_lake_with_missing_files_is_not_backed_up(filled, tmp_path):
    file = next(filled.address.files.rglob("*.parquet"))
    aside = file.rename(tmp_path / "aside")
    with pytest.raises(BackupError, match="fehlt oder ist unvollständig"):
        backup(filled, tmp_path / "sicherung")
    aside.rename(file)
    assert not (tmp_path / "sicherung").exists()


def test_a_restore_refuses_a_target_with_content_and_leaves_it(filled, saved, tmp_path):
    target = Settings(tmp_path, tmp_path, filled.address.catalogue, filled.address.files)
    before = filled.checksums()
    with pytest.raises(BackupError, match="nicht leer"):
        restore(saved[0], target)
    with pytest.raises(BackupError, match="enthält schon einen Datenbestand"):
        restore(saved[0], replace(target, lake_files=tmp_path / "leer"))
    assert filled.checksums() == before


def test_a_damaged_backup_is_refused_before_anything_is_written(copied, elsewhere):
    damaged = next(copied.rglob("ducklake-*.parquet"))
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(BackupError, match=r"ist die Datei files/.*beschädigt"):
        restore(copied, elsewhere)
    damaged.unlink()
    with pytest.raises(BackupError, match="fehlt die Datei"):
        restore(copied, elsewhere)
    assert list(elsewhere.lake_files.iterdir()) == []
    damaged.write_bytes(whole)
    restore(copied, elsewhere)


def test_a_manifest_that_does_not_fit_is_refused(copied, elsewhere, tmp_path):
    path = copied / "manifest.json"
    right = json.loads(path.read_text())
    for change, sentence in [
        ({"format": 2}, "Format 2"),
        ({"unknown": 1}, "beschädigt"),
        ({"catalogue": "other"}, "dieselbe Art"),
        ({"lake_format": "0.3", "duckdb": "1.4.0"}, "mit DuckDB 1.4.0 wieder her"),
        ({"tables": right["tables"] | {"population": "32:1"}}, "stimmt nicht mit der Sicherung überein"),
    ]:
        path.write_text(json.dumps(right | change))
        with pytest.raises(BackupError, match=sentence):
            restore(copied, elsewhere)
    path.unlink()
    with pytest.raises(BackupError, match="keine vollständige Sicherung"):
        restore(copied, elsewhere)
