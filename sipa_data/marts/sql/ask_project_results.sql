-- One row per project × measure × group × time, as registered.
select * exclude (upload_id) from project_results order by project_id, measure, group_name, measured_at
