"""Load a city's folder: read each file, check each entry, check the entries against each other."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sipa_data.catalogue import shelves as parts
from sipa_data.catalogue.boundaries import read_boundaries
from sipa_data.catalogue.catalogue import Catalogue
from sipa_data.catalogue.checks import check
from sipa_data.catalogue.field_checks import check_fields
from sipa_data.catalogue.files import LIST_SEPARATOR, Place, RawEntry, read_csv, read_toml
from sipa_data.catalogue.indicator_checks import check_indicators
from sipa_data.catalogue.messages import explain, quoted
from sipa_data.catalogue.models import Entry
from sipa_data.catalogue.shelves import FILES, Part, Shelf, Shelves
from sipa_data.catalogue.spellings import index
from sipa_data.errors import CatalogueError

Model = TypeVar("Model", bound=Entry)
Raw = Mapping[tuple[str, str], list[RawEntry]]
"""Raw entries by file and table."""


def load_catalogue(folder: Path) -> Catalogue:
    """Everything that a city's folder says, checked.

    Raises
    ------
    CatalogueError : the first mistake; its sentence names file, place and fix
    """
    if not folder.is_dir():
        raise CatalogueError(f"Den Ordner „{folder}“ gibt es nicht. Bitte den Namen der Stadt oder den Pfad prüfen.")
    _refuse_misnamed_files(folder)
    raw = _read(folder)
    shelves = Shelves(
        city=_shelf(parts.CITY, raw),
        district_types=_shelf(parts.DISTRICT_TYPES, raw),
        districts=_shelf(parts.DISTRICTS, raw),
        fields=_shelf(parts.FIELDS, raw),
        principles=_shelf(parts.PRINCIPLES, raw),
        offence_groups=_shelf(parts.OFFENCE_GROUPS, raw),
        offences=_shelf(parts.OFFENCES, raw),
        breaks=_shelf(parts.BREAKS, raw),
        unusual_times=_shelf(parts.UNUSUAL_TIMES, raw),
        scales=_shelf(parts.SCALES, raw),
        items=_shelf(parts.ITEMS, raw),
        registers=_shelf(parts.REGISTERS, raw),
        partner_kinds=_shelf(parts.PARTNER_KINDS, raw),
        indicators=_shelf(parts.INDICATORS, raw),
        cuts=_shelf(parts.CUTS, raw),
        targets=_shelf(parts.TARGETS, raw),
    )
    check(shelves)
    check_indicators(shelves)
    check_fields(shelves)
    city = next(iter(shelves.city.models.values()))
    return Catalogue(
        folder=folder,
        city=city,
        district_types=shelves.district_types.models,
        districts=shelves.districts.models,
        fields=shelves.fields.models,
        principles=shelves.principles.models,
        offence_groups=shelves.offence_groups.models,
        offences=shelves.offences.models,
        breaks=shelves.breaks.models,
        unusual_times=shelves.unusual_times.models,
        scales=shelves.scales.models,
        items=shelves.items.models,
        registers=shelves.registers.models,
        partner_kinds=shelves.partner_kinds.models,
        indicators=shelves.indicators.models,
        cuts=shelves.cuts.models,
        targets=tuple(shelves.targets.models.values()),
        spellings=index(city, shelves.districts.models.values()),
        boundaries=read_boundaries(folder, shelves.districts.models),
    )


def _continuations(folder: Path, file: str) -> list[Path]:
    """``indicators.toml`` may go on in ``indicators-….toml``; so may every other list."""
    path = Path(file)
    return [folder / file, *sorted(folder.glob(f"{path.stem}-*{path.suffix}"))]


def _refuse_misnamed_files(folder: Path) -> None:
    """A file whose name is nearly right would otherwise be overlooked in silence."""
    expected = {path.name for file in FILES for path in _continuations(folder, file)}
    for path in sorted(folder.iterdir()):
        if path.suffix in {".toml", ".csv"} and path.name not in expected:
            closest = get_close_matches(path.name, FILES, n=1, cutoff=0.8)
            if closest:
                raise Place(path.name).wrong(
                    "Diese Datei gehört nicht zum Katalog", f"Gemeint ist wohl „{closest[0]}“; bitte umbenennen"
                )


def _read(folder: Path) -> Raw:
    found: dict[tuple[str, str], list[RawEntry]] = {}
    for file, tables in FILES.items():
        if file.endswith(".csv"):
            model = next(part.model for part in (parts.DISTRICTS, parts.OFFENCES) if part.file == file)
            known = list(model.model_fields)
            required = [name for name, field in model.model_fields.items() if field.is_required()]
            for path in _continuations(folder, file):
                rows = read_csv(path, known, required)
                found.setdefault((file, ""), []).extend(_typed(row, model) for row in rows)
        else:
            for path in _continuations(folder, file) if tables else [folder / file]:
                for table, entries in read_toml(path, tables).items():
                    found.setdefault((file, table), []).extend(entries)
    return found


def _holds(annotation: Any, kind: type) -> bool:
    """Whether a field's type is, or may be, of this kind."""
    return (
        annotation is kind or get_origin(annotation) is kind or any(_holds(one, kind) for one in get_args(annotation))
    )


