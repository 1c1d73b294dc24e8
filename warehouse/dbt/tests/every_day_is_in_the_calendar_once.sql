-- The calendar has every day from its first to its last one, and no week has other than seven days of one ISO week.
with days as (
    select
        count(*) as days,
        min(date_day) as first_day,
        max(date_day) as last_day
    from {{ ref('dim_date') }}
),

weeks as (
    select
        week_start,
        count(*) as days,
        min(iso_year * 100 + iso_week) as first_week,
        max(iso_year * 100 + iso_week) as last_week
    from {{ ref('dim_date') }}
    group by 1
)

select
    'calendar' as place,
    days.days
from days
where {{ dbt.datediff('days.first_day', 'days.last_day', 'day') }} + 1 <> days.days
union all
select
    cast(weeks.week_start as varchar) as place,
    weeks.days
from weeks
where weeks.first_week <> weeks.last_week or weeks.days > 7
