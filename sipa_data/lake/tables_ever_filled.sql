-- One row per table that any snapshot has ever had rows in. DuckLake keeps no statistics of the others.
select distinct t.table_name
from __ducklake_metadata_lake.ducklake_table as t
inner join __ducklake_metadata_lake.ducklake_table_stats as s on t.table_id = s.table_id
