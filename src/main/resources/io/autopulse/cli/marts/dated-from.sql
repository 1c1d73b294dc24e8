-- The first and the last date that the calendar of the marts must have.
select
    min(first_date) as first_date,
    max(last_date) as last_date
from (
    select min(sold_on) as first_date, max(sold_on) as last_date from sales
    union all
    select min(sold_on) as first_date, max(sold_on) as last_date from sale_versions_all
    union all
    select min(period_start) as first_date, max(period_start) as last_date
    from market_registrations
    union all
    select min(period_start) as first_date, max(period_start) as last_date from forecasts
    union all
    select min(month) as first_date, max(month) as last_date from sales_targets
) as dates
