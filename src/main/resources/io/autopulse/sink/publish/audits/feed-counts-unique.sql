-- The counts of a feed are staged once.
select feed as place, 'one row' as expected, count(*) || ' rows' as found
from {load_run_feeds}
group by feed
having count(*) > 1
