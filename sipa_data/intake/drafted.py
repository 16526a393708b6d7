"""From what was decided about a file to its layout: a ``Profile``, and that as TOML."""

import os
import tomllib
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Any

import tomli_w

from sipa_data.errors import ProfileError
from sipa_data.intake.choices import Choices, Proposed, bands_of
from sipa_data.intake.days import DATES, TIMES
from sipa_data.intake.meanings import (
    DISTRICT,
    GATHERABLE,
    ITEM,
    LISTS,
    MEAN_WEIGHT,
    MISSING,
    NOWHERE,
    PERIOD,
    POINT,
    WHOLE_CITY,
    X,
    Y,
    has_period,
)
from sipa_data.intake.open_settings import BOUNDARIES
from sipa_data.intake.profile import Profile
from sipa_data.intake.profiles import checked
from sipa_data.intake.selection import WAVE_COMPANION
from sipa_data.tables import TABLES, Column

LAST_DAY = "12-31"  # a year stands for the end of it, as population registers count
OPEN_LISTS = {"offence_key", "register", "indicator"}  # words beyond the map may still be keys of the catalogue
READ_AS = {"fields": "fields", "districts": "districts", "partners": "list", "languages": "list"}


def profile_of(choices: Choices, settings: Mapping[str, str]) -> Profile:
    """The layout of a file whose choices are complete.

    Parameters
    ----------
    settings : every setting by its id
    """
    raw: dict[str, Any] = {
        "id": settings["id"],
        "title": settings["title"],
        "description": f"Aus der Datei „{choices.found.name}“ zugeordnet.",
        "attribution": settings["attribution"],
        "marking": settings["marking"],
        "district": _district(choices, settings),
    }
    form = choices.found.form
    if form.sheet and len(form.tops) > 1:
        raw["sheet"] = form.sheet
    if (height := form.head[1] - form.head[0] + 1) > 1:
        raw["head_rows"] = height
    raw["writing"] = choices.found.writing
    if period := choices.meant(PERIOD):
        raw["period"] = {"column": period.heading}
    if choices.kind == "survey":
        raw["survey"] = _survey(choices, settings)
        raw["companions"] = {
            WAVE_COMPANION: {"title": "Beschreibung der Welle", "usual_name": "welle.csv", "optional": True}
        }
    else:
        raw["tables"] = [_table(choices, settings)]
    if raw["district"]["method"] == "point":
        raw["companions"] = {"grenzen": {"title": "Grenzen der Bezirke als GeoJSON", "usual_name": BOUNDARIES}}
    return checked(raw, "Zuordnung")


def as_toml(profile: Profile) -> str:
    """The layout as a file under ``data/profiles`` says it."""
    return tomli_w.dumps(profile.model_dump(exclude_defaults=True, exclude_none=True))


def save_profile(profile: Profile, folder: Path, known: Collection[str]) -> Path:
    """Write the layout where the next delivery finds it: whole and readable, or not at all.

    Parameters
    ----------
    known : ids of all layouts, also of those in other folders

    Raises
    ------
    ProfileError : one of that name exists already, or the folder cannot be written
    """
    if profile.id in known:
        raise _exists(profile)
    path = folder / f"{profile.id}.toml"
    written = folder / f".neu-{token_hex(8)}"  # no layout by its name: whoever reads the folder now does not see it
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with written.open("x", encoding="utf-8") as file:
            file.write(as_toml(profile))
            file.flush()
            os.fsync(file.fileno())
        checked(tomllib.loads(written.read_text(encoding="utf-8")), path.name)
        os.link(written, path)
    except FileExistsError as fault:
        raise _exists(profile) from fault
    except OSError as fault:
        raise ProfileError(f"Das Profil lässt sich in „{folder.name}“ nicht speichern: {fault.strerror}.") from fault
    finally:
        with suppress(OSError):  # it is no layout; the reason why the folder cannot be written is told already
            written.unlink(missing_ok=True)
    return path


def _exists(profile: Profile) -> ProfileError:
    return ProfileError(f"Ein Profil mit der Kennung „{profile.id}“ gibt es schon. Bitte eine andere Kennung wählen.")


