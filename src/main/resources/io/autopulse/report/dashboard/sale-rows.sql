-- Sales one by one, as they are now, the latest first.
select
    sale_id,
    sold_on,
    status,
    make,
    model,
    powertrain,
    region,
    dealer_id,
    list_price,
    net_price
from {core}.sales
where sold_on >= ? and sold_on < ? {filter}
order by sold_on desc, sale_id asc
limit ? offset ?
