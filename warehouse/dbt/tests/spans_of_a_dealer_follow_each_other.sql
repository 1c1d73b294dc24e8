-- A dealer has one row on every day: the spans neither overlap nor leave a gap.
with spans as (
    select
        dealer_id,
        valid_from,
        valid_to,
        lead(valid_from) over (partition by dealer_id order by valid_from) as next_from,
        row_number() over (partition by dealer_id order by valid_from) as place
    from {{ ref('dim_dealer') }}
)

select *
from spans
where
    valid_to <> coalesce(next_from, cast('9999-12-31' as date))
    or (place = 1 and valid_from <> cast('1900-01-01' as date))
