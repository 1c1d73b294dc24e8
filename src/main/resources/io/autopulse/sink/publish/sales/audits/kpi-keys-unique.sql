-- A cell of the KPIs is staged once.
select
    grain || ' from ' || cast(window_start as date) || ', ' || dimension || ' ' || member
        as place,
    'one row' as expected,
    count(*) || ' rows' as found
from {sales_kpi}
group by {key}
having count(*) > 1
