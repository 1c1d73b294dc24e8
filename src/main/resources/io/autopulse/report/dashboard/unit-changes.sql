-- How the units of weeks or months changed day by day: a version of a sale counts from when it was
-- made until another replaces it. The changes of a window add up to its units.
with changes as (
    select sold_on, updated_at as changed_at, 1 as units
    from {core}.sales
    where status = 'SOLD' and sold_on >= ? and sold_on < ? {filter}
    union all
    select sold_on, updated_at as changed_at, 1 as units
    from {core}.sales_replaced
    where status = 'SOLD' and sold_on >= ? and sold_on < ? {filter}
    union all
    select sold_on, replaced_at as changed_at, -1 as units
    from {core}.sales_replaced
    where status = 'SOLD' and sold_on >= ? and sold_on < ? {filter}
)

select
    cast(date_trunc({grain}, sold_on) as date) as window_start,
    cast(changed_at as date) as changed_on,
    cast(sum(units) as bigint) as units
from changes
group by 1, 2
having sum(units) <> 0
order by 1, 2
