-- One row per survey wave, the newest first.
select wave_id, title from {waves} order by field_start desc, wave_id
