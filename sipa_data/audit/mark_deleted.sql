-- Days of a chain whose time is up.
update segments set deleted_on = :today where chain = :chain and day < :before and deleted_on is null
