-- One row per snapshot that a purge has named and that is still there; never the newest.
select distinct s.snapshot_id
from __ducklake_metadata_lake.ducklake_snapshot as s
inner join lake.purges as p on s.snapshot_id between p.first_snapshot and p.last_snapshot
where s.snapshot_id < (select max(snapshot_id) from __ducklake_metadata_lake.ducklake_snapshot)
order by s.snapshot_id
