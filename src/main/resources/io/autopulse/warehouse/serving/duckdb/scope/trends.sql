-- Shows the trends of cells that hold nothing but what a reader may see, without the change of
-- their part of the whole.
create view {schema}.{table} as
select * replace (nullif(share_change, share_change) as share_change)
from {rows} as kept
where
    exists (
        select 1
        from {scope}.cells as cells
        where cells.dimension = kept.dimension and cells.member = kept.member
    )
