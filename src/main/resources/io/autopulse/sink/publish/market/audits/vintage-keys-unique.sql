-- A figure of a table has one vintage a day.
select
    '{table} ' || {vintage} as place,
    'one row' as expected,
    count(*) || ' rows' as found
from {staged}
group by {vintage_key}
having count(*) > 1
