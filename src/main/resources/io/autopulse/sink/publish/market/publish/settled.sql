-- When the last run of a market data job that published began. A live job is logged too, but has
-- no audits: it publishes nothing.
select max(load_runs.started_at)
from {core}.load_runs
inner join {core}.load_run_feeds on load_runs.run_id = load_run_feeds.run_id
inner join {core}.load_run_audits on load_runs.run_id = load_run_audits.run_id
where load_runs.status = 'PUBLISHED' and load_run_feeds.feed in ({feeds})
