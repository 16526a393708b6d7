-- One row per asked period × district ('ohne': not locatable). Cases, attempts and cleared of the asked keys.
with asked as (
    select unnest($starts::date[]) as asked_start, unnest($ends::date[]) as asked_end
)
select
    asked_start, asked_end,
    coalesce(district_id, 'ohne') as district,
    sum(cases)::bigint as cases, sum(attempts)::bigint as attempts, sum(cleared)::bigint as cleared
from asked
join incidents on period_start >= asked_start and period_end <= asked_end
where source = $source
  and list_contains($offence_keys::varchar[], offence_key)
  and (len($place_kinds::varchar[]) = 0 or list_contains($place_kinds::varchar[], place_kind))
group by all
