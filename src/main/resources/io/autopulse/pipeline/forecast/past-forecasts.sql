-- What the first vintage of each earlier as-of date said of periods that are complete now: what its
-- readers had.
select
    dimension,
    member,
    as_of,
    period_start,
    horizon,
    method,
    mean,
    lower_80,
    upper_80,
    lower_95,
    upper_95
from {core}.forecasts
where
    grain = {grain}
    and vintage = 1
    and as_of < {as_of}
    and as_of >= {oldest}
    and period_start < {to}
    and dimension in ({dimensions})
