-- One row per series × asked month (its place in the list) × district ('ohne': not locatable). Cases; no row: zero cases.
with asked as (
    select
        unnest($starts::date[]) as asked_start, unnest($ends::date[]) as asked_end,
        unnest(range(len($starts::date[]))) as asked
)
select series, asked, district as area, sum(cases)::bigint as cases
from asked
join series_counts on period_start >= asked_start and period_end <= asked_end
where list_contains($series::integer[], series)
group by all
