-- No key and no number is null.
select
    'forecasts' as place,
    'no null in keys and numbers' as expected,
    count(*) || ' rows with a null' as found
from {forecasts}
where
    dimension is null
    or member is null
    or period_start is null
    or horizon is null
    or method is null
    or mean is null
    or made_by is null
    or (
        published
        and (lower_80 is null or upper_80 is null or lower_95 is null or upper_95 is null)
    )
having count(*) > 0
