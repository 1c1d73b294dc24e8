-- The total is forecast.
select
    'forecasts as of ' || {as_of} as place,
    'the total, over the whole horizon' as expected,
    count(*) || ' rows: no sale is known in a complete period of the history' as found
from {forecasts}
where dimension = 'total' and published
having count(*) = 0
