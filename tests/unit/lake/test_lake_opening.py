import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from sipa_data.errors import DiskFull, LakeError
from sipa_data.lake import instance, open_lake
from sipa_data.lake.instance import EXTENSIONS, open_instance
from sipa_data.release import publish
from sipa_data.tables import PURGES, TABLES, UPLOADS


def test_a_new_lake_has_every_table_empty_with_the_number_of_the_upload(lake):
    with lake.reader() as reader:
        for table in TABLES.values():
            found = reader.read(f"from {table.name}")
            assert found.column_names == [*(column.name for column in table.columns), "upload_id"]
            assert found.num_rows == 0
        for table in (UPLOADS, PURGES):
            assert reader.read(f"from {table.name}").column_names == [column.name for column in table.columns]


def test_opening_again_changes_nothing(settings, office):
    with open_lake(settings) as lake:
        publish(lake, office.population(2024, [1], name="a"), by="erika")
        before = lake.checksums(), lake.current_snapshot()
    with open_lake(settings) as lake:
        assert (lake.checksums(), lake.current_snapshot()) == before


def test_a_table_that_a_newer_version_knows_is_made_at_the_next_opening(settings, office):
    with open_lake(settings) as lake:
        lake.transaction(lambda work: work.execute("drop table decisions"), author="test", message="older version")
        older = lake.current_snapshot()
        publish(lake, office.population(2024, [1], name="a"), by="erika")
    with open_lake(settings) as lake:
        with lake.reader() as reader:
            assert "responsible" in reader.read("from decisions").column_names
            assert reader.read("from population").num_rows == 1
        with lake.reader(older) as reader:
            assert reader.read("select decision_id, due from decisions").num_rows == 0


def test_a_column_that_a_newer_version_knows_is_added_and_empty_in_older_snapshots(settings):
    with open_lake(settings) as lake:
        lake.transaction(
            lambda work: work.execute("alter table uploads drop column note"), author="test", message="older version"
        )
        older = lake.current_snapshot()
    with open_lake(settings) as lake:
        for snapshot in (None, older):
            with lake.reader(snapshot) as reader:
                assert reader.read("select upload_id, note from uploads").column_names == ["upload_id", "note"]


def test_incidents_lie_in_one_folder_per_year(lake, office):
    for year in (2023, 2024):
        publish(lake, office.monthly_counts(year, range(1, 13), 5, name=str(year)), by="erika")
    folder = lake.address.files / "main" / "incident_counts"
    assert sorted(path.name for path in folder.iterdir()) == ["year=2023", "year=2024"]


def test_the_lake_instance_loads_signed_extensions_fetches_nothing_and_keeps_to_its_limits(monkeypatch):
    monkeypatch.setitem(instance.SIGNED_ONLY, "allow_unsigned_extensions", "false")  # as outside of tests
    with open_instance(EXTENSIONS) as connection:
        settings = dict(connection.execute("select name, value from duckdb_settings()").fetchall())
    assert settings["allow_unsigned_extensions"] == settings["enable_progress_bar"] == "false"
    assert settings["autoinstall_known_extensions"] == settings["autoload_known_extensions"] == "false"
    assert (settings["memory_limit"], int(settings["threads"]) <= 4) == ("1.8 GiB", True)
    assert settings["ducklake_max_retry_count"] == "0"
    for extension in EXTENSIONS:
        assert Path(instance._path_of(extension)).is_relative_to(Path(duckdb.__file__).parent.parent)


def test_outside_of_tests_signatures_are_checked():
    script = "from sipa_data.lake.instance import SIGNED_ONLY; print(SIGNED_ONLY)"
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == str({"allow_unsigned_extensions": "false"})


def test_a_missing_extension_package_is_named():
    with pytest.raises(LakeError, match=r"duckdb-extension-azure in der Version 1\.\d+\.\d+ .Zusatz „cluster“"):
        open_instance(("azure",))


def test_an_extension_of_another_version_is_named(monkeypatch):
    monkeypatch.setattr(instance.duckdb, "__version__", "1.4.0")
    with pytest.raises(LakeError, match=r"passt nicht zu DuckDB 1\.4\.0"):
        open_instance(EXTENSIONS)


def test_a_lake_may_move_to_another_folder(sqlite_settings, tmp_path, office):
    with open_lake(sqlite_settings) as lake:
        publish(lake, office.population(2024, range(30), name="a"), by="erika")
        before = lake.checksums()
    shutil.move(sqlite_settings.lake_files.parent, tmp_path / "moved")
    moved = replace(
        sqlite_settings, lake=str(tmp_path / "moved" / "catalogue.sqlite"), lake_files=tmp_path / "moved" / "files"
    )
    with open_lake(moved) as lake:
        assert lake.checksums() == before


