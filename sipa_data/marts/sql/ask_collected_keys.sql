-- One row per source × offence key × period in which the source delivered the key.
select distinct source, offence_key, period_start, period_end
from incidents
