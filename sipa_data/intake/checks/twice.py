"""Rows that come twice: the same line again, or the same thing counted again in another one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from duckdb import ColumnExpression, DuckDBPyRelation, FunctionExpression
from numpy.typing import NDArray

from sipa_data.german import count_of
from sipa_data.intake.blame import blaming
from sipa_data.intake.delivery import Finding, Severity
from sipa_data.intake.layouts import GRAIN
from sipa_data.intake.mapping import Part
from sipa_data.intake.workbench import Workbench, count_rows
from sipa_data.sql import quoted

MARKS_AT_ONCE = 2_000_000


def identical_rows(
    rows: DuckDBPyRelation, bench: Workbench, line_of: Callable[[int], int], severity: Severity
) -> list[Finding]:
    """Rows that agree in every column of the file.

    Parameters
    ----------
    rows : ``row`` and the cells as they stand in the file
    """
    repeated = _repeated(rows, [name for name in rows.columns if name != "row"], bench)
    if not repeated:
        return []
    count = sum(group.times - 1 for group in repeated)
    line = line_of(min(group.second for group in repeated))
    what = "wiederholt eine frühere vollständig" if count == 1 else "wiederholen frühere vollständig"
    verdict = "Bitte die Wiederholungen entfernen."
    if severity != "error":
        verdict = "Gezählt werden alle; bitte bei der Quelle prüfen."
    sentence = f"{count_of(count, 'Zeile', 'Zeilen')} {what}, zuerst Zeile {line}. {verdict}"
    expected = "jede Zeile nur einmal"
    again = _again(repeated, bench)
    return [blaming(Finding(severity, "identical_rows", sentence, line=line, expected=expected, count=count), again)]


def counted_twice(parts: list[Part], bench: Workbench, line_of: Callable[[int], int]) -> list[Finding]:
    """Rows of one table that say the same thing twice: same period, place and key."""
    grain = GRAIN.get(parts[0].table.name)
    if grain is None:
        return []
    rows = _all(parts, ("row", "role", *grain)).filter("role <> 'fault'")
    repeated = _repeated(rows, ["role", *grain], bench)
    if not repeated:
        return []
    group = min(repeated, key=lambda one: one.second)
    first, second, shown = line_of(group.first), line_of(group.second), group.shown
    what = (
        f"Die Zeilen {first} und {second} zählen dasselbe ({shown})"
        if len(repeated) == 1 and group.times == 2
        else f"{count_of(len(repeated), 'Angabe steht', 'Angaben stehen')} mehrfach in der Datei, "
        f"zuerst in den Zeilen {first} und {second} ({shown})"
    )
    sentence = f"{what}. Gezählt werden darf nur einmal; bitte die überzählige Zeile entfernen."
    finding = Finding(
        "error",
        "counted_twice",
        sentence,
        line=second,
        found=shown,
        expected="jede Angabe nur einmal",
        count=sum(one.times - 1 for one in repeated),
    )
    return [blaming(finding, _again(repeated, bench))]


def whole_and_parts(parts: list[Part], line_of: Callable[[int], int]) -> list[Finding]:
    """Inhabitants given as a sum and again by age or sex: added up they would count twice."""
    if parts[0].table.name != "population":
        return []
    rows = _all(parts, ("row", "role", "source", "reference_date", "district_id", "age_group", "sex"))
    parts_of_city = rows.filter("role = 'district'")
    mixed = parts_of_city.aggregate(
        "source, reference_date, district_id, min(row) filter (where age_group is null) as whole, "
        "count(distinct age_group is null) > 1 as ages, count(distinct sex is null) > 1 as sexes, min(row) as first",
        "source, reference_date, district_id",
    )
    mixed = mixed.filter("ages or sexes")
    found = mixed.aggregate("count(*), min(coalesce(whole, first))").fetchone()
    if not found or not found[0]:
        return []
    line = line_of(int(found[1]))
    sentence = (
        f"Die Datei nennt Einwohner als Summe (Zeile {line}) und noch einmal nach Alter oder Geschlecht. "
        "Zusammengezählt wären sie doppelt; bitte nur die Summen oder nur die Gruppen liefern."
    )
    same = " and ".join(f"said.{name} = mixed.{name}" for name in ("source", "reference_date", "district_id"))
    beside = parts_of_city.set_alias("said").join(mixed.set_alias("mixed"), same)
    sums = beside.filter("(ages and said.age_group is null) or (sexes and said.sex is null)").project("said.row as row")
    expected = "nur die Summe oder nur die Gruppen"
    finding = Finding("error", "whole_and_parts", sentence, line=line, expected=expected, count=int(found[0]))
    return [blaming(finding, sums)]


@dataclass(frozen=True)
class _Group:
    """Rows that are alike, in the order of the file, and what they say."""

    places: tuple[int, ...]
    shown: str

    @property
    def times(self) -> int:
        return len(self.places)

    @property
    def first(self) -> int:
        return self.places[0]

    @property
    def second(self) -> int:
        return self.places[1]


def _again(groups: list[_Group], bench: Workbench) -> DuckDBPyRelation:
    """Every row that was there before."""
    rows = [place for group in groups for place in group.places[1:]]
    return bench.table(pa.table({"row": pa.array(rows, pa.int64())}), "again")


def _repeated(rows: DuckDBPyRelation, names: list[str], bench: Workbench) -> list[_Group]:
    """Groups of rows that agree in all of these columns.

    Fingerprints find the candidates, a share of them at a time, so that memory does not grow with the file.
    """
    mark = FunctionExpression("hash", *(ColumnExpression(name) for name in names)).alias("mark")
    marks = bench.stage(rows.project(ColumnExpression("row"), mark), "marks")
    shares = count_rows(marks) // MARKS_AT_ONCE + 1
    suspects = np.concatenate([_several(marks.filter(f"mark % {shares} = {share}")) for share in range(shares)])
    if not len(suspects):
        return []
    among = bench.table(pa.table({"mark": suspects}), "suspects").set_alias("suspects")
    places = marks.set_alias("marks").join(among, "marks.mark = suspects.mark", how="semi").project("row")
    suspected = rows.set_alias("rows").join(places.set_alias("places"), "rows.row = places.row", how="semi")
    listed = ", ".join(quoted(name) for name in names)
    shown = " || ', ' || ".join(f"coalesce({quoted(name)}::varchar, 'ohne')" for name in names if name != "role")
    groups = suspected.aggregate(f"count(*) as times, list_sort(list(row)) as places, any_value({shown})", listed)
    found = groups.filter("times > 1").fetchall()
    return [_Group(tuple(map(int, places)), str(shown)) for _, places, shown in found]


def _several(marks: DuckDBPyRelation) -> NDArray[np.uint64]:
    """The marks that come more than once, each once; sorting them needs a fraction of the memory of grouping them."""
    found = np.sort(marks.project("mark").fetchnumpy()["mark"])
    return np.unique(found[1:][found[1:] == found[:-1]])


def _all(parts: list[Part], names: tuple[str, ...]) -> DuckDBPyRelation:
    rows = [part.rows.project(*(ColumnExpression(name) for name in names)) for part in parts]
    joined = rows[0]
    for more in rows[1:]:
        joined = joined.union(more)
    return joined
