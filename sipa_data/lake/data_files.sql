-- One row per file that some snapshot needs: its path below the folder of the lake's files, its size.
with
places as (
    select distinct t.table_id, s.path || t.path as folder
    from {catalogue}.ducklake_table as t
    inner join {catalogue}.ducklake_schema as s on t.schema_id = s.schema_id
),
needed as (
    select table_id, path, file_size_bytes from {catalogue}.ducklake_data_file
    union all
    select table_id, path, file_size_bytes from {catalogue}.ducklake_delete_file
)
select distinct places.folder || needed.path as path, needed.file_size_bytes
from needed
inner join places on needed.table_id = places.table_id
order by path
