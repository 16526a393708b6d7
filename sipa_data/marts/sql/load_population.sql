-- One row per source × reference date × district, all ages and sexes together. Persons.
select source, reference_date, district_id, basis, sum(inhabitants)::bigint as inhabitants
from population
group by all
order by reference_date
