with registrations as (
    select * from {{ ref('stg_core__market_registrations') }}
),

shapes as (
    select * from {{ ref('int_registration_shapes') }}
),

-- Of each period the rows that tell makes apart, or where none do, those of the total: each vehicle once.
whole as (
    select
        shapes.*,
        row_number() over (
            partition by grain, period_start
            order by case dimension when 'make' then 0 else 1 end
        ) as place
    from shapes
    where dimension in ('make', 'total')
),

final as (
    select
        registrations.period_grain,
        registrations.period_start,
        registrations.region,
        registrations.make,
        registrations.model,
        registrations.powertrain,
        registrations.registrations,
        whole.grain is not null as is_of_market,
        case
            when whole.grain is not null then registrations.registrations
            else 0
        end as market_units,
        registrations.run_id
    from registrations
    left join whole
        on
            whole.place = 1
            and registrations.period_grain = whole.grain
            and registrations.period_start = whole.period_start
            and case when registrations.region = 'ALL' then 0 else 1 end = whole.tells_region
            and case when registrations.make = 'ALL' then 0 else 1 end = whole.tells_make
            and case when registrations.model = 'ALL' then 0 else 1 end = whole.tells_model
            and case when registrations.powertrain = 'ALL' then 0 else 1 end = whole.tells_powertrain
)

select * from final
