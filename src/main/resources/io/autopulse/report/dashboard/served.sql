-- The run that published last, or else began last, and the days and the currency of the sales.
with published as (
    select run_id, coalesce(ended_at, started_at) as published_at
    from {core}.load_runs
    order by
        case when status = 'PUBLISHED' then 0 else 1 end asc,
        coalesce(ended_at, started_at) desc,
        run_id desc
    limit 1
),

days as (
    select min(sold_on) as first_day, max(sold_on) as last_day, max(currency) as currency
    from {core}.sales
)

select published.run_id, published.published_at, days.first_day, days.last_day, days.currency
from published
cross join days
