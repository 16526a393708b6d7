-- One row per wave × item × district ('': unknown) × answer × kind of missing answer. Respondents, weights, squared weights.
select
    wave_id, item_id, coalesce(district_id, '') as district, answer, missing,
    count(*)::bigint as respondents, sum(weight)::double as sum_weight, sum(weight * weight)::double as sum_weight_squared
from survey_answers
group by all
order by wave_id, item_id, district
