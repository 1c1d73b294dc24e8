with source as (
    select * from {{ source('core', 'trend_features') }}
),

renamed as (
    select
        week_start,
        dimension,
        member,
        units,
        units_lag_1,
        units_lag_2,
        units_lag_4,
        units_lag_13,
        units_lag_52,
        units_average_4,
        units_average_13,
        week_over_week,
        year_over_year,
        share_change,
        price_index,
        fuel_price,
        fuel_price_change_4,
        attention,
        attention_change,
        run_id
    from source
)

select * from renamed
