-- One row per project × measure × group × time, as registered; whether the upload it came with is confidential.
select r.* exclude (upload_id), coalesce(u.marking = 'confidential', false) as confidential
from project_results r
left join uploads u using (upload_id)
order by r.project_id, r.measure, r.group_name, r.measured_at
