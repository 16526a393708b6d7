-- One row per asked period × district ('ohne': not locatable). Cases, attempts and cleared of the series; no row: zero cases.
with asked as (
    select unnest($starts::date[]) as asked_start, unnest($ends::date[]) as asked_end
)
select
    asked_start, asked_end, district,
    sum(cases)::bigint as cases, sum(attempts)::bigint as attempts, sum(cleared)::bigint as cleared
from asked
join series_counts on period_start >= asked_start and period_end <= asked_end
where series = $series
group by all
