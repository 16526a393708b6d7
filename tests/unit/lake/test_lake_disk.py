"""What happens when the disk does not play along. Needs small file systems of its own, so root."""

import os
import shutil
from dataclasses import replace

import pytest

from sipa_data.errors import DiskFull, LakeError
from sipa_data.lake import open_lake
from sipa_data.release import backup, history, publish
from tests.support.disturbed import read_only, small_disk


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", "1m") as folder:
        yield folder


def on(disk, settings):
    """The whole lake on the small disk; with PostgreSQL, only its files."""
    lake = settings.lake if settings.lake.startswith("postgres:") else str(disk / "catalogue.sqlite")
    return replace(settings, lake=lake, lake_files=disk / "files")


def big(office, name):
    """Numbers that do not compress: 200,000 of them need more than the disk has."""
    numbers = [int.from_bytes(os.urandom(6)) for _ in range(200_000)]
    return office.population(2024, numbers, name=name)


def test_a_full_disk_is_told_and_leaves_everything_as_it_was(settings, disk, office):
    with open_lake(on(disk, settings)) as lake:
        publish(lake, office.population(2023, range(30), name="davor"), by="erika")
        before = lake.checksums(), lake.current_snapshot()
        delivery = big(office, "gross")
        with pytest.raises(DiskFull, match=r"kein Platz.*nichts verändert"):
            publish(lake, delivery, by="erika")
        assert (lake.checksums(), lake.current_snapshot()) == before
        assert publish(lake, office.population(2025, [1], name="danach"), by="erika").status == "published"


def test_a_catalogue_on_a_full_disk_is_told_too(sqlite_settings, disk, office):
    settings = replace(sqlite_settings, lake=str(disk / "catalogue.sqlite"))  # the files have room elsewhere
    with open_lake(settings) as lake:
        states = []

        def publish_until_it_fails():
            for year in range(1950, 2050):  # the catalogue grows by little with each publish
                states.append((lake.checksums(), lake.current_snapshot()))
                publish(lake, office.population(year, [1], name=str(year)), by="erika")

        (disk / "ballast").write_bytes(b"\0" * (shutil.disk_usage(disk).free - 60_000))
        with pytest.raises(DiskFull, match="kein Platz"):
            publish_until_it_fails()
        (disk / "ballast").unlink()
        assert (lake.checksums(), lake.current_snapshot()) == states[-1]


def test_a_backup_onto_a_full_disk_leaves_no_half_backup(sqlite_settings, disk, office):
    with open_lake(sqlite_settings) as lake:
        publish(lake, big(office, "gross"), by="erika")
        with pytest.raises(DiskFull):
            backup(lake, disk / "sicherung")
    assert not (disk / "sicherung").exists()


def test_a_folder_that_must_not_be_written_is_named_with_the_fix(settings, disk, tmp_path, office):
    with open_lake(on(disk, settings)) as lake:
        publish(lake, office.population(2023, range(30), name="davor"), by="erika")
        before = lake.checksums(), lake.current_snapshot()
        shutil.copytree(disk, tmp_path / "copy", dirs_exist_ok=True)
    with read_only(disk), pytest.raises(LakeError, match="Schreibrechte"), open_lake(on(disk, settings)) as lake:
        publish(lake, office.population(2024, range(30), name="neu"), by="erika")
    with open_lake(on(disk, settings)) as lake:
        assert (lake.checksums(), lake.current_snapshot()) == before
        assert len(history(lake)) == 1
