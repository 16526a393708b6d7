-- Keeps that the upload was and who did it; not its content. Its place stays taken, unless it had been withdrawn:
-- what it once replaced has come back then.
update uploads
set
    slices = case when status = 'withdrawn' then '[]' else slices end,
    status = 'purged',
    file_name = '',
    note = null,
    report = '{}',
    rows_in = 0,
    rows_taken = 0,
    rows_refused = 0,
    rows_skipped = 0
where upload_id = ?
