-- Every row is of a whole week within the covered dates.
select
    'week of ' || week_start as place,
    'a week from its Monday that has ended, within ' || {from} || ' to ' || {to} as expected,
    count(*) || ' rows' as found
from {trend_features}
where
    date_trunc('week', week_start) <> week_start
    or week_start < {from}
    or week_start > {last_week}
group by week_start
