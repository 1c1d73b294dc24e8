-- Shows the rows of cells that hold nothing but what a reader may see.
create view {schema}.{table} as
select *
from {rows} as kept
where
    exists (
        select 1
        from {scope}.cells as cells
        where cells.dimension = kept.dimension and cells.member = kept.member
    )
