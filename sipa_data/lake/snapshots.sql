-- One row per snapshot that can still be read, oldest first.
select snapshot_id, snapshot_time, author, commit_message
from ducklake_snapshots('lake')
order by snapshot_id
