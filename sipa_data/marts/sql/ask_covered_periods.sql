-- One row per source × period in which it delivered anything, and whether any row names a district.
select source, period_start, period_end, bool_or(district_id is not null) as names_districts
from incidents
group by all
order by source, period_start
