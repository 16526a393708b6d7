-- Adds one purge: the snapshots that go with it.
insert into purges by name
select
    $upload_id as upload_id, $first_snapshot as first_snapshot, $last_snapshot as last_snapshot,
    $purged_at as purged_at, $purged_by as purged_by, $second as second
