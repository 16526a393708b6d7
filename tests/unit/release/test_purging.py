import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from sipa_data.errors import AlreadyPublished, LakeConflict, NoSuchSnapshot, NoSuchUpload, NotAllowed, NotWithdrawable
from sipa_data.german import day
from sipa_data.intake.delivery import Slice
from sipa_data.lake import open_lake
from sipa_data.lake.purge import is_unfinished
from sipa_data.release import history, inconsistencies, publish, purge, withdraw
from tests.support.deliveries import by_hand, staged

SECRET = "Messerfund hinter der Turnhalle"


def walk(folder, year, count, *, name, finding):
    """Findings of walk-throughs: the only table with free text. More than ten rows go into a file."""
    rows = [
        {
            "source": "begehung",
            "finding_id": str(number),
            "observed_on": date(year, 1, 1),
            "finding": f"{finding} {number}",
            "status": "offen",
        }
        for number in range(count)
    ]
    place = Slice("observations_on_site", (("source", "begehung"),), date(year, 1, 1), date(year, 12, 31))
    return staged(folder, {"observations_on_site": rows}, [place], name=name)


def where_it_stands(text, lake):
    """Every place on disk where a text can still be read: data files as rows, the catalogue as bytes."""
    found = [
        str(file)
        for file in lake.address.files.rglob("*.parquet")
        if text in str(duckdb.read_parquet(str(file)).fetchall()) or text.encode() in file.read_bytes()
    ]
    if lake.address.on_postgres:
        with lake.cursor() as cursor:
            cursor.execute("call postgres_execute('__ducklake_metadata_lake', 'checkpoint')").fetchall()
            own = "select current_setting(''data_directory''), oid from pg_database where datname = current_database()"
            sql = f"select * from postgres_query('__ducklake_metadata_lake', '{own}')"
            data, database = cursor.execute(sql).fetchone()
            # The server's own log of changes (pg_wal) is the database administrator's; docs/operations.md says so.
            folder = Path(data) / "base" / str(database)
    else:
        folder = lake.address.catalogue_folder
    grep = subprocess.run(["grep", "-rl", text, folder], capture_output=True, text=True, check=False)
    return found + grep.stdout.split()


@pytest.mark.parametrize("count", [3, 30], ids=["small: kept in the catalogue", "large: kept in a file"])
def test_after_a_purge_nothing_of_the_upload_can_be_read_anywhere(lake, tmp_path, count):
    publish(lake, walk(tmp_path, 2023, count, name="davor", finding="Laterne dunkel"), by="erika")
    upload = publish(lake, walk(tmp_path, 2024, count, name="streng-geheim", finding=SECRET), by="erika", note=SECRET)
    publish(lake, walk(tmp_path, 2025, count, name="danach", finding="Hecke zu hoch"), by="erika")
    if lake.address.on_postgres:  # what the server does by itself after a minute: it samples values for its planner
        with lake.cursor() as cursor:
            cursor.execute("call postgres_execute('__ducklake_metadata_lake', 'analyze')").fetchall()
    assert where_it_stands(SECRET, lake)
    assert where_it_stands("streng-geheim", lake)
    purge(lake, upload.upload_id, by="erika", second="max")
    assert where_it_stands(SECRET, lake) == []
    assert where_it_stands("streng-geheim", lake) == []
    assert where_it_stands("Hecke zu hoch", lake)
    assert inconsistencies(lake) == ()


def test_smallest_and_largest_values_stay_right_after_a_purge(lake, office):
    publish(lake, office.population(2023, range(100, 120), name="a"), by="erika")
    extreme = publish(lake, office.population(2024, range(1, 1000, 40), name="b"), by="erika")
    publish(lake, office.population(2025, [150], name="c"), by="erika")
    purge(lake, extreme.upload_id, by="erika", second="max")
    publish(lake, office.population(2026, [130], name="d"), by="erika")
    sql = "select min(inhabitants) as least, max(inhabitants) as most, count(*) as n from population"
    with lake.reader() as reader:
        assert reader.read(sql).to_pylist() == [{"least": 100, "most": 150, "n": 22}]
        above = reader.read("select count(*) as n from population where inhabitants >= 130")
        assert above.to_pylist() == [{"n": 2}]


