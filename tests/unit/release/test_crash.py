"""A process is killed in the middle of publishing. What is there afterwards is the old state or the new one."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sipa_data.lake import open_lake
from sipa_data.release import history, inconsistencies, publish
from soak.crashes import crash, place_below
from tests.conftest import KINDS
from tests.support.deliveries import Office

SCRIPT = """
import os, signal, sys
from pathlib import Path, PosixPath
from sipa_data.lake import lake as lake_module, open_lake, reader
from sipa_data.release import publish
from sipa_data.lake.instance import SIGNED_ONLY
from sipa_data.settings import Settings
from tests.support.deliveries import Office

SIGNED_ONLY["allow_unsigned_extensions"] = "true"  # the test itself has checked the same files
step, when, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])

def die():
    os.kill(os.getpid(), signal.SIGKILL)

class Deadly:
    '''A cursor that kills the process before or after the named step.'''
    def __init__(self, cursor):
        self.cursor = cursor
    def __getattr__(self, name):
        return getattr(self.cursor, name)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.cursor.close()
    def execute(self, sql, parameters=()):
        hit = step != 'commit' and step in sql.lower()
        return self.around(hit, lambda: self.cursor.execute(sql, parameters))
    def commit(self):
        return self.around(step == 'commit', self.cursor.commit)
    def around(self, hit, work):
        if hit and when == 'before':
            die()
        done = work()
        if hit:
            die()
        return done

with open_lake(SETTINGS) as lake:
    looking_at = lake._looking_at
    lake._looking_at = lambda path: Deadly(looking_at(path)) if path == 'lake.main' else looking_at(path)
    publish(lake, Office(folder).population(2024, range(60), name='neu'), by='erika', replace=True)
print('not killed')
"""


def numbers(lake):
    with lake.reader() as reader:
        return reader.read("select count(*) as n, sum(inhabitants)::int as total from population").to_pylist()[0]


@pytest.mark.parametrize(
    ("when", "step"),
    [
        ("after", "read_parquet"),
        ("after", "insert into uploads"),
        ("before", "commit"),
        ("after", "commit"),
    ],
)
def test_a_publish_that_is_killed_leaves_the_old_state_or_the_new_one(settings, tmp_path, when, step):
    office = Office(tmp_path)
    with open_lake(settings) as lake:
        publish(lake, office.population(2024, range(40), name="alt"), by="erika")
        old, snapshot = lake.checksums(), lake.current_snapshot()
    killed = subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("SETTINGS", repr(settings)), step, when, tmp_path],
        capture_output=True,
        text=True,
        cwd=Path.cwd(),
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stdout + killed.stderr
    with open_lake(settings) as lake:
        if step == "commit" and when == "after":
            assert lake.current_snapshot() == snapshot + 1
            assert numbers(lake) == {"n": 60, "total": 59 * 60 // 2}
        else:
            assert (lake.checksums(), lake.current_snapshot()) == (old, snapshot)
        assert inconsistencies(lake) == ()
        again = publish(lake, office.population(2024, range(70), name="weiter"), by="erika", replace=True)
        assert history(lake)[-1].upload_id == again.upload_id
        assert numbers(lake) == {"n": 70, "total": 69 * 70 // 2}


@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_any_moment_of_any_deed_the_state_is_one_of_the_two(request, tmp_path, kind):
    """Ten crashes on each kind of catalogue, two in each deed; the soak makes 300."""
    catalogue = None if kind == "sqlite" else request.getfixturevalue("postgres_server").new_database()
    found = crash(place_below(tmp_path / kind, catalogue), 10, random.Random(7))
    assert found["torn"] == 0
    assert found.total() == 10
