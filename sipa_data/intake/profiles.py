"""Load the layouts of ``data/profiles``: one TOML file each, closed, every mistake named with file and key."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sipa_data.catalogue.messages import explain
from sipa_data.errors import ProfileError
from sipa_data.intake.profile import Profile
from sipa_data.settings import Settings


def load_profiles(folder: Path) -> dict[str, Profile]:
    """Every layout of a folder, by id, in the order of the ids.

    Raises
    ------
    ProfileError : the first mistake; its sentence names file, key and fix
    """
    if not folder.is_dir():
        raise ProfileError(f"Den Ordner der Dateiprofile „{folder}“ gibt es nicht. Bitte den Pfad prüfen.")
    return {path.stem: load_profile(path) for path in sorted(folder.glob("*.toml"))}


def profiles_of(settings: Settings) -> dict[str, Profile]:
    """The layouts that come with the house, and those that were mapped in it.

    Raises
    ------
    ProfileError : as ``load_profiles``; two layouts of one name
    """
    shipped = load_profiles(settings.profiles)
    own = load_profiles(settings.profiles_made_here) if settings.profiles_made_here.is_dir() else {}
    if twice := sorted(set(shipped) & set(own)):
        raise ProfileError(
            f"Das Profil „{twice[0]}“ gibt es zweimal, auch in „{settings.profiles_made_here}“. Bitte dort umbenennen."
        )
    return shipped | own


def load_profile(path: Path) -> Profile:
    """One layout.

    Raises
    ------
    ProfileError : as ``load_profiles``
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise ProfileError(f"Das Dateiprofil „{path.name}“ lässt sich nicht öffnen. Bitte den Pfad prüfen.") from fault
    except UnicodeDecodeError as fault:
        raise ProfileError(f"{path.name}: Die Datei ist nicht in UTF-8 gespeichert. Bitte neu speichern.") from fault
    except tomllib.TOMLDecodeError as fault:
        raise ProfileError(
            f"{path.name}: Der Aufbau der Datei stimmt nicht ({_place(fault)}). Bitte prüfen."
        ) from fault
    profile = checked(raw, path.name)
    if profile.id != path.stem:
        raise ProfileError(
            f"{path.name}, Schlüssel „id“: „{profile.id}“ ist nicht der Name der Datei. Bitte „{path.stem}“ eintragen "
            "oder die Datei umbenennen."
        )
    return profile


def checked(raw: Mapping[str, Any], name: str) -> Profile:
    """A layout from what a file, or a mapping, says.

    Raises
    ------
    ProfileError : the first mistake; its sentence names ``name``, key and fix
    """
    try:
        return Profile.model_validate(raw)
    except ValidationError as fault:
        # A misspelt key is also a missing one; the misspelling is what helps.
        first = min(fault.errors(), key=lambda error: error["type"] != "extra_forbidden")
        raise ProfileError(_sentence(name, first)) from fault


def choose_profile(profiles: Mapping[str, Profile], name: str) -> Profile:
    """The layout with this id.

    Raises
    ------
    ProfileError : there is none
    """
    if name in profiles:
        return profiles[name]
    known = ", ".join(profiles)
    raise ProfileError(f"Das Dateiprofil „{name}“ gibt es nicht. Möglich sind: {known}.")


def _place(fault: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"line (\d+), column (\d+)", str(fault))
    return f"Zeile {found[1]}, Spalte {found[2]}" if found else "am Ende der Datei"


def _sentence(file: str, error: ErrorDetails) -> str:
    """File, key, what was found and what to do."""
    key = ".".join(map(_key, error["loc"]))
    where = f"{file}, Schlüssel „{key}“" if key else file
    if error["type"] == "value_error":
        return f"{where}: Das passt nicht zusammen: {error['ctx']['error']}."
    found, fix = explain(error, _keys_beside(error["loc"]))
    return f"{where}: {found}. {fix}."


def _key(part: int | str) -> str:
    return str(part + 1) if isinstance(part, int) else str(part)


def _keys_beside(place: Sequence[int | str]) -> list[str]:
    """The keys that a closed section knows, for „gemeint ist wohl“."""
    model: Any = Profile
    for part in place[:-1]:
        if isinstance(part, int) or not (isinstance(model, type) and issubclass(model, BaseModel)):
            continue
        field = model.model_fields.get(part)
        model = _model_in(field.annotation) if field else None
    return list(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else []


def _model_in(annotation: Any) -> Any:
    """The model inside ``X | None``, ``tuple[X, ...]`` or ``dict[str, X]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in found if model is not None), None)
