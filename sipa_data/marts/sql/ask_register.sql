-- One row per period × district ('stadt': whole city) of one register. Value in the unit given.
select period_start, period_end, coalesce(district_id, 'stadt') as district, value, unit
from register_values
where register = $register
order by period_start, district
