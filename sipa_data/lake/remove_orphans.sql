-- Deletes files below the lake's folder that no snapshot knows and that are older than so many seconds.
call ducklake_delete_orphaned_files('lake', older_than => now() - to_seconds(?))
