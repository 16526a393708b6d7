-- One row per upload that was not withdrawn, oldest first: what it filled, as JSON, and whether it was purged since.
select slices, status = 'purged' as purged
from uploads
where status <> 'withdrawn' and slices is not null
order by snapshot_before, uploaded_at
