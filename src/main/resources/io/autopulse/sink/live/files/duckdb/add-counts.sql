-- Adds a batch to the counts of the run's feed.
update {core}.load_run_feeds
set
    rows_read = rows_read + ?,
    rows_accepted = rows_accepted + ?,
    rows_rejected = rows_rejected + ?,
    rows_superseded = rows_superseded + ?,
    rows_conflicting = rows_conflicting + ?,
    rows_published = rows_published + ?
where run_id = {run_id} and feed = ?
