-- One row per upload, oldest first: the history of what became public.
select * from uploads order by snapshot_before, upload_id
