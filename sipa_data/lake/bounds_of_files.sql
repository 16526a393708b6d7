-- Smallest and largest value of one column in each file that some snapshot still needs, as text.
select unnest([min_value, max_value]) as bound
from __ducklake_metadata_lake.ducklake_file_column_stats
where table_id = $table_id and column_id = $column_id
