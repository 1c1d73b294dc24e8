-- Records that the filter of a feed (skip_rows in the manifest) leaves out.
alter table load_run_feeds add column rows_skipped bigint default 0;
