-- One row per district ('': unknown). Sums over valid answers of one item in one wave; missing counts those who were
-- asked and gave no valid answer.
select
    district,
    coalesce(sum(respondents) filter (answer is not null), 0)::bigint as n,
    coalesce(sum(sum_weight) filter (answer is not null), 0)::double as sum_weight,
    coalesce(sum(sum_weight_squared) filter (answer is not null), 0)::double as sum_weight_squared,
    coalesce(sum(sum_weight) filter (list_contains($counted::varchar[], answer)), 0)::double as sum_weight_counted,
    coalesce(sum(respondents) filter (answer is null and missing <> 'not_asked'), 0)::bigint as missing
from survey_sums
where wave_id = $wave and item_id = $item
group by all