def test_a_link_on_a_purged_snapshot_says_when_the_data_were_deleted(lake, office):
    upload = publish(lake, office.population(2024, [1], name="a"), by="erika")
    later = publish(lake, office.population(2025, [1], name="b"), by="erika")
    purge(lake, upload.upload_id, by="erika", second="max")
    for snapshot in (upload.snapshot, later.snapshot):
        with pytest.raises(NoSuchSnapshot, match=f"Daten gelöscht am {day(datetime.now(UTC))}"), lake.reader(snapshot):
            pass
    with lake.reader(upload.snapshot_before) as reader:
        assert reader.read("from population").num_rows == 0


def test_a_reader_that_is_open_during_the_purge_is_told_so(lake, office):
    upload = publish(lake, office.population(2024, [1], name="a"), by="erika")
    with lake.reader() as reader:
        purge(lake, upload.upload_id, by="erika", second="max")
        with pytest.raises(NoSuchSnapshot, match="Daten gelöscht am"):
            reader.read("from population")
        with lake.reader() as another:  # and does not stand in others' way
            assert another.read("from population").num_rows == 0


def test_a_purge_in_the_middle_of_a_read_gives_no_answer_rather_than_a_hole(lake, office, monkeypatch):
    upload = publish(lake, office.population(2024, range(30), name="a"), by="erika")

    class Interrupted:
        """A cursor beside which somebody purges before the result is given back."""

        def __init__(self, cursor):
            self.cursor = cursor

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.cursor.close()

        def execute(self, sql, parameters):
            self.result = self.cursor.execute(sql, parameters).to_arrow_table()
            return self

        def to_arrow_table(self):
            purge(lake, upload.upload_id, by="erika", second="max")
            return self.result

    with lake.reader() as reader:
        connect = reader._connect
        monkeypatch.setattr(reader, "_connect", lambda: Interrupted(connect()))
        with pytest.raises(NoSuchSnapshot, match="Daten gelöscht am"):
            reader.read("select count(*) as n from population")


def test_the_history_keeps_who_and_when_but_no_content(lake, office):
    upload = publish(lake, office.population(2024, [1], name="a"), by="erika", note="vertraulich")
    purged = purge(lake, upload.upload_id, by="erika", second="max")
    assert purged == history(lake)[0]
    assert (purged.status, purged.uploaded_by, purged.uploaded_at) == ("purged", "erika", upload.uploaded_at)
    assert (purged.file_name, purged.note, purged.findings, purged.rows_in) == ("", None, (), 0)
    with lake.reader() as reader:
        entry = reader.read("select upload_id, purged_by, second from purges").to_pylist()
    assert entry == [{"upload_id": upload.upload_id, "purged_by": "erika", "second": "max"}]


@pytest.mark.parametrize(("by", "second"), [("erika", "erika"), ("erika", " ERIKA "), ("erika", ""), ("", "max")])
def test_a_purge_needs_two_different_persons(lake, by, second, office):
    upload = publish(lake, office.population(2024, [1], name="a"), by="erika")
    before = lake.checksums(), lake.current_snapshot()
    with pytest.raises(NotAllowed, match="zwei verschiedene Personen"):
        purge(lake, upload.upload_id, by=by, second=second)
    assert (lake.checksums(), lake.current_snapshot()) == before


def test_an_unknown_number_is_not_purged_and_leaves_nothing_to_finish(lake):
    with pytest.raises(NoSuchUpload):
        purge(lake, "2024-01-01-abcdef12", by="erika", second="max")
    assert not is_unfinished(lake)


def test_an_upload_is_purged_once(lake, office):
    upload = publish(lake, office.population(2024, [1], name="a"), by="erika")
    purge(lake, upload.upload_id, by="erika", second="max")
    with pytest.raises(NotWithdrawable, match="schon endgültig gelöscht"):
        purge(lake, upload.upload_id, by="erika", second="max")


