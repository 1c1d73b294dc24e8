-- Every KPI window is a whole calendar window within the covered dates.
with calendar as (
    select
        grain,
        window_start,
        window_end,
        case grain
            when 'hour' then cast(date_trunc('hour', window_start) as timestamp)
            when 'day' then cast(date_trunc('day', window_start) as timestamp)
            when 'week' then cast(date_trunc('week', window_start) as timestamp)
            when 'month' then cast(date_trunc('month', window_start) as timestamp)
        end as calendar_start,
        case grain
            when 'hour' then window_start + interval '1 hour'
            when 'day' then window_start + interval '1 day'
            when 'week' then window_start + interval '7 days'
            when 'month' then window_start + interval '1 month'
        end as calendar_end
    from {audited_windows}
    group by grain, window_start, window_end
)

select
    grain || ' ' || window_start || ' to ' || window_end as place,
    'a whole calendar window of ' || {grain_list} || ' within ' || {from} || ' to ' || {to}
        as expected,
    'another window' as found
from calendar
where
    grain not in ({grains})
    or window_start <> calendar_start
    or window_end <> calendar_end
    or window_start < {from}
    or window_end > {to}
