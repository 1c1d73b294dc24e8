-- A moving average is not below what its own lags add up to.
select
    'week of ' || week_start || ', ' || dimension || ' ' || member as place,
    'the mean of ' || units || ' and three weeks that sold at least '
    || (units_lag_1 + units_lag_2) as expected,
    cast(units_average_4 as varchar) as found
from {trend_features}
where units_average_4 * 4 < units + units_lag_1 + units_lag_2 - 0.00001