def test_a_purged_file_is_not_accepted_again_but_its_place_is_free(lake, office):
    upload = publish(lake, office.population(2024, [1], name="a"), by="erika")
    purge(lake, upload.upload_id, by="erika", second="max")
    again = [office.population(2024, [1], name="a"), office.yearly_count(2024, 7, name="a")]
    for delivery in (*again, *map(by_hand, again)):  # whatever table it fills, whatever profile reads it
        with pytest.raises(AlreadyPublished, match="endgültig gelöscht"):
            publish(lake, delivery, by="erika")
    publish(lake, office.population(2024, [2], name="bereinigt"), by="erika")


def test_a_withdrawn_upload_can_be_purged_and_what_came_back_stays(lake, office):
    old = publish(lake, office.population(2024, range(30), name="alt"), by="erika")
    new = publish(lake, office.population(2024, range(40), name="neu"), by="erika", replace=True)
    withdraw(lake, new.upload_id, by="erika")
    purge(lake, new.upload_id, by="erika", second="max")
    publish(lake, office.population(2025, [7], name="weiter"), by="erika")
    assert {upload.upload_id: upload.status for upload in history(lake)}[old.upload_id] == "published"
    with lake.reader() as reader:
        assert reader.read("from population").num_rows == 31
    assert inconsistencies(lake) == ()


def test_purging_the_later_upload_does_not_bring_the_replaced_one_back(lake, office):
    old = publish(lake, office.population(2024, [1], name="alt"), by="erika")
    new = publish(lake, office.population(2024, [2], name="neu"), by="erika", replace=True)
    purge(lake, new.upload_id, by="erika", second="max")
    publish(lake, office.population(2025, [7], name="weiter"), by="erika")
    assert {upload.upload_id: upload.status for upload in history(lake)}[old.upload_id] == "replaced"
    with lake.reader() as reader:
        assert reader.read("select inhabitants from population").to_pylist() == [{"inhabitants": 7}]
    with pytest.raises(NotWithdrawable, match="ersetzt durch"):
        withdraw(lake, old.upload_id, by="erika")


def test_a_second_purge_still_tells_of_the_first(lake, office):
    first = publish(lake, office.population(2024, [1], name="a"), by="erika")
    second = publish(lake, office.population(2025, [1], name="b"), by="erika")
    purge(lake, second.upload_id, by="erika", second="max")
    purge(lake, first.upload_id, by="erika", second="max")
    for upload in (first, second):
        with pytest.raises(NoSuchSnapshot, match="Daten gelöscht am"), lake.reader(upload.snapshot):
            pass


def test_the_next_opener_finishes_a_purge_that_was_cut_off(settings, tmp_path, monkeypatch):
    with open_lake(settings) as lake:
        upload = publish(lake, walk(tmp_path, 2024, 30, name="geheim", finding=SECRET), by="erika")
        monkeypatch.setattr("sipa_data.release.purging.finish_purges", lambda lake: None)
        purge(lake, upload.upload_id, by="erika", second="max")
        assert is_unfinished(lake)
        assert "noch nicht abgeschlossen" in inconsistencies(lake)[0]
    monkeypatch.undo()
    with open_lake(settings) as lake:
        assert not is_unfinished(lake)
        assert list(lake.address.files.rglob("*.parquet")) == []
        with pytest.raises(NoSuchSnapshot, match="Daten gelöscht am"), lake.reader(upload.snapshot):
            pass


def test_a_purge_does_not_wait_for_ever_behind_somebody_who_reads(settings, office, monkeypatch):
    monkeypatch.setattr("sipa_data.lake.lake.MOST_ATTEMPTS", 1)
    monkeypatch.setattr("sipa_data.lake.purge.LOCK_TIMEOUT", 200)
    with open_lake(settings) as lake:
        upload = publish(lake, office.population(2024, range(30), name="a"), by="erika")
        with lake.cursor() as reading:
            reading.begin()
            reading.execute("from lake.population").fetchone()
            with pytest.raises(LakeConflict, match="Die Lieferung ist gelöscht"):
                purge(lake, upload.upload_id, by="erika", second="max")
            reading.rollback()
        assert "noch nicht abgeschlossen" in inconsistencies(lake)[0]
        assert history(lake)[0].status == "purged"
    with open_lake(settings) as lake:
        assert inconsistencies(lake) == ()
