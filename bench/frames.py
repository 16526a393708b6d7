"""The same counts and shares in pandas and polars, as an app without a mart would make them from frames in memory.

Only queries that count incidents or add up survey answers are asked of them; all others read small tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd
import polars as pl

from bench.city import RawCity
from bench.overview import Query
from sipa_data.marts import Mart, Series

ASKED = ("counts", "share_sums")
EVENT_COLUMNS = ["source", "occurred_at", "district_id", "offence_key", "place_kind", "attempted", "cleared"]
GROUPED = ["source", "district_id", "offence_key", "place_kind"]
ANSWER_COLUMNS = ["wave_id", "item_id", "respondent", "answer", "missing"]


class Runs(Protocol):
    """A way to answer queries of the mart."""

    def run(self, query: Query) -> object: ...


def asked_of_frames(queries: Iterable[Query]) -> list[Query]:
    return [query for query in queries if query[0] in ASKED]


@dataclass
class InPandas:
    """Columns of few different texts are categories, which suits pandas best."""

    events: pd.DataFrame
    answers: pd.DataFrame
    series: dict[int, Series]

    @classmethod
    def of(cls, city: RawCity, mart: Mart) -> "InPandas":
        events = pd.read_parquet(city.folder / "incident_events.parquet", columns=EVENT_COLUMNS)
        events = events.astype(dict.fromkeys(GROUPED, "category"))
        answers = pd.read_parquet(city.folder / "survey_answers.parquet", columns=ANSWER_COLUMNS)
        people = pd.read_parquet(city.folder / "survey_respondents.parquet")
        answers = answers.merge(people, on=["wave_id", "respondent"]).astype(
            dict.fromkeys(["wave_id", "item_id", "answer", "missing", "district_id"], "category")
        )
        return cls(events, answers, {number: one for one, number in mart.series.items()})

    def run(self, query: Query) -> object:
        return getattr(self, f"_{query[0]}")(**query[1])

    def _counts(self, *, series: int, starts: list[Any], ends: list[Any]) -> pd.DataFrame:
        one, events = self.series[series], self.events
        chosen = (events["source"] == one.source) & events["offence_key"].isin(one.offence_keys)
        if one.place_kinds:
            chosen &= events["place_kind"].isin(one.place_kinds)
        found = events[chosen]
        when = pd.IntervalIndex.from_arrays(
            pd.to_datetime(starts), pd.to_datetime(ends) + pd.Timedelta(days=1), closed="left"
        )
        period = when.get_indexer(found["occurred_at"]) if not when.is_overlapping else None
        if period is None:  # periods that overlap are counted one by one
            return pd.concat(
                _per_district(found[(found["occurred_at"] >= one.left) & (found["occurred_at"] < one.right)], [])
                for one in when
            )
        return _per_district(found.assign(period=period)[period >= 0], ["period"])

    def _share_sums(self, *, wave: str, item: str, counted: list[str]) -> pd.DataFrame:
        chosen = self.answers[(self.answers["wave_id"] == wave) & (self.answers["item_id"] == item)]
        valid = chosen[chosen["answer"].notna()]
        squared = valid.assign(
            squared=valid["weight"] ** 2, counted=valid["weight"].where(valid["answer"].isin(counted), 0.0)
        )
        sums = squared.groupby("district_id", observed=True, dropna=False)[["weight", "squared", "counted"]].sum()
        sums["n"] = valid.groupby("district_id", observed=True, dropna=False).size()
        return sums


def _per_district(found: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    groups = found.groupby([*by, "district_id"], observed=True, dropna=False)
    return groups.agg(cases=("source", "size"), attempts=("attempted", "sum"), cleared=("cleared", "sum"))


@dataclass
class InPolars:
    """Lazy queries on frames in memory; its own engine decides how to run them."""

    events: pl.DataFrame
    answers: pl.DataFrame
    series: dict[int, Series]

    @classmethod
    def of(cls, city: RawCity, mart: Mart) -> "InPolars":
        events = pl.read_parquet(city.folder / "incident_events.parquet", columns=EVENT_COLUMNS)
        answers = pl.read_parquet(city.folder / "survey_answers.parquet", columns=ANSWER_COLUMNS)
        people = pl.read_parquet(city.folder / "survey_respondents.parquet")
        return cls(
            events.with_columns(pl.col(GROUPED).cast(pl.Categorical)),
            answers.join(people, on=["wave_id", "respondent"]).with_columns(
                pl.col("wave_id", "item_id", "answer", "missing", "district_id").cast(pl.Categorical)
            ),
            {number: one for one, number in mart.series.items()},
        )

    def run(self, query: Query) -> object:
        return getattr(self, f"_{query[0]}")(**query[1])

    def _counts(self, *, series: int, starts: list[Any], ends: list[Any]) -> pl.DataFrame:
        one = self.series[series]
        chosen = (pl.col("source") == one.source) & pl.col("offence_key").is_in(list(one.offence_keys))
        if one.place_kinds:
            chosen &= pl.col("place_kind").is_in(list(one.place_kinds))
        months = (
            self.events.lazy()
            .filter(chosen)
            .group_by(pl.col("occurred_at").dt.truncate("1mo").cast(pl.Date).alias("month"), "district_id")
            .agg(cases=pl.len(), attempts=pl.col("attempted").sum(), cleared=pl.col("cleared").sum())
        )
        periods = pl.LazyFrame({"start": starts, "end": ends})
        inside = months.join_where(
            periods, pl.col("month") >= pl.col("start"), pl.col("month").dt.month_end() <= pl.col("end")
        )
        return (
            inside.group_by("start", "end", "district_id").agg(pl.col("cases", "attempts", "cleared").sum()).collect()
        )

    def _share_sums(self, *, wave: str, item: str, counted: list[str]) -> pl.DataFrame:
        valid = pl.col("answer").is_not_null()
        weight = pl.col("weight")
        return (
            self.answers.lazy()
            .filter((pl.col("wave_id") == wave) & (pl.col("item_id") == item))
            .group_by("district_id")
            .agg(
                n=valid.sum(),
                weight=weight.filter(valid).sum(),
                squared=(weight.filter(valid) ** 2).sum(),
                counted=weight.filter(pl.col("answer").is_in(counted)).sum(),
                missing=(~valid & (pl.col("missing") != "not_asked")).sum(),
            )
            .collect()
        )
