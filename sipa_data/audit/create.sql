-- entries: one row per event, numbered without gaps within its chain. segments: one row per chain and day; it stays when
-- the entries of the day are deleted. Nothing is ever changed, and entries go only with their whole day.
create table if not exists segments (
    chain text not null,
    day text not null,
    first integer not null,
    last integer not null,
    opening text not null,
    closing text not null,
    deleted_on text,
    primary key (chain, day)
) without rowid;
create table if not exists entries (
    chain text not null,
    number integer not null,
    at text not null,
    event text not null,
    account text not null,
    role text not null,
    subject text not null,
    detail text not null,
    hash text not null,
    primary key (chain, number)
) without rowid;
create trigger if not exists entries_stay before update on entries
begin
    select raise(abort, 'an entry of the audit log is never changed');
end;
create trigger if not exists entries_go_with_their_day before delete on entries
when not exists (
    select 1 from segments
    where segments.chain = old.chain and old.number between first and last and deleted_on is not null
)
begin
    select raise(abort, 'an entry of the audit log goes only with its whole day');
end;
create trigger if not exists segments_stay before delete on segments
begin
    select raise(abort, 'the closing hash of a day stays');
end;
