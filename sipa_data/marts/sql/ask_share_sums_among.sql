-- One row per district ('': unknown). Sums over valid answers of one item in one wave, among respondents who meet
-- every condition; missing counts those who were asked and gave no valid answer.
select
    coalesce(district_id, '') as district,
    count(answer)::bigint as n,
    coalesce(sum(weight) filter (answer is not null), 0)::double as sum_weight,
    coalesce(sum(weight * weight) filter (answer is not null), 0)::double as sum_weight_squared,
    coalesce(sum(weight) filter (list_contains($counted::varchar[], answer)), 0)::double as sum_weight_counted,
    count(*) filter (answer is null and missing <> 'not_asked')::bigint as missing
from survey_answers
where wave_id = $wave and item_id = $item and respondent in (
    from chosen_respondents($wave, $among_items::varchar[], $among_codes::varchar[][])
)
group by all
