-- A day of a chain that has one more entry.
update segments set last = :number, closing = :closing where chain = :chain and day = :day
