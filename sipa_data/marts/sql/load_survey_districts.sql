-- One row per wave × district ('': unknown). Everybody asked, whatever they answered: respondents, those of them who were
-- drawn in a cluster, weights, squared weights.
select
    wave_id, coalesce(district_id, '') as district, count(*)::bigint as respondents,
    count(cluster)::bigint as in_clusters, sum(weight)::double as sum_weight,
    sum(weight * weight)::double as sum_weight_squared
from survey_respondents
group by all
order by wave_id, district
