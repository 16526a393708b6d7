-- One row per table and column that a snapshot has, in the order of the columns. Asked of the bare catalogue:
-- duckdb_columns() looks into every attached snapshot, and fails when one of them has been purged.
select t.table_name, c.column_name
from __ducklake_metadata_lake.ducklake_table as t
inner join __ducklake_metadata_lake.ducklake_column as c on t.table_id = c.table_id
where
    t.begin_snapshot <= $snapshot
    and (t.end_snapshot is null or t.end_snapshot > $snapshot)
    and c.begin_snapshot <= $snapshot
    and (c.end_snapshot is null or c.end_snapshot > $snapshot)
order by t.table_name, c.column_order
