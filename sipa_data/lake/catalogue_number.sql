-- One row: the number that the catalogue got when it was made; a backup keeps it.
select schema_uuid from __ducklake_metadata_lake.ducklake_schema where schema_id = 0
