-- Logs the counts of one feed of a run.
insert into {core}.load_run_feeds (
    run_id, feed, rows_read, rows_accepted, rows_rejected, rows_duplicate, rows_superseded,
    rows_out_of_range, rows_published, rows_conflicting, rows_skipped
) values ({run_id}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
