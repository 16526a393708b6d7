-- One row: the version of the format of DuckLake's catalogue.
select value from __ducklake_metadata_lake.ducklake_metadata where key = 'version'
