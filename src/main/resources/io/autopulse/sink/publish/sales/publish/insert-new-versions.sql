-- Staged versions that are not known yet.
insert into {core}.sale_versions (
    sale_id, updated_at, sequence, status, sold_at, sold_on, model_id, make, model, segment,
    powertrain, dealer_id, region, list_price, net_price, currency, channel, source,
    run_id
)
select
    sale_id, updated_at, sequence, status, sold_at, sold_on, model_id, make, model, segment,
    powertrain, dealer_id, region, list_price, net_price, currency, channel, source,
    {run_id} as run_id
from {sale_versions} as versions
where not exists (
    select 1
    from {core}.sale_versions as known
    where
        known.sale_id = versions.sale_id
        and known.updated_at = versions.updated_at
        and known.sequence = versions.sequence
)
