-- All versions of the sales that have one since a moment: of a sale that moved to another date, a
-- part of its versions would leave it on both.
select
    sale_id,
    updated_at,
    sequence,
    status,
    sold_at,
    model_id,
    make,
    model,
    segment,
    powertrain,
    dealer_id,
    region,
    list_price,
    net_price,
    currency,
    channel,
    source
from {core}.sale_versions_all
where
    currency = {currency}
    and sale_id in (
        select recent.sale_id
        from {core}.sale_versions_all as recent
        where recent.sold_at >= {since} and recent.currency = {currency}
    )
