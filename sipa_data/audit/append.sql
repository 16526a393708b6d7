-- One event.
insert into entries values (:chain, :number, :at, :event, :account, :role, :subject, :detail, :hash)
