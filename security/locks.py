"""Compares the versions that are pinned with the list of published weaknesses."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

FOLDER = Path(__file__).parent
LOCKS = (FOLDER.parent / "requirements.txt", FOLDER.parent / "requirements-dev.txt")
LIST = FOLDER / "advisories.toml"


class UnfitList(Exception):
    """The list or a lock cannot be compared; the German sentence says where and why."""


@dataclass(frozen=True)
class Advisories:
    """``fixed_in`` : package → id of a weakness → the first release without it. ``checked`` : day of the last look."""

    checked: date
    fixed_in: Mapping[str, Mapping[str, Version]]


def read_advisories(file: Path = LIST) -> Advisories:
    """The list.

    Raises
    ------
    UnfitList : it is not written as its head says
    """
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
        fixed_in: dict[str, Mapping[str, Version]] = {
            canonicalize_name(package): {one: Version(release) for one, release in weaknesses.items()}
            for package, weaknesses in found["fixed_in"].items()
        }
        checked = found["checked"]
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError, InvalidVersion) as fault:
        raise UnfitList(f"{file.name} ist nicht so aufgebaut, wie ihr Kopf es sagt: {fault}") from fault
    if not isinstance(checked, date):
        raise UnfitList(f"{file.name}: „checked“ muss ein Datum sein, zum Beispiel 2026-11-22.")
    return Advisories(checked, fixed_in)


def pinned(lock: Path) -> dict[str, Version]:
    """Package → version of a lock file.

    Raises
    ------
    UnfitList : a line pins nothing
    """
    found: dict[str, Version] = {}
    for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        try:
            requirement = Requirement(text)
            (only,) = requirement.specifier
        except (InvalidRequirement, ValueError):
            only = None
        if only is None or only.operator != "==" or only.version.endswith(".*"):
            raise UnfitList(f"{lock.name}, Zeile {number}: „{text}“ legt keine genaue Version fest (make lock).")
        found[canonicalize_name(requirement.name)] = Version(only.version)
    return found


def weaknesses(lock: Path, known: Advisories) -> list[str]:
    """One German sentence for each known weakness that a pinned version still has.

    Raises
    ------
    UnfitList : a line of the lock pins nothing
    """
    return [
        f"{lock.name} hält {package} {version} fest; {one} ist erst in {release} behoben."
        for package, version in pinned(lock).items()
        for one, release in sorted(known.fixed_in.get(package, {}).items())
        if version < release
    ]
