-- A vehicle or a dealer is staged once.
select
    '{key} ' || {key} as place,
    'one row' as expected,
    count(*) || ' rows' as found
from {staged}
group by {key}
having count(*) > 1
