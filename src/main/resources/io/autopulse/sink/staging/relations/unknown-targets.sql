-- The dealers, makes and models of staged targets that no sale and no reference table has.
with sold as (
    select distinct dealer_id, make, model from {core}.sales
),

known as (
    select 'dealer_id' as field, dealer_id as name from {core}.dealers
    union all
    select 'dealer_id' as field, dealer_id as name from sold
    union all
    select 'make' as field, make as name from {core}.vehicles
    union all
    select 'make' as field, make as name from sold
    union all
    select 'model' as field, make || ' ' || model as name from {core}.vehicles
    union all
    select 'model' as field, make || ' ' || model as name from sold
),

named as (
    select 'dealer_id' as field, dealer_id as name from {targets}
    where dealer_id <> 'ALL'
    union all
    select 'make' as field, make as name from {targets}
    where make <> 'ALL'
    union all
    select 'model' as field, make || ' ' || model as name from {targets}
    where model <> 'ALL'
)

select
    named.field,
    named.name,
    count(*) as records
from named
left join known on named.field = known.field and named.name = known.name
where known.name is null
group by named.field, named.name
order by records desc, named.field asc, named.name asc
