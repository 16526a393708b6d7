-- One row per table of the catalogue that holds rows of the lake in place of a file.
select table_id, table_name from __ducklake_metadata_lake.ducklake_inlined_data_tables order by table_name
