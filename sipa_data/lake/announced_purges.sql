-- One row per purge that was begun and not finished: its number.
select value from __ducklake_metadata_lake.ducklake_metadata where key = 'sipa_purge_unfinished'
