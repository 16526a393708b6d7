-- One sign-in; nothing where it is known already.
insert into sessions values (:key, :account, :began, :active_at, :checked_at, :held, null)
on conflict (key) do nothing
