-- Notes which city the lake belongs to. DuckLake ignores keys it does not know.
insert into __ducklake_metadata_lake.ducklake_metadata values ('sipa_city', ?, null, null)
