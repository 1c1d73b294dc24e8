-- A member has one row a week.
select
    'week of ' || week_start || ', ' || dimension || ' ' || member as place,
    'one row' as expected,
    count(*) || ' rows' as found
from {trend_features}
group by {key}
having count(*) > 1
