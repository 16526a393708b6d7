-- A new day of a chain.
insert into segments values (:chain, :day, :number, :number, :opening, :closing, null)
