-- The rejected records of a replay, and which of them are again what the source has too. A replayed
-- record is known by all of its text; of equal ones as many are kept as were replayed, or as the
-- source has if those are more.
with texts as (
    select
        feed,
        case
            when left(origin, {length}) = '{mark}' then substr(origin, {length} + 1)
            else origin
        end as origin,
        code,
        step,
        field,
        message,
        raw,
        format,
        header,
        case when left(origin, {length}) = '{mark}' then 1 else 0 end as replayed
    from {records}
),

placed as (
    select
        texts.*,
        row_number() over (partition by feed, raw, origin, replayed order by code) as time_read,
        min(replayed) over (partition by feed, raw, origin) as is_gone,
        sum(1 - replayed) over (partition by feed, raw) as at_source
    from texts
),

ranked as (
    select
        placed.*,
        row_number() over (
            partition by feed, raw, replayed order by time_read, is_gone, origin
        ) as rank_of_record
    from placed
)

select
    ranked.*,
    case
        when replayed = 1 and (time_read > 1 or rank_of_record <= at_source) then 1
        else 0
    end as is_again
from ranked
