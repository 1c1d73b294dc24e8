-- A method has one row a member and period.
select
    dimension || ' ' || member || ', ' || period_start || ', ' || method as place,
    'one row' as expected,
    count(*) || ' rows' as found
from {forecasts}
group by dimension, member, period_start, method
having count(*) > 1
