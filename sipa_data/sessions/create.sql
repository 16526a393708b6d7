-- One row per sign-in. Times are seconds since 1970, UTC.
create table if not exists sessions (
    key text primary key,
    account text not null,
    began real not null,
    active_at real not null,
    checked_at real not null,
    held text not null,
    over text
) without rowid
