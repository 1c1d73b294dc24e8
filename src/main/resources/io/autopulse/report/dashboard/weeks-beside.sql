-- What a member sold week by week, and the prices, fuel and attention that stood beside it, as the
-- last weekly trends have them. Attention is of makes: theirs add up.
with attention as (
    select week_start, sum(attention) as attention
    from {core}.trend_features
    where dimension = 'make' and week_start >= ? and week_start < ?
    group by week_start
)

select
    features.week_start,
    features.units,
    features.price_index,
    features.fuel_price,
    attention.attention
from {core}.trend_features as features
left join attention on features.week_start = attention.week_start
where
    features.dimension = ?
    and features.member = ?
    and features.week_start >= ?
    and features.week_start < ?
order by features.week_start
