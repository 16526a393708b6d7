-- One row per asked period × district ('ohne': whole city). Sum of the denominator inside the period, in its unit, and
-- how many days the delivered values cover.
with asked as (
    select unnest($starts::date[]) as asked_start, unnest($ends::date[]) as asked_end
)
select
    asked_start, asked_end, coalesce(district_id, 'ohne') as district, any_value(unit) as unit, sum(value) as value,
    sum(date_diff('day', period_start, period_end) + 1)::bigint as days
from asked
join denominators on period_start >= asked_start and period_end <= asked_end
where kind = $kind
group by all
