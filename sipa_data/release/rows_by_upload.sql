-- One row per upload that has rows in the table.
select upload_id, count(*) as row_count from {table} group by upload_id order by upload_id
