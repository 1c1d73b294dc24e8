-- Shows what rose and fell of cells that hold nothing but what a reader may see, without their part
-- of the whole and what was computed beside other members.
create view {schema}.{table} as
select
    * replace (
        nullif(share_now, share_now) as share_now,
        nullif(share_before, share_before) as share_before,
        nullif(share_change, share_change) as share_change,
        nullif(p_value, p_value) as p_value
    )
from {rows} as kept
where
    exists (
        select 1
        from {scope}.cells as cells
        where cells.dimension = kept.dimension and cells.member = kept.member
    )
