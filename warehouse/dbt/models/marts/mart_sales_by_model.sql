with {{ mart_of_sales('model') }},

-- A model has one make, and may have several powertrains.
models as (
    select distinct
        model,
        make
    from {{ ref('dim_vehicle') }}
),

final as (
    select
        windows.grain,
        windows.period_start,
        windows.period_end,
        windows.member as model,
        models.make,
        {{ columns_of_sales('windows') }}
    from windows
    left join models on windows.member = models.model
)

select * from final
