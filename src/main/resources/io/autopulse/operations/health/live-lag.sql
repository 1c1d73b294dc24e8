-- The newest version that live jobs have brought, and the newest that others have.
with versions as (
    select
        updated_at,
        run_id
    from {core}.sale_versions
    where updated_at <= ?
    union all
    select
        updated_at,
        run_id
    from {core}.sale_versions_live
    where updated_at <= ?
),

sides as (
    select
        max(case when live.run_id is not null then versions.updated_at end) as live,
        max(case when live.run_id is null then versions.updated_at end) as others
    from versions
    left join
        (select distinct run_id from {core}.live_runs) as live
        on versions.run_id = live.run_id
)

select
    live,
    others
from sides
where live is not null and others is not null
