-- What each step of making the forecasts was worth, by dimension.
select
    dimension,
    method,
    forecasts,
    wape,
    value_added
from {core}.forecast_value_added
where grain = ? and as_of = ?
order by dimension, step
