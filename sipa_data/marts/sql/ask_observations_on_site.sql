-- One row per finding of a walk through a district ($district null: any), the newest first; whether its upload is confidential.
select o.* exclude (upload_id), coalesce(u.marking = 'confidential', false) as confidential
from observations_on_site o
left join uploads u using (upload_id)
where $district is null or o.district_id = $district
order by o.observed_on desc, o.finding_id
