-- One row per wave that asked the item, oldest first.
select w.wave_id, w.title, w.field_start, w.field_end, w.invited, w.responded, w.method_break,
       any_value(a.scale_id) as scale_id
from survey_waves w
join survey_answers a using (wave_id)
where a.item_id = $item
group by all
order by w.field_end, w.wave_id
