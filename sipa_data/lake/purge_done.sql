-- The purges with these numbers are finished.
delete from __ducklake_metadata_lake.ducklake_metadata where key = 'sipa_purge_unfinished' and list_contains(?, value)
