-- One row per wave.
select wave_id, title, field_start, field_end, invited, responded, min_age, mode, weighting from survey_waves order by field_end
