-- One row per district ('': unknown) × stratum × cluster × answer of one item in one wave. Sum of the weights of those
-- respondents who meet every condition; a cluster of which nobody does has the sum 0. Who belongs to no cluster is one
-- alone.
select
    coalesce(district_id, '') as district, coalesce(stratum, '') as stratum,
    coalesce(cluster, 'respondent ' || respondent) as cluster, answer,
    coalesce(sum(weight) filter (
        len($among_items::varchar[]) = 0 or respondent in (
            from chosen_respondents($wave, $among_items::varchar[], $among_codes::varchar[][])
        )
    ), 0)::double as sum_weight
from survey_answers
where wave_id = $wave and item_id = $item
group by all
