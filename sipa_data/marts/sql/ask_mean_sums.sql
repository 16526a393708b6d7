-- One row per district ('': unknown). Sums over valid answers of one item in one wave, each answer code taken as a
-- number, among respondents who meet every condition; missing counts those who were asked and gave no valid answer.
-- Without a condition the sums per answer, made once per snapshot, are enough.
with conditions as (
    select unnest($among_items::varchar[]) as item, unnest($among_codes::varchar[][]) as codes
),
chosen as (
    select respondent
    from survey_answers
    join conditions on item_id = item and list_contains(codes, answer)
    where wave_id = $wave
    group by respondent
    having count(*) = len($among_items::varchar[])
),
summed as (
    select district, answer, missing, respondents, sum_weight, sum_weight_squared
    from survey_sums
    where wave_id = $wave and item_id = $item and len($among_items::varchar[]) = 0
    union all
    select coalesce(district_id, ''), answer, missing, 1, weight, weight * weight
    from survey_answers
    where wave_id = $wave and item_id = $item and len($among_items::varchar[]) > 0
      and respondent in (select respondent from chosen)
)
select
    district,
    coalesce(sum(respondents) filter (answer is not null), 0)::bigint as n,
    coalesce(sum(sum_weight) filter (answer is not null), 0)::double as sum_weight,
    coalesce(sum(sum_weight_squared) filter (answer is not null), 0)::double as sum_weight_squared,
    coalesce(sum(sum_weight * answer::double), 0)::double as sum_weighted,
    coalesce(sum(sum_weight * answer::double ** 2), 0)::double as sum_weighted_squared,
    coalesce(sum(respondents) filter (answer is null and missing <> 'not_asked'), 0)::bigint as missing
from summed
group by all
