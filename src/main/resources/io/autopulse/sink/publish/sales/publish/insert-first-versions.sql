-- All staged versions, if none is known yet.
insert into {core}.sale_versions (
    sale_id, updated_at, sequence, status, sold_at, sold_on, model_id, make, model, segment,
    powertrain, dealer_id, region, list_price, net_price, currency, channel, source,
    run_id
)
select
    sale_id, updated_at, sequence, status, sold_at, sold_on, model_id, make, model, segment,
    powertrain, dealer_id, region, list_price, net_price, currency, channel, source,
    {run_id} as run_id
from {sale_versions}
