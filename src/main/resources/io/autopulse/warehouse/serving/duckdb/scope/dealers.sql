-- Shows what is known of a reader's dealers.
create view {schema}.{table} as
select *
from {rows}
where dealer_id in (select dealers.dealer_id from {scope}.dealers as dealers)
