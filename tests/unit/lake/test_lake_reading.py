import threading
import time

import pytest

from sipa_data.errors import LakeError, NoSuchSnapshot
from sipa_data.lake import open_lake
from sipa_data.release import publish


@pytest.fixture
def lake(emptied_lake):
    return emptied_lake


def test_a_reader_keeps_seeing_its_snapshot_while_others_publish(lake, office):
    publish(lake, office.population(2024, [1], name="a"), by="erika")
    with lake.reader() as reader:
        publish(lake, office.population(2025, [2], name="b"), by="erika")
        assert reader.read("from population").num_rows == 1
        assert reader.snapshot == lake.current_snapshot() - 1
    with lake.reader() as reader:
        assert reader.read("from population").num_rows == 2


def test_a_commit_does_not_wait_for_readers(lake, office):
    publish(lake, office.population(2024, range(5000), name="a"), by="erika")
    started = time.perf_counter()
    publish(lake, office.population(2025, [1], name="b"), by="erika")
    alone = time.perf_counter() - started
    stop, reads = threading.Event(), []

    def read_on():
        with lake.reader() as reader:
            while not stop.is_set():
                reads.append(reader.read("select count(*) as n from population a, population b").num_rows)

    readers = [threading.Thread(target=read_on) for _ in range(2)]
    for thread in readers:
        thread.start()
    while len(reads) < 2:
        time.sleep(0.01)
    started = time.perf_counter()
    publish(lake, office.population(2026, [1], name="c"), by="erika")
    beside_readers = time.perf_counter() - started
    stop.set()
    for thread in readers:
        thread.join()
    # A lock would cost SQLite's busy timeout, five seconds; sharing the processor costs far less.
    assert beside_readers < alone + 4


def test_values_are_bound(lake, office):
    publish(lake, office.population(2024, [10, 20], name="a"), by="erika")
    with lake.reader() as reader:
        found = reader.read("select district_id from population where inhabitants > ?", [15])
    assert found.to_pylist() == [{"district_id": "02"}]


def test_many_threads_may_share_one_reader(lake, office):
    publish(lake, office.population(2024, range(1, 101), name="a"), by="erika")
    wrong = []

    def ask(reader, limit):
        for _ in range(5):
            found = reader.read("select count(*) as n from population where inhabitants <= ?", [limit])
            if found.to_pylist() != [{"n": limit}]:
                wrong.append((limit, found))

    with lake.reader() as reader:
        threads = [threading.Thread(target=ask, args=(reader, limit)) for limit in range(1, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_snapshot_knows_when_it_was_published_in_utc(lake, office):
    upload = publish(lake, office.population(2024, [1], name="a"), by="erika")
    with lake.reader() as reader:
        assert reader.published_at.utcoffset().total_seconds() == 0
        assert abs((reader.published_at - upload.uploaded_at).total_seconds()) < 60


@pytest.mark.parametrize("snapshot", [9999, -1])
def test_a_snapshot_that_never_was_is_refused_and_the_newest_is_named(lake, snapshot):
    with pytest.raises(
        NoSuchSnapshot, match=f"Datenstand {snapshot} gibt es nicht. Der neueste ist {lake.current_snapshot()}"
    ):
        lake.reader(snapshot).__enter__()


def test_a_data_file_that_is_gone_is_named_as_missing(sqlite_settings, office):
    with open_lake(sqlite_settings) as lake:
        publish(lake, office.population(2024, range(30), name="a"), by="erika")
        next(lake.address.files.rglob("*.parquet")).unlink()
        with lake.reader() as reader, pytest.raises(LakeError, match="fehlen Dateien"):
            reader.read("select sum(inhabitants) from population")


def test_checksums_do_not_depend_on_the_order_of_rows_or_files(lake):
    rows = [
        {"source": "amt", "reference_date": f"{year}-12-31", "inhabitants": year, "basis": "register"}
        for year in range(2000, 2020)
    ]

    def write(some):
        return lambda work: [
            work.execute(
                "insert into population by name select ? as source, ?::date as reference_date, ? as inhabitants,"
                " ? as basis, 'u' as upload_id",
                list(row.values()),
            )
            for row in some
        ]

    lake.transaction(write(rows), author="test", message="forwards")
    forwards = lake.checksums()
    lake.transaction(lambda work: work.execute("delete from population"), author="test", message="empty")
    for half in (rows[::-1][:7], rows[::-1][7:]):
        lake.transaction(write(half), author="test", message="backwards, in two parts")
    assert lake.checksums() == forwards


def test_checksums_notice_one_changed_cell_and_an_empty_cell_is_not_the_word_null(lake):
    insert = "insert into population values ('amt', date '2024-01-01', ?, null, null, 1, 'register', 'u')"
    seen = set()
    for district in (None, "null", "NULL", "", "01"):

        def only(work, district=district):
            work.execute("delete from population")
            work.execute(insert, [district])

        lake.transaction(only, author="test", message="one row")
        seen.add(lake.checksums()["population"])
    assert len(seen) == 5
