-- A later run may bring a version of a sale that belongs, or belonged, to a window that the run does not cover: the KPIs of the window
-- wait for a backfill, and until then they are not what the sales say.
with kpis as (
    select * from {{ ref('stg_core__sales_kpi') }}
    where is_final
),

runs as (
    select * from {{ ref('stg_core__load_runs') }}
),

versions as (
    select * from {{ ref('stg_core__sale_versions') }}
),

last_changes as (
    select
        versions.sale_id,
        max(runs.started_at) as changed_at
    from versions
    inner join runs on versions.run_id = runs.run_id
    group by versions.sale_id
),

days as (
    select
        versions.sold_on,
        max(last_changes.changed_at) as changed_at
    from versions
    inner join last_changes on versions.sale_id = last_changes.sale_id
    group by versions.sold_on
),

windows as (
    select
        kpis.grain,
        kpis.period_start,
        kpis.period_end,
        min(runs.started_at) as computed_by
    from kpis
    inner join runs on kpis.run_id = runs.run_id
    group by kpis.grain, kpis.period_start, kpis.period_end
),

final as (
    select
        windows.grain,
        windows.period_start,
        windows.period_end,
        coalesce(max(days.changed_at) <= windows.computed_by, true) as is_settled
    from windows
    left join days
        on
            windows.period_start <= days.sold_on
            and windows.period_end > days.sold_on
    group by windows.grain, windows.period_start, windows.period_end, windows.computed_by
)

select * from final
