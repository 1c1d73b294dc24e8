-- Nobody sells less than nothing.
select
    dimension || ' ' || member || ', ' || period_start || ', ' || method as place,
    'at least 0' as expected,
    'mean ' || mean || coalesce(', lower bound ' || lower_95, '') as found
from {forecasts}
where mean < 0 or coalesce(lower_95, 0) < 0
