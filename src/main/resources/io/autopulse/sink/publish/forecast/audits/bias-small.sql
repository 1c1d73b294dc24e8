-- The last vintages of regions and powertrains lay near what was sold.
select
    dimension || ' ' || member as place,
    'a bias of at most {most}' as expected,
    cast(cast(100 * max(bias) as decimal(18, 1)) as varchar) || ' %, ' || max(reason) as found
from {forecasts}
where published and bias is not null
group by dimension, member
