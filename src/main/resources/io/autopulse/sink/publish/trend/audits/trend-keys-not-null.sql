-- No key is null.
select
    'trend_features' as place,
    'no null in the key' as expected,
    count(*) || ' rows with a null' as found
from {trend_features}
where {key_is_null} or units is null
having count(*) > 0
