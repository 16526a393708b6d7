-- Deletes rows that were replaced or deleted and that no remaining snapshot shows.
delete from __ducklake_metadata_lake.{inlined} as r
where
    r.end_snapshot is not null
    and not exists (
        select 1
        from __ducklake_metadata_lake.ducklake_snapshot as s
        where s.snapshot_id >= r.begin_snapshot and s.snapshot_id < r.end_snapshot
    )
