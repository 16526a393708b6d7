-- One row per upload, newest first.
select * from uploads order by uploaded_at desc, upload_id
