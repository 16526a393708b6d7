-- At most one row: when the snapshot was deleted by a purge.
select max(purged_at)
from lake.purges
where ? between first_snapshot and last_snapshot
