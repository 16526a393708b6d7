-- Changes the status of one upload.
update uploads set status = ? where upload_id = ?
