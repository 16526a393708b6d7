-- One row per source × reference date × basis × district ('ohne': no district known) × age group × sex. Persons.
select source, reference_date, basis, coalesce(district_id, 'ohne') as district, age_group, sex, inhabitants
from population_groups
order by all