def _typed(row: RawEntry, model: type[Entry]) -> RawEntry:
    """Cells as the model expects them: lists split, ja and nein understood, a decimal comma accepted."""
    values: dict[str, Any] = {}
    for name, cell in row.values.items():
        annotation = model.model_fields[name].annotation
        if _holds(annotation, tuple):
            values[name] = [part.strip() for part in cell.split(LIST_SEPARATOR)]
        elif _holds(annotation, bool):
            values[name] = {"ja": True, "nein": False}.get(cell.casefold(), cell)
        elif _holds(annotation, float):
            values[name] = cell.replace(",", ".", 1)
        else:
            values[name] = cell
    return RawEntry(values, row.place)


def _shelf(part: Part[Model], raw: Raw) -> Shelf[Model]:
    models: dict[str, Model] = {}
    places: dict[str, Place] = {}
    entries = raw[part.file, part.table]
    if part.needed and not entries:
        what = f"mit [[{part.table}]]" if part.table else "mit den Angaben"
        raise Place(part.file).wrong(
            "Die Datei enthält keinen Eintrag", f"Bitte mindestens einen Eintrag {what} anlegen"
        )
    for number, entry in enumerate(entries):
        model = validated(part.model, entry)
        key = str(getattr(model, part.key)) if part.key else str(number)
        if key in models:
            first = places[key]
            line = first.line_of(part.key)
            where = first.file if line is None else f"{first.file}, Zeile {line}"
            raise entry.place.wrong(
                f"{quoted(key)} kommt zum zweiten Mal vor, zuerst in {where}", "Bitte eindeutig benennen", part.key
            )
        models[key], places[key] = model, entry.place
    return Shelf(part, models, places)


def validated(model: type[Model], entry: RawEntry) -> Model:
    """One entry as its model; what is wrong with it is said in German, with its place.

    Raises
    ------
    CatalogueError : its first mistake
    """
    try:
        return model.model_validate(entry.values)
    except ValidationError as fault:
        # A misspelt key shows as one unknown and one missing key: the unknown one explains both.
        first = min(fault.errors(), key=lambda error: error["type"] != "extra_forbidden")
        location = [str(part) for part in first["loc"]]
        if len(location) > 1 and location[0] == "measure":
            del location[1]  # the kind of measure, which pydantic adds
        key = ".".join(str(int(part) + 1) if part.isdigit() else part for part in location)
        found, fix = explain(first, _keys_at(model, first["loc"][:-1]))
        raise entry.place.wrong(found, fix, key) from fault


def _keys_at(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Names of the keys that exist at a place inside a model."""
    found = [model]
    for step in location:
        if len(found) > 1:  # kinds of measure: pydantic names the kind that was chosen
            found = [one for one in found if step in get_args(one.model_fields["kind"].annotation)]
        elif step in found[0].model_fields:
            found = _models_in(found[0].model_fields[str(step)].annotation)
    return [name for one in found for name in one.model_fields]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for one in get_args(annotation) for found in _models_in(one)]
