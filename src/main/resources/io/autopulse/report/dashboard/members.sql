-- The members of each attribute that have a sale, those with most first.
select 'MAKE' as attribute, make as member, count(*) as sales
from {core}.sales
group by make
union all
select 'MODEL' as attribute, make || ' ' || model as member, count(*) as sales
from {core}.sales
group by make || ' ' || model
union all
select 'SEGMENT' as attribute, segment as member, count(*) as sales
from {core}.sales
group by segment
union all
select 'POWERTRAIN' as attribute, powertrain as member, count(*) as sales
from {core}.sales
group by powertrain
union all
select 'REGION' as attribute, region as member, count(*) as sales
from {core}.sales
group by region
union all
select 'DEALER' as attribute, dealer_id as member, count(*) as sales
from {core}.sales
group by dealer_id
order by attribute asc, sales desc, member asc
