-- Begins the counts of the run's feed with a batch.
insert into {core}.load_run_feeds (
    run_id,
    rows_duplicate,
    rows_out_of_range,
    rows_read,
    rows_accepted,
    rows_rejected,
    rows_superseded,
    rows_conflicting,
    rows_published,
    feed
) values ({run_id}, 0, 0, ?, ?, ?, ?, ?, ?, ?)
