-- No figure contradicts itself.
select
    'registrations of ' || period_grain || ' ' || cast(period_start as varchar) as place,
    'no fewer than none' as expected,
    cast(registrations as varchar) as found
from {market_registrations}
where registrations < 0
union all
select
    fuel || ' on ' || cast(day as varchar) as place,
    'minimum <= average <= maximum, of a station at least' as expected,
    minimum_price || ', ' || average_price || ', ' || maximum_price || ' of ' || stations
        as found
from {fuel_prices}
where
    minimum_price <= 0
    or minimum_price > average_price
    or average_price > maximum_price
    or stations < 1
union all
select
    topic || ' on ' || cast(day as varchar) as place,
    'views or mentions, and a sentiment from -1 to 1 of mentions' as expected,
    coalesce(cast(views as varchar), 'no') || ' views, '
    || coalesce(cast(mentions as varchar), 'no') || ' mentions, '
    || coalesce(cast(sentiment_mean as varchar), 'no') || ' sentiment' as found
from {market_attention}
where
    (views is null and mentions is null)
    or views < 0
    or mentions < 1
    or (mentions is null) <> (sentiment_mean is null)
    or abs(sentiment_mean) > 1
