-- Makes the table of the cells all of whose sales a reader may see: those of his members, and those
-- of others whose sales are all his.
create table {scope}.cells as
with regions as (
    select member from {scope}.members
    where dimension = 'region'
),

dealers as (
    select member from {scope}.members
    where dimension = 'dealer'
),

told as (
    select
        sales.region,
        sales.dealer_id,
        regions.member is not null or dealers.member is not null as visible
    from {rows} as sales
    left join regions on sales.region = regions.member
    left join dealers on sales.dealer_id = dealers.member
)

select dimension, member
from {scope}.members
union
select 'dealer' as dimension, dealer_id as member
from told
group by dealer_id
having bool_and(visible)
union
select 'region' as dimension, region as member
from told
group by region
having bool_and(visible)
