-- Units and revenue of total, make and region, added up from the sales. The hours of a day must
-- add up to the day: which hour a sale belongs to is not recomputed.
create temporary table {recomputed_windows} as
with windows as (
    select
        'day' as grain,
        cast(sold_on as timestamp) as window_start,
        cast(sold_on + interval '1 day' as timestamp) as window_end,
        days.*
    from {audited_days} as days
    union all
    select
        'hour' as grain,
        cast(sold_on as timestamp) as window_start,
        cast(sold_on + interval '1 day' as timestamp) as window_end,
        days.*
    from {audited_days} as days
    union all
    select
        'week' as grain,
        cast(date_trunc('week', sold_on) as timestamp) as window_start,
        cast(date_trunc('week', sold_on) + interval '7 days' as timestamp) as window_end,
        days.*
    from {audited_days} as days
    union all
    select
        'month' as grain,
        cast(date_trunc('month', sold_on) as timestamp) as window_start,
        cast(date_trunc('month', sold_on) + interval '1 month' as timestamp) as window_end,
        days.*
    from {audited_days} as days
),

covered as (
    select *
    from windows
    where grain in ({grains}) and window_start >= {from} and window_end <= {to}
),

members as (
    select 'total' as dimension, 'ALL' as member, covered.* from covered
    union all
    select 'make' as dimension, make as member, covered.* from covered
    union all
    select 'region' as dimension, region as member, covered.* from covered
)

select
    grain,
    window_start,
    dimension,
    member,
    sum(units_sold) as units_sold,
    sum(units_cancelled) as units_cancelled,
    sum(units_returned) as units_returned,
    sum(revenue) as revenue
from members
group by grain, window_start, dimension, member
