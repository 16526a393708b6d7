-- One row per respondent of one wave who meets every condition: gave, to each of these items, one of its codes.
create macro chosen_respondents(asked_wave, items, codes) as table
with conditions as (
    select unnest(items) as item, unnest(codes) as item_codes
)
select respondent
from survey_answers
join conditions on item_id = item and list_contains(item_codes, answer)
where wave_id = asked_wave
group by respondent
having count(*) = len(items)
