-- One sign-in.
select key, account, began, active_at, checked_at, held, over from sessions where key = :key
