-- What a run replaces and what it read. A run may not replace windows that another one has published since it began, unless both read the
-- same (docs/jobs/backfill.md). A backfill also finds the chunks that are done by it.
alter table load_runs add column replaces varchar;
alter table load_runs add column inputs varchar;
