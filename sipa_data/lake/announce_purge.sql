-- Notes that a purge has begun, under a number of its own. DuckLake ignores keys it does not know.
insert into __ducklake_metadata_lake.ducklake_metadata values ('sipa_purge_unfinished', ?, null, null)
