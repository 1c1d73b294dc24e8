-- The members whose last forecasts lay above or below what was sold, and what is done about it.
select
    dimension,
    member,
    max(bias) as bias,
    max(reason) as reason
from {core}.forecasts_current
where grain = ? and published and bias is not null
group by dimension, member
order by dimension, member
