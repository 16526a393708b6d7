-- The newest day of a chain.
select day, first, last, opening, closing, deleted_on from segments where chain = :chain order by day desc limit 1