def test_a_folder_that_is_not_this_catalogues_is_refused_before_anything_is_written(settings, tmp_path, office):
    with open_lake(settings) as lake:
        publish(lake, office.population(2024, range(30), name="a"), by="erika")
    with pytest.raises(LakeError, match="SIPA_LAKE_FILES"):
        open_lake(replace(settings, lake_files=tmp_path / "elsewhere"))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_catalogue_that_has_gone_missing_does_not_cost_the_files(sqlite_settings, tmp_path, office):
    """Opening makes a new, empty one; to that, every file looks like one that nobody needs."""
    with open_lake(sqlite_settings) as lake:
        publish(lake, office.population(2024, range(30), name="a"), by="erika")
        before = lake.checksums()
    kept = sorted(sqlite_settings.lake_files.rglob("*.parquet"))
    long_ago = time.time() - 2 * 24 * 3600
    for path in kept:
        os.utime(path, (long_ago, long_ago))
    gone = Path(sqlite_settings.lake).rename(tmp_path / "weg")
    for _ in range(2):
        with pytest.raises(LakeError, match="gehören zu einem anderen Katalog"):
            open_lake(sqlite_settings)
    assert sorted(sqlite_settings.lake_files.rglob("*.parquet")) == kept
    gone.replace(sqlite_settings.lake)
    with open_lake(sqlite_settings) as lake:
        assert lake.checksums() == before


def test_who_cannot_tidy_up_can_read_all_the_same(sqlite_settings, office, monkeypatch, caplog):
    with open_lake(sqlite_settings) as lake:
        publish(lake, office.population(2024, range(30), name="a"), by="erika")

    def full(_):
        raise DiskFull("Kein Platz.")

    monkeypatch.setattr("sipa_data.lake.opening.remove_orphans", full)
    with open_lake(sqlite_settings) as lake, lake.reader() as reader:
        assert reader.read("from population").num_rows == 30
    assert "Kein Platz." in caplog.text


def test_a_file_that_is_no_catalogue_is_refused(sqlite_settings):
    path = Path(sqlite_settings.lake)
    path.parent.mkdir(parents=True)
    path.write_text("Bezirk;Fälle\nMitte;3\n" * 100)
    with pytest.raises(LakeError, match="SIPA_LAKE"):
        open_lake(sqlite_settings)


@pytest.mark.parametrize(
    "address",
    [
        "postgres:host=127.0.0.1 port=1 user=sipa password=streng'geheim dbname=lake",
        "postgres://sipa:streng%27geheim@127.0.0.1:1/lake",
    ],
)
def test_a_server_that_does_not_answer_is_told_without_the_password(sqlite_settings, address):
    with pytest.raises(LakeError, match=r"nicht erreichbar.*SIPA_LAKE.*Datenbankserver") as refused:
        open_lake(replace(sqlite_settings, lake=address))
    error: BaseException | None = refused.value
    while error is not None:
        assert "geheim" not in str(error)
        error = error.__cause__


@pytest.mark.postgres
def test_a_server_may_also_be_named_as_a_url(sqlite_settings, postgres_server):
    given = dict(part.split("=") for part in postgres_server.new_database().removeprefix("postgres:").split())
    url = f"postgres://{given['user']}@{given['host']}:{given['port']}/{given['dbname']}"
    with open_lake(replace(sqlite_settings, lake=url)) as lake:
        assert lake.current_snapshot() == 1


def test_files_of_a_publish_that_was_cut_off_are_deleted_after_a_day(settings, office):
    with open_lake(settings) as lake:
        publish(lake, office.population(2024, range(30), name="a"), by="erika")
        (kept,) = lake.address.files.rglob("*.parquet")
        old, young = kept.with_name("ducklake-old.parquet"), kept.with_name("ducklake-young.parquet")
        for path in (old, young):
            shutil.copy(kept, path)
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (two_days_ago, two_days_ago))
    with open_lake(settings) as lake:
        assert sorted(lake.address.files.rglob("*.parquet")) == sorted([kept, young])


def test_several_processes_may_make_the_same_lake_at_once(settings):
    script = f"""
from pathlib import Path, PosixPath
from sipa_data.lake import open_lake
from sipa_data.settings import Settings
with open_lake({settings!r}) as lake:
    print(lake.current_snapshot())
"""
    openers = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
        for _ in range(3)
    ]
    assert [(opener.communicate()[0].strip(), opener.returncode) for opener in openers] == [("1", 0)] * 3
