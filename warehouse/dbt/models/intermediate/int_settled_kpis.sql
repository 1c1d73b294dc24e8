-- What the marts must be: the audited KPIs of every closed window that waits for no backfill.
with kpis as (
    select * from {{ ref('stg_core__sales_kpi') }}
),

settled as (
    select * from {{ ref('int_settled_windows') }}
    where is_settled
),

final as (
    select kpis.*
    from kpis
    inner join settled
        on
            kpis.grain = settled.grain
            and kpis.period_start = settled.period_start
)

select * from final
