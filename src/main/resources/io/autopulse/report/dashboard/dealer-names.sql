-- The names of dealers.
select dealer_id, dealer_name
from {core}.dealers
where dealer_name is not null
order by dealer_id
