"""What tests of several rooms share. Everything longer lies in tests/support/."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from sipa_data.lake import Lake, LakeTransaction, open_lake
from sipa_data.lake.instance import EXTENSIONS, SIGNED_ONLY, open_instance
from sipa_data.settings import Settings
from sipa_data.sql import quoted
from sipa_data.tables import TABLES
from tests.support.chromium import ARGUMENTS, executable
from tests.support.deliveries import Office, fingerprint
from tests.support.disturbed import in_memory
from tests.support.postgres import Server, find_binaries, running_server
from tests.support.programs import missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

hypothesis_settings.register_profile("sipa", deadline=None)  # machines are noisy; no test asserts a time
hypothesis_settings.load_profile("sipa")

BEGIN_WITH = (
    "browser/test_real_files",
    "release/test_crash",
    "release/test_disturbed",
    "intake/test_hostile_files",
    "release/test_side_by_side",
    "demo/test_nothing_is_missing",
)
"""Files that take minutes, the longest first: whoever begins with them last keeps all others waiting.

The last one builds the example city, which the other files about it would wait for.
"""
WITH_A_BROWSER = ("browser/", "auth/")
"""Spread over the first two thirds of the run: three browsers at once leave no processor to anybody."""


@pytest.hookimpl(trylast=True)  # after others have left out what nobody asked for
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file goes to one worker as a whole, in this order (``--no-loadscope-reorder``: not by its number of tests)."""
    by_file: dict[str, list[pytest.Item]] = {}
    for item in items:
        by_file.setdefault(item.path.as_posix(), []).append(item)
    first = [file for name in BEGIN_WITH for file in by_file if name in file]
    spread = [file for file in by_file if file not in first and any(name in file for name in WITH_A_BROWSER)]
    others = [file for file in by_file if file not in first and file not in spread]
    step = max(1, 2 * len(others) // 3 // max(1, len(spread)))
    ordered = list(first)
    for place, file in enumerate(others):
        ordered += [spread.pop(0)] if spread and place % step == 0 else []
        ordered.append(file)
    items[:] = [item for file in (*ordered, *spread) for item in by_file[file]]


@pytest.fixture(scope="session", autouse=True)
def signatures_checked_once() -> None:
    """DuckDB hashes 70 MB of extension files whenever an instance is opened; for the same files, once will do."""
    with open_instance(EXTENSIONS):
        SIGNED_ONLY["allow_unsigned_extensions"] = "true"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    binaries = find_binaries() or missing("PostgreSQL", "postgresql")
    with running_server(binaries) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One browser per process: Playwright allows no second."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only for those who ask for a browser

    found = executable() or missing("Chromium", "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def quick_folder() -> Iterator[Path]:
    """A folder that needs no disk, where there is one: there a hundred commits take seconds."""
    with TemporaryDirectory(prefix="sipa-test-", dir=in_memory()) as folder:
        yield Path(folder)


@pytest.fixture
def sqlite_settings(tmp_path: Path) -> Settings:
    """An empty place for a lake with the default catalogue."""
    return Settings(
        city=tmp_path / "city",
        profiles=tmp_path / "profiles",
        lake=str(tmp_path / "lake" / "catalogue.sqlite"),
        lake_files=tmp_path / "lake" / "files",
    )


KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def settings(request: pytest.FixtureRequest, sqlite_settings: Settings) -> Settings:
    """An empty place for a lake, once per kind of catalogue."""
    return _of_kind(request, sqlite_settings)


@pytest.fixture
def lake(settings: Settings) -> Iterator[Lake]:
    with open_lake(settings) as opened:
        yield opened


@pytest.fixture(scope="module", params=KINDS)
def shared_lake(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """One lake for all tests of a file, where each keeps to the source of its own ``office``. Opening one is slow."""
    folder = tmp_path_factory.mktemp("shared")
    place = Settings(folder, folder, str(folder / "catalogue.sqlite"), folder / "files")
    with open_lake(_of_kind(request, place)) as opened:
        yield opened


@pytest.fixture
def emptied_lake(shared_lake: Lake) -> Lake:
    """The shared lake without rows; its snapshots and its history stay."""

    def empty(work: LakeTransaction) -> None:
        for table in TABLES.keys() & set(shared_lake.tables_ever_filled()):
            work.execute(f"DELETE FROM {quoted(table)}")

    shared_lake.transaction(empty, author="test", message="emptied")
    return shared_lake


@pytest.fixture
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    """Somebody who delivers under a source of its own."""
    return Office(tmp_path, source=f"amt-{fingerprint(request.node.name)[:8]}")


def _of_kind(request: pytest.FixtureRequest, place: Settings) -> Settings:
    if request.param == "sqlite":
        return place
    server: Server = request.getfixturevalue("postgres_server")
    return replace(place, lake=server.new_database())
