-- The 80 % interval holds the mean and lies within the 95 % interval.
select
    dimension || ' ' || member || ', ' || period_start as place,
    'lower 95 <= lower 80 <= mean <= upper 80 <= upper 95' as expected,
    lower_95 || ', ' || lower_80 || ', ' || mean || ', ' || upper_80 || ', ' || upper_95 as found
from {forecasts}
where
    published
    and (lower_95 > lower_80 or lower_80 > mean or mean > upper_80 or upper_80 > upper_95)
