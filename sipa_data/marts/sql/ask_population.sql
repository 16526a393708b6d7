-- One row per source × reference date × basis × district ('ohne': no district known). Persons.
select source, reference_date, basis, coalesce(district_id, 'ohne') as district, inhabitants
from population
order by reference_date, source, district
