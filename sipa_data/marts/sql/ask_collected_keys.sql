-- One row per source × offence key × kind of place (NULL: not said) × period in which the source delivered the key.
select distinct source, offence_key, place_kind, period_start, period_end
from incidents
