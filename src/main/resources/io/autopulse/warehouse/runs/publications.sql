-- A number that grows with each run that publishes.
select count(*) as publications
from {core}.load_runs
where status = 'PUBLISHED'
