-- One row per series × period × district ('ohne': not locatable). Cases, attempts and cleared of all keys of the series.
-- members lists each series' source, offence keys and kinds of place ('' : all), one row per combination.
with members as (
    select
        unnest($series::integer[]) as series, unnest($sources::varchar[]) as source,
        unnest($offence_keys::varchar[]) as offence_key, unnest($place_kinds::varchar[]) as place_kind
)
select
    m.series, i.period_start, i.period_end,
    coalesce(i.district_id, 'ohne') as district,
    sum(i.cases)::bigint as cases, sum(i.attempts)::bigint as attempts, sum(i.cleared)::bigint as cleared
from members m
join incidents i on i.source = m.source and i.offence_key = m.offence_key
    and (m.place_kind = '' or i.place_kind = m.place_kind)
group by all
order by m.series, i.period_start, district
