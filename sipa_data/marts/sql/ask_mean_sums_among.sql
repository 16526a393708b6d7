-- One row per district ('': unknown). Sums over valid answers of one item in one wave, each answer code taken as a
-- number, among respondents who meet every condition; a code that is none counts nowhere. missing counts those who
-- were asked and gave no valid answer.
select
    coalesce(district_id, '') as district,
    count(number)::bigint as n,
    coalesce(sum(weight) filter (number is not null), 0)::double as sum_weight,
    coalesce(sum(weight * weight) filter (number is not null), 0)::double as sum_weight_squared,
    coalesce(sum(weight * number), 0)::double as sum_weighted,
    coalesce(sum(weight * number ** 2), 0)::double as sum_weighted_squared,
    count(*) filter (answer is null and missing <> 'not_asked')::bigint as missing
from (select *, try_cast(answer as double) as number from survey_answers where wave_id = $wave and item_id = $item)
where respondent in (
    from chosen_respondents($wave, $among_items::varchar[], $among_codes::varchar[][])
)
group by all
