-- One row: the newest snapshot.
select id from ducklake_current_snapshot('lake')
