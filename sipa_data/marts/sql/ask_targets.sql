-- One row per target that was delivered, the earliest due first; whether the upload it came with is confidential.
select t.* exclude (upload_id), coalesce(u.marking = 'confidential', false) as confidential
from targets t
left join uploads u using (upload_id)
order by t.due, t.indicator, t.district_id
