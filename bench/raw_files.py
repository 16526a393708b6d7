"""The same SQL on the raw files: every table of the mart becomes a view on Parquet, and nothing is prepared."""

import re

import duckdb

from bench.city import RawCity
from bench.overview import Query
from sipa_data.marts import Mart
from sipa_data.marts.build import COPIED, LOADED, members
from sipa_data.marts.mart import SQL
from sipa_data.sql import quoted, statement

EVENTS_BY_MONTH = """
create view series_counts as
select
    m.series, date_trunc('month', occurred_at)::date as period_start,
    last_day(date_trunc('month', occurred_at)::date) as period_end, coalesce(district_id, 'ohne') as district,
    count(*) as cases,
    case when count(attempted) > 0 then count(*) filter (attempted) end as attempts,
    case when count(cleared) > 0 then count(*) filter (cleared) end as cleared
from members m
join raw.incident_events e on e.source = m.source and e.offence_key = m.offence_key
    and (m.place_kind = '' or e.place_kind = m.place_kind)
group by all
"""
"""Counting by month before the months are added up was the fastest of three forms that were tried."""
MEMBERS = """
create table members as
select
    unnest($series::integer[]) as series, unnest($sources::varchar[]) as source,
    unnest($offence_keys::varchar[]) as offence_key, unnest($place_kinds::varchar[]) as place_kind
"""
ORDER = re.compile(r"order by .*\Z", re.DOTALL)
TABLE = re.compile(r"\b(from|join) (\w+)")


class RawFiles:
    """Answers the mart's queries from the files."""

    def __init__(self, city: RawCity, mart: Mart) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("create schema raw")
        for path in city.folder.glob("*.parquet"):
            self.connection.execute(f"create view raw.{quoted(path.stem)} as from read_parquet('{path}')")
        for table in COPIED:
            self.connection.execute(f"create view {quoted(table)} as from raw.{quoted(table)}")
        for table in LOADED:
            if table != "incidents":
                loaded = TABLE.sub(r"\1 raw.\2", statement(SQL, f"load_{table}"))
                self._view(table, loaded)
        self.connection.execute(MEMBERS, members(mart.series))
        self.connection.execute(EVENTS_BY_MONTH)
        for table in ("wave_items", "survey_sums"):
            self._view(table, statement(SQL, f"roll_up_{table}"))
        self.connection.execute(statement(SQL, "macro_chosen_respondents"))

    def run(self, query: Query) -> object:
        name, values = query
        with self.connection.cursor() as cursor:
            return cursor.execute(statement(SQL, f"ask_{name}"), values or None).to_arrow_table()

    def _view(self, table: str, sql: str) -> None:
        """Without its order, which only serves the mart."""
        self.connection.execute(f"create view {quoted(table)} as\n{ORDER.sub('', sql)}")
