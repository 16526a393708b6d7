-- One row per table of DuckLake's catalogue that can hold content of the lake: rows, bounds of columns, messages.
select table_name from __ducklake_metadata_lake.ducklake_inlined_data_tables
union all
select unnest(['ducklake_file_column_stats', 'ducklake_table_column_stats', 'ducklake_snapshot_changes'])
