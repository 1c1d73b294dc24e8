-- What was counted of each feed: the fates of its records.
with counted as (
    select
        split_part(key, '/', 1) as feed,
        split_part(key, '/', 2) as measure,
        case
            when split_part(key, '/', 2) = 'CONFLICTING'
                then nullif(substr(key, length(split_part(key, '/', 1)) + 14), '')
        end as conflicting_key,
        cast(count as bigint) as records
    from {files}
),

pivoted as (
    select
        feed,
        sum(case when measure = 'READ' then records else 0 end) as rows_read,
        sum(case when measure = 'CURRENT' then records else 0 end) as rows_current,
        sum(case when measure = 'REJECTED' then records else 0 end) as rows_rejected,
        sum(case when measure = 'DUPLICATE' then records else 0 end) as rows_duplicate,
        sum(case when measure = 'CONFLICTING' then records else 0 end) as rows_conflicting,
        sum(case when measure = 'SKIPPED' then records else 0 end) as rows_skipped,
        min(conflicting_key) as conflicting_first,
        max(conflicting_key) as conflicting_last,
        sum(case when measure = 'SUPERSEDED' then records else 0 end) as rows_superseded,
        sum(case when measure = 'OUT_OF_RANGE' then records else 0 end) as rows_out_of_range
    from counted
    group by feed
)

select
    feed,
    cast(rows_read as bigint) as rows_read,
    cast(rows_current + rows_superseded + rows_out_of_range as bigint) as rows_accepted,
    cast(rows_rejected as bigint) as rows_rejected,
    cast(rows_duplicate as bigint) as rows_duplicate,
    cast(rows_superseded as bigint) as rows_superseded,
    cast(rows_out_of_range as bigint) as rows_out_of_range,
    cast(rows_conflicting as bigint) as rows_conflicting,
    cast(rows_skipped as bigint) as rows_skipped,
    conflicting_first,
    conflicting_last
from pivoted
