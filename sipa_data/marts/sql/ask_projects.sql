-- One row per project, as registered.
select * exclude (upload_id) from projects order by title collate de
