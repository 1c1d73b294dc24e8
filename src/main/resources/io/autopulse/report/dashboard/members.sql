-- The members of each attribute that have a sale.
select distinct 'MAKE' as attribute, make as member from {core}.sales
union all
select distinct 'MODEL' as attribute, make || ' ' || model as member from {core}.sales
union all
select distinct 'SEGMENT' as attribute, segment as member from {core}.sales
union all
select distinct 'POWERTRAIN' as attribute, powertrain as member from {core}.sales
union all
select distinct 'REGION' as attribute, region as member from {core}.sales
union all
select distinct 'DEALER' as attribute, dealer_id as member from {core}.sales
order by attribute, member
