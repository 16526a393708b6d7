-- One row per source × period × district × offence key × kind of place. Counts, not rates. district_id NULL: not locatable.
-- Events are counted by month; a source that does not say whether a case was an attempt or cleared has NULL there.
select
    source, period_start, period_end, district_id, offence_key, place_kind,
    sum(cases)::bigint as cases, sum(attempts)::bigint as attempts, sum(cleared)::bigint as cleared
from incident_counts
group by all
union all
select
    source,
    date_trunc('month', occurred_at)::date as period_start,
    last_day(occurred_at::date) as period_end,
    district_id, offence_key, place_kind,
    count(*) as cases,
    case when count(attempted) > 0 then count(*) filter (attempted) end as attempts,
    case when count(cleared) > 0 then count(*) filter (cleared) end as cleared
from incident_events
group by all
order by source, offence_key, period_start
