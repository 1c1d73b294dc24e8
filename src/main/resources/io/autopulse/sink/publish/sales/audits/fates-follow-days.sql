-- Current sales are on covered days; sales out of range are not.
select
    'a version sold on ' || coalesce(cast(sold_on as varchar), 'no day') as place,
    case
        when fate = 'CURRENT' then 'a day of the covered dates'
        else 'a day outside the covered dates'
    end as expected,
    fate || ' ' || count(*) || ' times' as found
from {audited_versions}
where
    (fate = 'CURRENT' and (sold_on < {from} or sold_on >= {to}))
    or (fate = 'OUT_OF_RANGE' and sold_on >= {from} and sold_on < {to})
group by sold_on, fate
