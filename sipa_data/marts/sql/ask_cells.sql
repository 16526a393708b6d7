-- One row per series × asked period × district ('ohne': not locatable). Cases, attempts and cleared; no row: zero cases.
-- members lists each series' source, offence keys and kinds of place ('' : all), one row per combination.
with asked as (
    select unnest($starts::date[]) as asked_start, unnest($ends::date[]) as asked_end
),
members as (
    select
        unnest($series::integer[]) as series, unnest($sources::varchar[]) as source,
        unnest($offence_keys::varchar[]) as offence_key, unnest($place_kinds::varchar[]) as place_kind
)
select
    m.series, a.asked_start, a.asked_end,
    coalesce(i.district_id, 'ohne') as area,
    sum(i.cases)::bigint as cases, sum(i.attempts)::bigint as attempts, sum(i.cleared)::bigint as cleared
from members m
join incidents i on i.source = m.source and i.offence_key = m.offence_key
    and (m.place_kind = '' or i.place_kind = m.place_kind)
join asked a on i.period_start >= a.asked_start and i.period_end <= a.asked_end
group by all
