-- Removes the rows that came with one upload.
delete from {table} where upload_id = ?
