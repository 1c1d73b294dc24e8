-- Windows of which later runs brought versions without covering them: autopulse backfill restates their KPIs.
{{ config(severity='warn') }}
select * from {{ ref('int_settled_windows') }}
where not is_settled
