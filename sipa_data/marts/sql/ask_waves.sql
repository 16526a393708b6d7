-- One row per wave that asked the item, oldest first.
select w.wave_id, w.title, w.field_start, w.field_end, w.invited, w.responded, w.min_age, w.method_break, i.scale_id
from survey_waves w
join wave_items i using (wave_id)
where i.item_id = $item
order by w.field_end, w.wave_id
