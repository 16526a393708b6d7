-- One row per published rate of the key in the period, for the whole city.
select source, rate, basis
from published_rates
where list_contains($offence_keys::varchar[], offence_key)
  and period_start = $period_start and period_end = $period_end and district_id is null
order by source
