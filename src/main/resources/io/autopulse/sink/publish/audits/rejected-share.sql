-- Of each feed at most a fraction is rejected; else its three most frequent codes are named, and
-- the first record of the most frequent one.
with exceeded as (
    select feed, rows_read, rows_rejected
    from {load_run_feeds}
    where rows_read > 0 and rows_rejected > {max_rejected} * rows_read
),

records as (
    select
        feed,
        code,
        origin,
        message,
        row_number() over (partition by feed, code order by origin) as place_in_code,
        count(*) over (partition by feed, code) as of_code
    from {rejected_records}
    where feed in (select exceeded.feed from exceeded)
),

codes as (
    select
        records.*,
        row_number() over (
            partition by records.feed order by records.of_code desc, records.code asc
        ) as code_rank
    from records
    where records.place_in_code = 1
),

explained as (
    select
        feed,
        max(case when code_rank = 1 then ': ' || of_code || ' ' || code else '' end)
        || max(case when code_rank = 2 then ', ' || of_code || ' ' || code else '' end)
        || max(case when code_rank = 3 then ', ' || of_code || ' ' || code else '' end)
        || max(case when code_rank > 3 then ' and other codes' else '' end)
        || max(
            case
                when code_rank = 1 then '; such as ' || origin || ': ' || message
                else ''
            end
        ) as why
    from codes
    group by feed
)

select
    exceeded.feed as place,
    'at most {max_rejected_percent} rejected' as expected,
    exceeded.rows_rejected || ' of ' || exceeded.rows_read || ' records, '
    || round(100.0 * exceeded.rows_rejected / exceeded.rows_read, 2) || ' %'
    || coalesce(explained.why, '') as found
from exceeded
left join explained on exceeded.feed = explained.feed
