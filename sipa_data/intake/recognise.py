"""Which known layout a file has, by its headings and by what stands under them, and how sure that is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sipa_data.catalogue import Catalogue
from sipa_data.german import count_of, listing, number
from sipa_data.intake.answers import Codes
from sipa_data.intake.columns_seen import Column
from sipa_data.intake.found import Found
from sipa_data.intake.judging import ByName
from sipa_data.intake.profile import ColumnRule, ItemRule, PlaceByColumn, Profile, SurveyRule, TableRule
from sipa_data.intake.readers.headings import Head, Wanted, find_head, plain
from sipa_data.intake.reporting import period_in
from sipa_data.intake.selection import wanted_columns
from sipa_data.tables import TABLES

Certainty = Literal["sicher", "wahrscheinlich", "unsicher"]
SURE, LIKELY, WORTH_NAMING = 0.85, 0.6, 0.25
READABLE: Mapping[str, tuple[str, ...]] = {
    "integer": ("whole", "number"),
    "number": ("whole", "number"),
    "date": ("date", "timestamp", "month", "whole"),
    "timestamp": ("timestamp", "date", "month"),
}
NUMBERS = ("integer", "number")
NUMBER = re.compile(r"[+-]?\d[\d., ]*")


@dataclass(frozen=True)
class Recognised:
    """A layout that a file may have.

    Parameters
    ----------
    share : 0 to 1, how much of what the layout asks for is there and looks as it should
    why : German sentence
    """

    profile: Profile
    share: float
    why: str

    @property
    def certainty(self) -> Certainty:
        return "sicher" if self.share >= SURE else "wahrscheinlich" if self.share >= LIKELY else "unsicher"


@dataclass(frozen=True)
class _Content:
    """How many of the values under one heading are what the layout expects."""

    heading: str
    fitting: int
    of: int


def recognise(found: Found, catalogue: Catalogue, profiles: Mapping[str, Profile]) -> tuple[Recognised, ...]:
    """The layouts that the file may have, the likeliest first; nothing where none comes near."""
    judged = (_judge(found, catalogue, profile) for profile in profiles.values())
    return tuple(sorted((one for one in judged if one is not None), key=lambda one: -one.share))


def _judge(found: Found, catalogue: Catalogue, profile: Profile) -> Recognised | None:
    wanted = wanted_columns(profile, catalogue)
    head, columns = _columns_under(found, profile, wanted)
    have = {plain(heading) for heading in head.headings} if head else set()
    present = [column for column in wanted if any(plain(name) in have for name in column.names)]
    required = [column for column in wanted if column.required]
    missing = [column for column in required if column not in present]
    items = [item for item in catalogue.items if plain(item) in have]
    if not present or (profile.survey is not None and profile.survey.every_item and not items):
        return None
    complete = 1 - len(missing) / len(required) if required else 1.0
    telling = 1 - 0.5 ** len(present)  # one common word („bezirk“) tells little, four tell nearly all
    used = len(present) / max(1, sum(bool(heading) for heading in have))
    content = [one for one in _contents(columns, profile, catalogue) if one.of]
    right = sum(one.fitting / one.of for one in content) / len(content) if content else 1.0
    share = complete**2 * max(telling, used) * right
    if share < WORTH_NAMING:
        return None
    return Recognised(profile, share, _why(required, missing, content))


def _columns_under(found: Found, profile: Profile, wanted: list[Wanted]) -> tuple[Head | None, dict[str, Column]]:
    """The head as this layout looks for it; the columns that were looked at stand under it by their place."""
    best: Head | None = None
    for sheet, top in found.form.tops.items():
        if profile.sheet is not None and plain(profile.sheet) != plain(sheet):
            continue
        head = find_head([list(row) for row in top], wanted, profile.head_rows if len(top) > 1 else 1)
        if head is not None and (best is None or head.found > best.found):
            best = head
    if best is None:
        return None, {}
    pairs = zip(best.headings, found.columns, strict=False)
    return best, {plain(heading): column for heading, column in pairs}


def _contents(columns: Mapping[str, Column], profile: Profile, catalogue: Catalogue) -> Iterator[_Content]:
    """One entry per column whose values can be judged; rows that the layout leaves out cannot."""
    if profile.keep:
        return
    if isinstance(profile.district, PlaceByColumn) and (column := _one(columns, profile.district.columns)):
        judge = ByName(profile.district, catalogue, column.labels)
        yield _counted(column, (word for word in column.values if not judge.place((word,)).fault))
    if profile.period.names and (column := _one(columns, profile.period.names)):
        yield _counted(column, (word for word in column.values if period_in(word)))
    for table in profile.tables:
        yield from _of_table(columns, table, catalogue, profile.unknown_offences)
    if profile.survey is not None:
        yield from _of_survey(columns, profile.survey, catalogue)


def _one(columns: Mapping[str, Column], names: Iterable[str]) -> Column | None:
    return next((columns[plain(name)] for name in names if plain(name) in columns), None)


def _counted(column: Column, fitting: Iterable[str]) -> _Content:
    return _Content(column.heading, sum(column.values[word] for word in fitting), sum(column.values.values()))


def _of_table(
    columns: Mapping[str, Column], table: TableRule, catalogue: Catalogue, offences: str
) -> Iterator[_Content]:
    types = {column.name: column.type for column in TABLES[table.name].columns}
    known = {"offence_key": catalogue.offences, "register": catalogue.registers, "indicator": catalogue.indicators}
    for name, rule in table.columns.items():
        column = _one(columns, rule.names)
        if column is None or not column.filled:
            continue
        if name in known and not rule.values and (name != "offence_key" or offences == "refuse"):
            keys = known[name]
            yield _counted(column, (word for word in column.values if word.zfill(rule.width or 0) in keys))
        else:
            yield _of_kind(column, rule, types[name])


def _of_kind(column: Column, rule: ColumnRule, kind: str) -> _Content:
    if rule.values and rule.otherwise == "refuse":
        return _counted(column, (word for word in column.values if word in rule.values))
    reading = rule.read_as or kind
    kinds = READABLE.get(reading, (column.kind,))
    of = sum(column.values.values())
    if column.kind in kinds:
        return _Content(column.heading, of, of)
    return _counted(column, (word for word in column.values if reading in NUMBERS and NUMBER.fullmatch(word)))


def _of_survey(columns: Mapping[str, Column], rule: SurveyRule, catalogue: Catalogue) -> Iterator[_Content]:
    listed: list[ItemRule] = [*rule.items, *rule.bands]
    if rule.every_item:
        listed += [ItemRule(column=item, item=item) for item in catalogue.items if plain(item) in columns]
    for item in listed:
        column, known = _one(columns, item.names), catalogue.items.get(item.item)
        if column is None or known is None:
            continue
        codes = Codes.of(catalogue.scales[known.scale], rule.missing, column.labels, item)
        yield _counted(column, (word for word in column.values if codes.meaning(word)))


def _why(required: list[Wanted], missing: list[Wanted], content: list[_Content]) -> str:
    if missing:
        shown = listing([f"„{column.names[0]}“" for column in missing[:3]])
        heads = (
            f"Von {number(len(required))} nötigen Überschriften {'fehlt' if len(missing) == 1 else 'fehlen'} {shown}"
        )
    elif not required:
        heads = "Überschriften des Profils sind da"
    else:
        all_of_them = f"Alle {number(len(required))} nötigen Überschriften sind"
        heads = f"{'Die nötige Überschrift ist' if len(required) == 1 else all_of_them} da"
    doubtful = sorted((one for one in content if one.fitting < one.of), key=lambda one: one.fitting / one.of)
    if not doubtful:
        return heads + (", und die Werte darunter passen." if content else ".")
    worst = doubtful[0]
    values = count_of(worst.of, "angesehenen Wert", "angesehenen Werten")
    return f"{heads}; in der Spalte „{worst.heading}“ passen {number(worst.fitting)} von {values}."
