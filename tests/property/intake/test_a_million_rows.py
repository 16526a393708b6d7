"""A million rows stream: ten times the rows must not need more than a little more memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.intake import PROJECT

MEGABYTE = 1024  # ru_maxrss counts kilobytes on Linux
READ = """
import resource, sys
from pathlib import Path
from tests.support.intake import musterstadt, shipped
from sipa_data.intake import read_delivery
with read_delivery(Path(sys.argv[1]), musterstadt(), shipped("eigene-vorfaelle")) as delivery:
    print(delivery.report.rows_in, delivery.report.rows_taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


DISTRICTS = ("Altstadt", "Nord", "Süd", "Hafen", "unbekannt")
KEYS = ("210000", "222000", "***300", "326*00")


def incident(number: int) -> str:
    day = f"{number % 28 + 1:02d}.{number // 28 % 12 + 1:02d}.{2000 + number // 336 % 20}"
    time = f"{number % 24:02d}:{number // 24 % 60:02d}:{number // 7 % 60:02d}"
    tried = "ja" if number % 7 == 0 else "nein"
    return f"pks;{day} {time};{DISTRICTS[number % 5]};{KEYS[number % 4]};Art {number % 97};{tried}\n"


def incidents(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write("quelle;zeitpunkt;bezirk;schluessel;ort;versuch\n")
        for start in range(0, count, 10_000):
            file.write("".join(incident(number) for number in range(start, min(count, start + 10_000))))
    return path


def run(path: Path) -> tuple[int, int, float]:
    """Rows in, rows taken, and the peak memory of a process of its own, in megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    rows_in, rows_taken, peak = map(int, done.stdout.split())
    return rows_in, rows_taken, peak / MEGABYTE


@pytest.mark.timeout(180)
def test_a_million_rows_need_hardly_more_memory_than_a_hundred_thousand(tmp_path):
    tenth = run(incidents(tmp_path / "wenig.csv", 100_000))
    whole = run(incidents(tmp_path / "viel.csv", 1_000_000))
    assert tenth[:2] == (100_000, 100_000)
    assert whole[:2] == (1_000_000, 1_000_000)
    assert whole[2] < tenth[2] + 100, f"{tenth[2]:.0f} MB → {whole[2]:.0f} MB"
