-- A day's sales, of each the current version, added up by the hours since the day began and by
-- members.
with versions as (
    select * from {core}.sale_versions
    where updated_at >= ?
),

touched as (
    select distinct sale_id from versions
    where sold_on = ?
),

known as (
    select versions.*
    from versions
    inner join touched on versions.sale_id = touched.sale_id
    qualify
        row_number() over (
            partition by versions.sale_id order by versions.updated_at desc, versions.sequence desc
        ) = 1
)

select
    case
        when sold_at = ? then -1
        else cast(date_diff('second', cast(? as timestamp), sold_at) // 3600 as integer)
    end as sold_hour,
    make,
    make || ' ' || model as model_name,
    segment,
    powertrain,
    region,
    dealer_id,
    count(case when status = 'SOLD' then 1 end) as units_sold,
    coalesce(sum(case when status = 'SOLD' then net_price end), 0) as revenue,
    coalesce(
        sum(case when status = 'SOLD' and list_price > 0 then net_price end), 0
    ) as discounted_net,
    coalesce(sum(case when status = 'SOLD' then list_price end), 0) as discounted_list,
    count(case when status = 'CANCELLED' then 1 end) as units_cancelled,
    count(case when status = 'RETURNED' then 1 end) as units_returned
from known
where sold_on = ?
group by all
order by all
