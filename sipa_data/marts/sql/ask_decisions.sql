-- One row per decision of the steering group, as registered, oldest first; whether the upload it came with is confidential.
select d.* exclude (upload_id), coalesce(u.marking = 'confidential', false) as confidential
from decisions d
left join uploads u using (upload_id)
order by d.decided_on, d.decision_id
