-- Writes rows of the core schema to a file of a serving copy.
copy (
    select * from {rows} order by {order}
) to {file} (format parquet, compression zstd, row_group_size 20000)
