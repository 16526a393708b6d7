-- What a register holds now: one row per thing, with the marking of the delivery that it came with.
select register.*, uploads.marking
from {table} as register
join uploads using (upload_id)
where register.source = $source
order by all
