-- Sets the smallest and the largest value of one column.
update __ducklake_metadata_lake.ducklake_table_column_stats
set min_value = ?, max_value = ?
where table_id = ? and column_id = ?
