-- One sign-in that the provider has just confirmed.
update sessions set checked_at = max(checked_at, :now) where key = :key and over is null