def _district(choices: Choices, settings: Mapping[str, str]) -> dict[str, Any]:
    if one := choices.meant(DISTRICT):
        meant = choices.meant_words(one.heading)
        rule: dict[str, Any] = {
            "method": "column",
            "columns": [one.heading],
            "not_locatable": ["", *one.column.blanks, *_meaning(meant, NOWHERE)],
            "totals": _meaning(meant, WHOLE_CITY),
            "values": {said: target for said, target in one.values.items() if not target.startswith("@")},
            "elsewhere": settings.get("elsewhere", "refuse"),
        }
        return rule | ({"pattern": choices.pattern} if choices.pattern else {})
    if choices.meant(POINT) is None and choices.meant(X) is None:
        return {"method": "none"}
    named = {way: one.heading for way in (POINT, X, Y) if (one := choices.meant(way))}
    return named | {
        "method": "point",
        "reference": settings["reference"],
        "boundaries": "grenzen",
        "district_property": settings["district_property"],
    }


def _meaning(meant: Mapping[str, str], target: str) -> list[str]:
    return [said for said, found in meant.items() if found == target]


def _table(choices: Choices, settings: Mapping[str, str]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for column in TABLES[choices.kind].columns:
        if has_period(choices.kind) and column.name in ("period_start", "period_end"):
            columns[column.name] = {"period": column.name.removeprefix("period_")}
        elif one := choices.meant(column.name):
            columns[column.name] = _rule(choices, column, one)
        elif settings.get(column.name) and column.name not in ("title", "id"):
            columns[column.name] = {"constant": settings[column.name]}
    rule: dict[str, Any] = {"name": choices.kind, "columns": columns}
    weight = choices.meant(MEAN_WEIGHT)
    if choices.kind in GATHERABLE and (weight or choices.meant(POINT) or choices.meant(X)):
        rule["gathered"] = {"value": GATHERABLE[choices.kind]} | ({"weight": weight.heading} if weight else {})
    return rule


def _rule(choices: Choices, column: Column, one: Proposed) -> dict[str, Any]:
    rule: dict[str, Any] = {"column": one.heading, "optional": column.optional, "empty": list(one.column.blanks)}
    seen = one.column
    if column.type in ("integer", "number") and (seen.decimal or seen.thousands):
        rule |= {"decimal": seen.decimal or None, "thousands": seen.thousands or None}
    if column.type in ("date", "timestamp"):
        usual = DATES if column.type == "date" else TIMES
        if seen.years:
            rule |= {"read_as": "year", "day_of_year": LAST_DAY}
        elif seen.form and seen.form not in usual:
            rule["formats"] = [seen.form]
    if column.name in LISTS:
        rule["read_as"] = READ_AS.get(column.name, "districts" if column.name.endswith("districts") else "indicators")
    elif column.name == "age_group":
        rule["read_as"] = "age_group"
    elif (choices.kind, column.name) == ("partners", "kind"):
        rule["read_as"] = "partner_kind"
    elif choices.value_targets(one):
        rule |= _values(choices, column.name, one)
    return rule


def _values(choices: Choices, name: str, one: Proposed) -> dict[str, Any]:
    said = choices.meant_words(one.heading)
    needed = {word: target for word, target in said.items() if word != target}
    if name in OPEN_LISTS:
        return {"values": needed, "otherwise": "keep"} if needed else {}
    return {"values": said} if needed else {}


def _survey(choices: Choices, settings: Mapping[str, str]) -> dict[str, Any]:
    survey: dict[str, Any] = {
        "missing": choices.missing_codes,
        "reviewed": settings["reviewed"] == "ja",
        "items": [],
        "bands": [],
    }
    for one in choices.columns:
        if one.meaning.startswith(ITEM):
            rule = {"column": one.heading, "item": one.meaning.removeprefix(ITEM), "optional": True} | _answers(one)
            bands = bands_of(one, choices.catalogue)
            if bands is not None:
                listed = [{"code": code, "first": first, "last": last} for code, first, last in bands]
                survey["bands"].append(rule | {"bands": listed})
            else:
                survey["items"].append(rule)
    for way in ("weight", "respondent", "stratum", "cluster"):
        if taken := choices.meant(way):
            survey[way] = {"column": taken.heading}
            if way == "weight" and taken.column.decimal:
                survey[way]["decimal"] = taken.column.decimal
    return survey


def _answers(one: Proposed) -> dict[str, dict[str, str]]:
    """Words of the file → codes of the scale, and those of this question that are no answer."""
    no_answers = {said: target for said, target in one.values.items() if target.startswith(MISSING)}
    return {
        "values": {said: target for said, target in one.values.items() if said not in no_answers},
        "missing": {said: target.removeprefix(MISSING) for said, target in no_answers.items()},
    }
