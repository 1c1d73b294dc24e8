-- The counted rejected records of each feed, for rows-as-counted.
select feed, 'rejected' as fate, rows_rejected as counted from {load_run_feeds}
