-- A line for each target, none without. Of a month that is not over, what was sold is compared with the part of the target that belongs
-- to the selling days that are over.
with targets as (
    select
        month_start,
        dealer_id,
        make,
        model,
        -- The model as the marts name it.
        case when model = 'ALL' then 'ALL' else make || ' ' || model end as model_member,
        target_units,
        target_revenue,
        currency
    from {{ ref('stg_core__sales_targets') }}
),

sales as (
    select * from {{ ref('int_sales_by_day') }}
),

closed as (
    select * from {{ ref('int_last_closed_day') }}
),

days as (
    select
        dates.month_start,
        sum(dates.selling_days) as selling_days,
        sum(
            case when dates.date_day <= closed.last_closed_day then dates.selling_days else 0 end
        ) as selling_days_over,
        max(dates.date_day) <= max(closed.last_closed_day) as is_closed
    from {{ ref('dim_date') }} as dates
    cross join closed
    group by 1
),

sold_by_month as (
    select
        {{ period_start('month', 'sales.sold_on') }} as month_start,
        sales.dealer_id,
        sales.make,
        sales.model,
        sum(sales.units_sold) as actual_units,
        sum(sales.revenue) as actual_revenue
    from sales
    cross join closed
    where sales.sold_on <= closed.last_closed_day
    group by 1, 2, 3, 4
),

-- Of each level that a target may have, so that a target finds its sales by equality.
sold as (
    select
        month_start,
        case when grouping(dealer_id) = 1 then 'ALL' else dealer_id end as dealer_id,
        case when grouping(make) = 1 then 'ALL' else make end as make,
        case when grouping(model) = 1 then 'ALL' else model end as model_member,
        sum(actual_units) as actual_units,
        sum(actual_revenue) as actual_revenue
    from sold_by_month
    group by grouping sets ( -- noqa: AM06, PRS
        (month_start),
        (month_start, make),
        (month_start, make, model),
        (month_start, dealer_id),
        (month_start, dealer_id, make),
        (month_start, dealer_id, make, model)
    )
),

joined as (
    select
        targets.month_start,
        targets.dealer_id,
        targets.make,
        targets.model,
        targets.currency,
        targets.target_units,
        targets.target_revenue,
        coalesce(sold.actual_units, 0) as actual_units,
        coalesce(sold.actual_revenue, 0) as actual_revenue,
        days.selling_days,
        days.selling_days_over,
        days.is_closed
    from targets
    inner join days on targets.month_start = days.month_start
    left join sold
        on
            targets.month_start = sold.month_start
            and targets.dealer_id = sold.dealer_id
            and targets.make = sold.make
            and targets.model_member = sold.model_member
),

final as (
    select
        month_start,
        dealer_id,
        make,
        model,
        currency,
        target_units,
        target_revenue,
        cast(actual_units as bigint) as actual_units,
        cast(actual_revenue as decimal(18, 2)) as actual_revenue,
        cast(selling_days as decimal(18, 6)) as selling_days,
        cast(selling_days_over as decimal(18, 6)) as selling_days_over,
        cast(
            target_units * selling_days_over / nullif(selling_days, 0) as decimal(18, 6)
        ) as target_units_to_date,
        cast(
            target_revenue * selling_days_over / nullif(selling_days, 0) as decimal(18, 2)
        ) as target_revenue_to_date,
        cast(
            actual_units * selling_days / nullif(target_units * selling_days_over, 0)
            as decimal(18, 6)
        ) as attainment,
        cast(
            actual_revenue * selling_days / nullif(target_revenue * selling_days_over, 0)
            as decimal(18, 6)
        ) as revenue_attainment,
        cast(target_units - actual_units as bigint) as gap_units,
        cast(target_revenue - actual_revenue as decimal(18, 2)) as gap_revenue,
        cast(actual_units / nullif(selling_days_over, 0) as decimal(18, 6)) as pace,
        cast(
            case
                when target_units is not null and selling_days > selling_days_over
                    then greatest(target_units - actual_units, 0)
                    / (selling_days - selling_days_over)
            end as decimal(18, 6)
        ) as pace_needed,
        is_closed
    from joined
)

select * from final
