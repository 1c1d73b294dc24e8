with source as (
    select * from {{ source('core', 'sales_kpi') }}
),

renamed as (
    select
        grain,
        cast(window_start as date) as period_start,
        cast(window_end as date) as period_end,
        dimension,
        member,
        units_sold,
        units_cancelled,
        units_returned,
        revenue,
        average_price,
        median_price,
        p10_price,
        p90_price,
        average_discount,
        sales_mix,
        market_share,
        revision,
        is_final,
        computed_at,
        run_id
    from source
    where grain in ('day', 'week', 'month')
)

select * from renamed
