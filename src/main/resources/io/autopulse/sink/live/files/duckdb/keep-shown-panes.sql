-- Of some panes those that readers see: of each cell the highest revision, at a tie the last that
-- came.
create or replace temp table live_kept as
with shown as (
    select arg_max(rowid, (revision, rowid)) as pane
    from {core}.sales_kpi_live
    where {panes}
    group by {key}
)

select *
from {core}.sales_kpi_live
where rowid in (select shown.pane from shown)
