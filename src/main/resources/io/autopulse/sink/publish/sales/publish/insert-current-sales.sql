-- The current version of each sale of the covered dates.
insert into {core}.sales (
    sale_id, updated_at, sequence, status, sold_at, sold_on, model_id, make, model, segment,
    powertrain, dealer_id, region, list_price, net_price, currency, channel, source,
    run_id
)
select
    sale_id, updated_at, sequence, status, sold_at, sold_on, model_id, make, model, segment,
    powertrain, dealer_id, region, list_price, net_price, currency, channel, source,
    {run_id} as run_id
from {sale_versions}
where fate = 'CURRENT'
