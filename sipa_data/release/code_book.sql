-- One row per question and answer (or kind of missing answer) of one wave: how many respondents gave it, unweighted.
select item_id, scale_id, answer, missing, count(*) as persons
from {answers}
where wave_id = $wave
group by all
