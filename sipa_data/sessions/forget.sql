-- Sign-ins so old that their time is up by any rule.
delete from sessions where began < :before
