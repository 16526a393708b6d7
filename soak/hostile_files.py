"""Ten thousand malformed and adversarial files: a result or a German sentence, nothing left behind, little memory."""

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pages.parts.opened import opened_house
from sipa_data.german import number
from sipa_data.lake import Lake, open_lake
from sipa_data.lake.instance import SIGNED_ONLY
from sipa_data.release import WaitingRoom, publish
from sipa_data.settings import Settings
from soak.report import Line
from tests.app.conftest import opened
from tests.support.deliveries import Office
from tests.support.disturbed import in_memory
from tests.support.hostile import NAMES, Memory, Target, bombs, files, survive, whole_files
from tests.support.small_city import environment, published_below
from tests.support.upload_page import as_far_as_it_goes, drawn_files, upload_page

FILES = 10_000
BY_PAGE = 300
MOST_MEMORY = 1_000_000_000


def run(most: int = FILES, by_page: int = BY_PAGE) -> list[Line]:
    """How many files, what became of them, and the most memory; then those on the page. A traceback ends the run."""
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
    return [
        Line("Beschädigte und feindliche Dateien", told, aim, unchanged and memory < MOST_MEMORY),
        _on_the_page(by_page),
    ]


def settings_below(folder: Path) -> Settings:
    return Settings(folder / "city", folder / "profiles", str(folder / "lake" / "k.sqlite"), folder / "lake" / "files")


def _on_the_page(most: int) -> Line:
    """The same kinds of files, dropped on the page one after another by one person."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="sipa-hostile-page-", dir=in_memory()) as folder:
        house = opened(environment(published_below(Path(folder))))
        try:
            before, visit = house.lake.checksums(), upload_page()

            @_drawn(most)
            @given(content=drawn_files(Path(folder)), name=st.sampled_from(NAMES))
            def attack(content: bytes, name: str) -> None:
                found[as_far_as_it_goes(visit, content, name)] += 1

            attack()
            left = [path for path in WaitingRoom.of(house.settings).folder.iterdir() if path.name.startswith(".")]
            unchanged = house.lake.checksums() == before and not left
        finally:
            opened_house.clear()
    told = (
        f"{number(found.total())} Dateien, {number(found['pruefen'] + found['probe'])} geprüft, "
        f"{number(found['probe'])} geprobt, Datenbestand {'unverändert' if unchanged else 'VERÄNDERT'}"
    )
    return Line("Dieselben auf der Seite „Hochladen“", told, "kein Absturz, nichts verändert, nichts übrig", unchanged)


def _drawn(most: int) -> settings:
    return settings(
        max_examples=most,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def _attacked(folder: Path, lake: Lake, most: int) -> tuple[Counter[str], int]:
    found: Counter[str] = Counter()
    target, usual = Target(folder, folder / "privat", lake), tempfile.tempdir
    target.private.mkdir()
    hostile = files(whole_files(folder))
    tempfile.tempdir = str(target.private)
    memory = Memory()

    @_drawn(most - len(bombs()))
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
