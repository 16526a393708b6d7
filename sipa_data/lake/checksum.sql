-- One row: the name that was given, its number of rows, and the sum of a fingerprint per row, which no order changes.
select
    ?::varchar as table_name, count(*) as row_count,
    coalesce(sum(md5_number_lower(to_json(r)::varchar)), 0)::varchar as fingerprint
from {table} as r
