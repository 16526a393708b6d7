-- Says where the files of a restored lake are.
update catalogue_copy.ducklake_metadata set value = ? where key = 'data_path'
