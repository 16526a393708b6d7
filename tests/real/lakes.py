"""Lakes built from the real files, on their true way: file → intake → release → lake → mart."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from sipa_data.catalogue import load_catalogue
from sipa_data.intake import load_profiles, read_delivery
from sipa_data.lake import open_lake
from sipa_data.marts import Mart, build_mart
from sipa_data.periods import Period
from sipa_data.release import publish
from sipa_data.settings import PROJECT, Settings

REAL = PROJECT.parent / "shared" / "real"
CITIES = Path(__file__).parent / "cities"
File = tuple[str, str, Period | None, Mapping[str, str]]  # file, profile, period, companions


def need(*names: str) -> None:
    """Skip, saying so, where the real data does not lie beside the checkout."""
    missing = [name for name in names if not (REAL / name).exists()]
    if missing:
        pytest.skip(f"real data missing: {', '.join(missing)}")


def settings_of(folder: Path, city: str) -> Settings:
    own = CITIES / city
    return Settings(
        city=own if own.is_dir() else PROJECT / "data" / city,
        profiles=PROJECT / "data" / "profiles",
        lake=str(folder / "catalogue.sqlite"),
        lake_files=folder / "files",
    )


def mart_of(folder: Path, city: str, files: Sequence[File]) -> Mart:
    """The mart of a lake into which the files were published, one after the other."""
    need(*(name for name, _, _, companions in files for name in (name, *companions.values())))
    settings = settings_of(folder, city)
    catalogue, profiles = load_catalogue(settings.city), load_profiles(settings.profiles)
    with open_lake(settings) as lake:
        for name, profile, period, companions in files:
            paths = {key: REAL / companion for key, companion in companions.items()}
            with read_delivery(REAL / name, catalogue, profiles[profile], period=period, companions=paths) as delivery:
                publish(lake, delivery, by="test")
        with lake.reader() as reader:
            return build_mart(reader, catalogue)
