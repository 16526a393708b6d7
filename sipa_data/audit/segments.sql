-- Every day of a chain, the oldest first.
select day, first, last, opening, closing, deleted_on from segments where chain = :chain order by day
