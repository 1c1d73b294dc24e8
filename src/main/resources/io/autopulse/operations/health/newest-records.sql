-- The newest day of which each feed has told, days ahead of the given one left out.
with told as (
    select
        'sales' as feed,
        max(sold_on) as newest
    from {core}.sale_versions
    where sold_on <= ?
    union all
    select
        'registrations' as feed,
        max(known_on) as newest
    from {core}.market_registrations_history
    where known_on <= ?
    union all
    select
        'fuel_prices' as feed,
        max(day) as newest
    from {core}.fuel_prices
    where day <= ?
    union all
    select
        'attention' as feed,
        max(day) as newest
    from {core}.market_attention
    where views is not null and day <= ?
    union all
    select
        'social' as feed,
        max(day) as newest
    from {core}.market_attention
    where mentions is not null and day <= ?
)

select
    feed,
    newest
from told
where newest is not null
order by feed
