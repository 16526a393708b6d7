-- Every event of a chain that is kept, in order.
select number, at, event, account, role, subject, detail, hash from entries where chain = :chain order by number
