-- One row per district ('': unknown). Sums over valid answers of one item in one wave, each answer code taken as a
-- number; a code that is none counts nowhere. missing counts those who were asked and gave no valid answer.
select
    district,
    coalesce(sum(respondents) filter (number is not null), 0)::bigint as n,
    coalesce(sum(sum_weight) filter (number is not null), 0)::double as sum_weight,
    coalesce(sum(sum_weight_squared) filter (number is not null), 0)::double as sum_weight_squared,
    coalesce(sum(sum_weight * number), 0)::double as sum_weighted,
    coalesce(sum(sum_weight * number ** 2), 0)::double as sum_weighted_squared,
    coalesce(sum(respondents) filter (answer is null and missing <> 'not_asked'), 0)::bigint as missing
from (select *, try_cast(answer as double) as number from survey_sums where wave_id = $wave and item_id = $item)
group by all
