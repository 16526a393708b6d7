-- One row per table of DuckLake's catalogue.
select table_name
from duckdb_tables()
where database_name = 'catalogue_copy' and schema_name in ('main', 'public') and starts_with(table_name, 'ducklake_')
order by table_name
