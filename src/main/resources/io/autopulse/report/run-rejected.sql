-- What a run rejected, by code, the most frequent first.
select
    feed,
    code,
    count(*) as records,
    min(origin) as first_origin,
    min(message) as example
from {core}.rejected_records_all
where run_id = ?
group by feed, code
order by records desc, feed asc, code asc
