-- One row per source × reference date × district × age group × sex, as delivered. Persons.
select source, reference_date, district_id, age_group, sex, basis, sum(inhabitants)::bigint as inhabitants
from population
group by all
order by reference_date
