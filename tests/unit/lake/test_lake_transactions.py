import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest
from tenacity import wait_none

from sipa_data.errors import LakeConflict, LakeError
from sipa_data.lake import lake as lake_module
from sipa_data.lake import open_lake

ADD = "insert into targets values ('amt', ?, null, date '2030-01-01', 1, 'at_most', date '2025-01-01', 'u')"


@pytest.fixture
def lake(emptied_lake):
    return emptied_lake


def indicators(lake):
    with lake.reader() as reader:
        return sorted(reader.read("select indicator from targets")["indicator"].to_pylist())


def add(lake, indicator):
    lake.transaction(lambda work: work.execute(ADD, [indicator]), author="erika", message=indicator)


@pytest.mark.parametrize("error", [ValueError("from the caller"), duckdb.ConstraintException("x"), KeyboardInterrupt()])
def test_any_error_rolls_everything_back(lake, error):
    add(lake, "before")
    state = lake.checksums(), lake.current_snapshot()

    def work(transaction):
        transaction.execute("delete from targets")
        transaction.execute(ADD, ["half"])
        raise error

    with pytest.raises(type(error)):
        lake.transaction(work, author="erika", message="fails")
    assert (lake.checksums(), lake.current_snapshot()) == state
    add(lake, "after")
    assert indicators(lake) == ["after", "before"]


def test_wrong_sql_is_told_as_a_lake_error_and_rolls_back(lake):
    state = lake.checksums(), lake.current_snapshot()
    with pytest.raises(LakeError):
        lake.transaction(lambda work: work.execute("insert into nowhere values (1)"), author="e", message="m")
    assert (lake.checksums(), lake.current_snapshot()) == state


def test_inside_a_transaction_reads_see_what_was_written(lake):
    def work(transaction):
        transaction.execute(ADD, ["new"])
        return transaction.read("select indicator from targets").to_pylist(), transaction.before, transaction.snapshot

    before = lake.current_snapshot()
    assert lake.transaction(work, author="e", message="m") == ([{"indicator": "new"}], before, before + 1)
    assert lake.current_snapshot() == before + 1


def test_after_a_conflict_the_whole_work_runs_again_on_the_new_state(lake):
    seen = []

    def work(transaction):
        seen.append(transaction.read("from targets").num_rows)
        if len(seen) < 3:  # somebody else is faster, twice
            add(lake, f"other {len(seen)}")
        transaction.execute(ADD, ["mine"])

    lake.transaction(work, author="erika", message="mine")
    assert seen == [0, 1, 2]
    assert indicators(lake) == ["mine", "other 1", "other 2"]


def test_who_is_always_too_late_gives_up_and_has_changed_nothing(lake, monkeypatch):
    monkeypatch.setattr(lake_module, "MOST_ATTEMPTS", 3)
    monkeypatch.setattr(lake_module, "wait_random_exponential", lambda **_: wait_none())
    attempts = []

    def work(transaction):
        attempts.append(transaction.before)
        add(lake, f"other {len(attempts)}")
        transaction.execute(ADD, ["mine"])

    with pytest.raises(LakeConflict, match="nichts verändert"):
        lake.transaction(work, author="erika", message="mine")
    assert len(attempts) == 3
    assert indicators(lake) == ["other 1", "other 2", "other 3"]


def test_a_conflict_leaves_no_files_behind(lake):
    many = f"{ADD.partition(' values')[0]} select {ADD.partition('(')[2].strip(')')} from range(50)"
    tries = []

    def work(transaction):
        tries.append(1)
        transaction.execute(many, ["many"])
        if len(tries) == 1:
            add(lake, "other")

    before = set(lake.address.files.rglob("*.parquet"))
    lake.transaction(work, author="erika", message="mine")
    assert len(tries) == 2
    assert len(set(lake.address.files.rglob("*.parquet")) - before) == 1


def test_a_rehearsal_is_taken_back(lake):
    state = lake.checksums(), lake.snapshots()

    def work(transaction):
        transaction.execute(ADD, ["tried"])
        return transaction.read("from targets").num_rows

    assert lake.rehearsal(work) == 1
    assert (lake.checksums(), lake.snapshots()) == state


def test_a_rehearsal_does_not_hold_others_up(lake):
    def work(transaction):
        transaction.execute(ADD, ["tried"])
        add(lake, "published meanwhile")
        return transaction.read("select indicator from targets")["indicator"].to_pylist()

    assert lake.rehearsal(work) == ["tried"]
    assert indicators(lake) == ["published meanwhile"]


def test_threads_that_write_at_once_lose_nothing(lake):
    names = [f"{number:02d}" for number in range(12)]
    before = len(lake.snapshots())
    threads = [threading.Thread(target=add, args=(lake, name)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert indicators(lake) == names
    assert sorted(snapshot.message for snapshot in lake.snapshots()[before:]) == names


def test_processes_that_publish_at_once_lose_nothing(settings, tmp_path):
    script = """
import sys
from pathlib import Path, PosixPath
from sipa_data.lake import open_lake
from sipa_data.release import publish
from sipa_data.settings import Settings
from tests.support.deliveries import Office
writer, folder = sys.argv[1], Path(sys.argv[2])
with open_lake(SETTINGS) as lake:
    print("open", flush=True)
    sys.stdin.readline()
    for year in range(2000, 2006):
        publish(lake, Office(folder, writer).population(year, range(20), name=f"{writer}{year}"), by=writer)
""".replace("SETTINGS", repr(settings))
    with open_lake(settings) as lake:
        before = lake.current_snapshot()
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", script, name, tmp_path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=Path.cwd(),
            )
            for name in ("amt", "zensus")
        ]
        for writer in writers:
            assert writer.stdout.readline() == "open\n"
        for writer in writers:
            writer.stdin.write("\n")
            writer.stdin.flush()
        assert [writer.wait() for writer in writers] == [0, 0]
        assert lake.current_snapshot() == before + 12
        with lake.reader() as reader:
            found = reader.read(
                "select source, count(*) as n from population group by source order by source"
            ).to_pylist()
        assert found == [{"source": "amt", "n": 120}, {"source": "zensus", "n": 120}]
