-- A target is of a whole month and not negative, and a model has its make.
select
    cast(month as varchar) || ' ' || dealer_id || ' ' || make || ' ' || model as place,
    'a first day of a month, no negative number, a make beside a model' as expected,
    units || ' units' || coalesce(', revenue ' || revenue, '') as found
from {targets}
where
    month <> date_trunc('month', month)
    or units < 0
    or revenue < 0
    or (make = 'ALL' and model <> 'ALL')
