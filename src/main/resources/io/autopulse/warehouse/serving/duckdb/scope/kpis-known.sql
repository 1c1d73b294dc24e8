-- The KPIs that a reader may see as they are now. Those of an earlier day are counted from his
-- sales: of cells that hold nothing else, and by month and powertrain, as now.
create view {core}.sales_kpi_current as
select * from {files}.sales_kpi_current
where getvariable('known_until') is null
union all by name
select counted.*
from {core}.sales_counted as counted
where
    getvariable('known_until') is not null
    and (
        (counted.grain = 'month' and counted.dimension = 'powertrain')
        or exists (
            select 1
            from {scope}.cells as cells
            where cells.dimension = counted.dimension and cells.member = counted.member
        )
    )
