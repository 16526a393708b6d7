-- One row per column that DuckLake keeps bounds of: ids, names, bounds.
select distinct s.table_id, s.column_id, t.table_name, c.column_name, s.min_value, s.max_value
from __ducklake_metadata_lake.ducklake_table_column_stats as s
inner join __ducklake_metadata_lake.ducklake_table as t on s.table_id = t.table_id
inner join __ducklake_metadata_lake.ducklake_column as c on s.table_id = c.table_id and s.column_id = c.column_id
where t.end_snapshot is null and c.end_snapshot is null
