"""Ten thousand malformed and adversarial files: a result or a German sentence, nothing left behind, little memory."""

import resource
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sipa_data.german import number
from soak.report import Line
from tests.support.hostile import files, survive, whole_files

FILES = 10_000
MOST_MEMORY = 1_000_000_000


def run(most: int = FILES) -> list[Line]:
    """One line: how many files, how many of them were refused, and the most memory. A traceback ends the run."""
    refused, seen = 0, 0
    with tempfile.TemporaryDirectory(prefix="sipa-hostile-") as folder:
        work, private = Path(folder), Path(folder) / "privat"
        private.mkdir()
        hostile, usual = files(whole_files(work)), tempfile.tempdir
        tempfile.tempdir = str(private)

        @settings(
            max_examples=most,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(data=st.data())
        def attack(data: st.DataObject) -> None:
            nonlocal refused, seen
            seen += 1
            refused += survive(data.draw(hostile), work, private) is not None

        try:
            attack()
        finally:
            tempfile.tempdir = usual
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    told = f"{number(seen)} Dateien, {number(refused)} abgelehnt, höchstens {number(memory / 1e6)} MB"
    aim = "kein Absturz, unter 1.000 MB"
    return [Line("Beschädigte und feindliche Dateien", told, aim, memory < MOST_MEMORY)]
