-- How many cells of the keys of sales and KPIs are filled, for keys-not-null.
select
    'sale_versions' as relation,
    count(*) as cells,
    least(
        count(sale_key), count(updated_at), count(sequence), count(sold_on), count(status),
        count(net_price), count(make), count(region), count(fate)
    ) as filled
from {audited_versions}
union all
select
    'rejected_records' as relation,
    count(*) as cells,
    least(count(feed), count(origin), count(code), count(step)) as filled
from {rejected_records}
union all
select 'load_run_feeds' as relation, count(*) as cells, count(feed) as filled
from {load_run_feeds}
union all
select
    'sales_kpi' as relation,
    count(*) as cells,
    least(
        count(grain),
        count(window_start),
        count(window_end),
        count(dimension),
        count(case when cells_without_member = 0 then 1 end)
    ) as filled
from {audited_windows}
