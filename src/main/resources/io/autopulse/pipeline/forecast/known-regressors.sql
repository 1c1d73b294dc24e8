-- What was known of prices, fuel and attention at the end of each week of the
-- history; weeks that ended by the as-of date only.
select
    dimension,
    member,
    week_start,
    price_index,
    fuel_price,
    attention
from {core}.trend_features_current
where week_start >= {from} and week_start < {to} and dimension in ({dimensions})
order by dimension, member, week_start
