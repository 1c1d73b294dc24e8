-- How many records of the batch are rejected, by feed and code.
select
    feed,
    code,
    count(*) as records
from live_rejected_records
group by feed, code
