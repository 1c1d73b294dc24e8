-- No key is null.
select
    'trend_features' as place,
    'no null in the key' as expected,
    count(*) || ' rows with a null' as found
from {trend_features}
where week_start is null or dimension is null or member is null or units is null
having count(*) > 0
