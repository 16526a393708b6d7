-- One row if the snapshot can still be read, none if not. Asked after every read, so from the bare catalogue table.
select cast(snapshot_time as timestamptz)
from __ducklake_metadata_lake.ducklake_snapshot
where snapshot_id = ?
