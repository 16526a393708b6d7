-- One row: the newest snapshot of the catalogue that is being copied.
select max(snapshot_id) from catalogue_copy.ducklake_snapshot
