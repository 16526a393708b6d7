-- One row per answer. Valid answers of everybody to one item in one wave: respondents, weights.
select answer, sum(respondents)::bigint as respondents, sum(sum_weight)::double as sum_weight
from survey_sums
where wave_id = $wave and item_id = $item and answer is not null
group by all
order by answer
