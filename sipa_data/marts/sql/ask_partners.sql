-- One row per partner, as registered.
select * exclude (upload_id) from partners order by title collate de
