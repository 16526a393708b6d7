-- One row per wave × item that the wave asked, and the scale the answers were given on.
select wave_id, item_id, any_value(scale_id) as scale_id
from survey_answers
group by all
order by item_id, wave_id
