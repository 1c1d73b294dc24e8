{%- set fiscal_starts_in = var('fiscal_year_starts_in') | int %}
with calendar as (
    select * from {{ ref('calendar') }}
),

weeks as (
    select
        date_day,
        selling_days,
        is_holiday,
        {{ monday('date_day') }} as week_start,
        -- The year of an ISO week is that of its Thursday.
        {{ monday('date_day') }} + 3 as thursday,
        cast(date_trunc('month', date_day) as date) as month_start,
        cast(date_trunc('quarter', date_day) as date) as quarter_start,
        {{ months_later('date_day', (13 - fiscal_starts_in) % 12) }} as fiscal_day
    from calendar
),

sold as (
    select max(sold_on) as last_day
    from {{ ref('stg_core__sales') }}
),

known as (
    select
        weeks.*,
        sold.last_day
    from weeks
    cross join sold
),

final as (
    select
        date_day,
        cast(year(date_day) as bigint) as calendar_year,
        cast(quarter(date_day) as bigint) as calendar_quarter,
        cast(month(date_day) as bigint) as calendar_month,
        quarter_start,
        month_start,
        week_start,
        cast(year(thursday) as bigint) as iso_year,
        cast(floor((dayofyear(thursday) - 1) / 7) + 1 as bigint) as iso_week,
        cast({{ iso_day('date_day') }} as bigint) as iso_day,
        cast(year(fiscal_day) as bigint) as fiscal_year,
        cast(quarter(fiscal_day) as bigint) as fiscal_quarter,
        cast(month(fiscal_day) as bigint) as fiscal_month,
        is_holiday,
        selling_days > 0 as is_selling_day,
        cast(selling_days as decimal(9, 6)) as selling_days,
        cast(
            sum(selling_days) over (
                partition by month_start order by date_day
                rows between unbounded preceding and current row
            ) as decimal(18, 6)
        ) as selling_days_to_date,
        cast(sum(selling_days) over (partition by month_start) as decimal(18, 6))
            as selling_days_of_month,
        coalesce(date_day <= last_day, false) as has_passed,
        coalesce({{ months_later('month_start', 1) }} - 1 <= last_day, false)
            as month_has_passed
    from known
)

select * from final
