"""The example city, built once per test run and shared by all workers: it takes half a minute."""

import time
from pathlib import Path

from sipa_data.demo import build_example_city
from sipa_data.settings import PROJECT, Settings

LONGEST_WAIT = 240


def settings_in(folder: Path) -> Settings:
    """The city of the example with its lake in a folder."""
    return Settings(
        city=PROJECT / "data" / "stuttgart",
        profiles=PROJECT / "data" / "profiles",
        lake=str(folder / "lake" / "catalogue.sqlite"),
        lake_files=folder / "lake" / "files",
    )


def built_once(shared: Path) -> Settings:
    """Settings of a lake that holds the example city; the first worker that comes builds it, the others wait.

    Parameters
    ----------
    shared : a folder that all workers of this run see
    """
    settings, finished, failed = settings_in(shared), shared / "finished", shared / "failed"
    try:
        shared.mkdir()
    except FileExistsError:
        patience = time.monotonic() + LONGEST_WAIT
        while not finished.exists():
            if failed.exists() or time.monotonic() > patience:
                raise RuntimeError("another worker could not build the example city") from None
            time.sleep(0.2)
        return settings
    try:
        build_example_city(settings)
    except BaseException:
        failed.touch()
        raise
    finished.touch()
    return settings
