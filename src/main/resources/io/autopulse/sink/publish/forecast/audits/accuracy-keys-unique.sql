-- A method has one accuracy a member and horizon.
select
    dimension || ' ' || member || ', ' || method || ', horizon ' || horizon as place,
    'one row' as expected,
    count(*) || ' rows' as found
from {forecast_accuracy}
group by dimension, member, method, horizon
having count(*) > 1
