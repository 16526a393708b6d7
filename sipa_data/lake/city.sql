-- At most one row: official key and name of the city that the lake belongs to.
select value from __ducklake_metadata_lake.ducklake_metadata where key = 'sipa_city' limit 1
