-- Adds the rows of one staged Parquet file, each with the id of its upload.
insert into {table} by name
select *, ? as upload_id from read_parquet(?)
