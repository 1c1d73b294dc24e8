with windows as (
    select * from {{ ref('stg_core__sales_kpi') }}
    where is_final
),

final as (
    select max(period_end) - 1 as last_closed_day
    from windows
)

select * from final
