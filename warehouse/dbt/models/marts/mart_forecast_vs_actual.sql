-- What people planned with is the first vintage of an as-of date; what they plan with now is the latest one.
with forecasts as (
    select * from {{ ref('fct_forecast') }}
    where is_first_vintage or is_latest
),

sales as (
    select * from {{ ref('int_sales_by_member') }}
),

closed as (
    select * from {{ ref('int_last_closed_day') }}
),

joined as (
    select
        forecasts.*,
        coalesce(forecasts.period_end - 1 <= closed.last_closed_day, false) as is_closed,
        case
            when forecasts.period_end - 1 <= closed.last_closed_day
                then coalesce(sales.units_sold, 0)
        end as actual_units
    from forecasts
    cross join closed
    left join sales
        on
            forecasts.grain = sales.grain
            and forecasts.period_start = sales.period_start
            and forecasts.dimension = sales.dimension
            and forecasts.member = sales.member
),

final as (
    select
        grain,
        as_of,
        vintage,
        dimension,
        member,
        period_start,
        period_end,
        horizon,
        forecast_units,
        lower_80,
        upper_80,
        lower_95,
        upper_95,
        override_units,
        actual_units,
        cast(forecast_units - actual_units as decimal(18, 6)) as error_units,
        cast(abs(forecast_units - actual_units) as decimal(18, 6)) as absolute_error_units,
        cast(override_units - actual_units as decimal(18, 6)) as override_error_units,
        actual_units between lower_80 and upper_80 as is_within_80,
        actual_units between lower_95 and upper_95 as is_within_95,
        is_closed,
        is_first_vintage,
        is_latest,
        made_by
    from joined
)

select * from final
