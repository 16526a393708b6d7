-- Adds one upload.
insert into uploads by name
select
    $upload_id as upload_id, $profile as profile, $file_name as file_name, $sha256 as sha256, $marking as marking,
    $rows_in as rows_in, $rows_taken as rows_taken, $rows_refused as rows_refused, $rows_skipped as rows_skipped,
    $slices as slices, $snapshot_before as snapshot_before, $uploaded_by as uploaded_by, $uploaded_at as uploaded_at,
    $approved_by as approved_by, $approved_at as approved_at, 'published' as status, $note as note, $report as report
