-- The staged accuracy of earlier forecasts, as its table holds it.
select
    dimension,
    member,
    method,
    cast(horizon as bigint) as horizon,
    cast(forecasts as bigint) as forecasts,
    cast(units as decimal(18, 6)) as units,
    cast(error as decimal(18, 6)) as error,
    cast(absolute_error as decimal(18, 6)) as absolute_error,
    cast(mase as decimal(18, 6)) as mase,
    cast(rmsse as decimal(18, 6)) as rmsse,
    cast(wape as decimal(18, 6)) as wape,
    cast(bias as decimal(18, 6)) as bias,
    cast(coverage_80 as decimal(9, 6)) as coverage_80,
    cast(coverage_95 as decimal(9, 6)) as coverage_95,
    cast(naive_mase as decimal(18, 6)) as naive_mase,
    cast(seasonal_naive_mase as decimal(18, 6)) as seasonal_naive_mase
from {files}
