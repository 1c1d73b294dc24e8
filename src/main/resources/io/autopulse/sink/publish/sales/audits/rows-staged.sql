-- The staged sales and rejected records of each feed and fate, for rows-as-counted.
select 'sales' as feed, 'accepted' as fate, count(*) as staged from {audited_versions}
union all
select
    'sales' as feed,
    case fate
        when 'CURRENT' then 'current'
        when 'SUPERSEDED' then 'superseded'
        when 'OUT_OF_RANGE' then 'out of range'
        else 'unknown fate ' || coalesce(fate, 'null')
    end as fate,
    count(*) as staged
from {audited_versions}
group by 1, 2
union all
select feed, 'rejected' as fate, count(*) as staged from {rejected_records}
group by 1
