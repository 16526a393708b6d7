"""Ten thousand malformed and adversarial files: a result or a German sentence, nothing left behind, little memory."""

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sipa_data.german import number
from sipa_data.lake import Lake, open_lake
from sipa_data.lake.instance import SIGNED_ONLY
from sipa_data.release import publish
from sipa_data.settings import Settings
from soak.report import Line
from tests.support.deliveries import Office
from tests.support.disturbed import in_memory
from tests.support.hostile import NAMES, Memory, Target, bombs, files, survive, whole_files

FILES = 10_000
MOST_MEMORY = 1_000_000_000


def run(most: int = FILES) -> list[Line]:
    """One line: how many files, what became of them, and the most memory. A traceback ends the run."""
    SIGNED_ONLY["allow_unsigned_extensions"] = "true"  # the same files every time
    with (
        tempfile.TemporaryDirectory(prefix="sipa-hostile-", dir=in_memory()) as folder,
        open_lake(settings_below(Path(folder))) as lake,
    ):
        publish(lake, Office(Path(folder) / "amt").pair(2024, range(30), cases=3, name="davor"), by="erika")
        before = lake.checksums()
        found, memory = _attacked(Path(folder), lake, most)
        unchanged = lake.checksums() == before
    told = (
        f"{number(found.total())} Dateien, {number(found['refused'])} abgelehnt, {number(found['taken'])} bis zur Probe"
        f" gekommen, Datenbestand {'unverändert' if unchanged else 'VERÄNDERT'}, höchstens {number(memory / 1e6)} MB"
    )
    aim = "kein Absturz, nichts verändert, unter 1.000 MB"
    return [Line("Beschädigte und feindliche Dateien", told, aim, unchanged and memory < MOST_MEMORY)]


def settings_below(folder: Path) -> Settings:
    return Settings(folder / "city", folder / "profiles", str(folder / "lake" / "k.sqlite"), folder / "lake" / "files")


def _attacked(folder: Path, lake: Lake, most: int) -> tuple[Counter[str], int]:
    found: Counter[str] = Counter()
    target, usual = Target(folder, folder / "privat", lake), tempfile.tempdir
    target.private.mkdir()
    hostile = files(whole_files(folder))
    tempfile.tempdir = str(target.private)
    memory = Memory()

    @settings(
        max_examples=most - len(bombs()),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(content=hostile, name=st.sampled_from(NAMES))
    def attack(content: bytes, name: str) -> None:
        found["taken" if survive(content, target, name) is None else "refused"] += 1

    try:
        for bomb in bombs().values():
            found["taken" if survive(bomb, target) is None else "refused"] += 1
        attack()
    finally:
        tempfile.tempdir = usual
    return found, memory.most
