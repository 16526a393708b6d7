-- One row per period × area ('stadt': whole city, each person once) × age group × sex of one source, key and kind.
select period_start, period_end, coalesce(district_id, 'stadt') as area, age_group, sex, persons
from person_counts
where source = $source and offence_key = $offence_key and kind = $kind
order by all
