-- The events of days whose time is up.
delete from entries where chain = :chain and number <= (
    select coalesce(max(last), 0) from segments where chain = :chain and deleted_on is not null
)
