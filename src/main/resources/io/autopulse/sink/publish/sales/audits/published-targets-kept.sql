-- Of the published targets of each month that the feed has, at most a fraction is gone from it.
with held as (
    select distinct month from {targets}
),

counted as (
    select
        published.month,
        count(*) as targets,
        sum(case when staged.month is null then 1 else 0 end) as gone,
        min(
            case
                when staged.month is null
                    then
                        'dealer ' || published.dealer_id || ', make ' || published.make
                        || ', model ' || published.model
            end
        ) as example
    from {core}.sales_targets as published
    inner join held on published.month = held.month
    left join {targets} as staged
        on
            published.month = staged.month
            and published.dealer_id = staged.dealer_id
            and published.make = staged.make
            and published.model = staged.model
    group by published.month
)

select
    'published targets of the month from ' || cast(month as varchar) as place,
    'of ' || targets || ' at most {max_gone_percent} gone' as expected,
    gone || ' gone, such as ' || example as found
from counted
where gone > {max_gone} * targets and targets >= {fewest}
