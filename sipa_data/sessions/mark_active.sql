-- One sign-in whose person has just done something. A later moment is never replaced by an earlier one.
update sessions set active_at = max(active_at, :now) where key = :key and over is null
