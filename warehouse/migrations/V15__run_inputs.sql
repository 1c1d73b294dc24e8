-- What a run replaces and what it read: two runs that replace windows of one table may not publish in the other's time, unless they read the
-- same (docs/jobs/backfill.md). A backfill knows by it which chunks are done.
alter table load_runs add column replaces varchar;
alter table load_runs add column inputs varchar;
