-- A day's sales, of each the current version, added up by the hours since the day began and by
-- members. A source's own date may be another than that of its moment.
with changed as (
    select * from {core}.{versions}
    where updated_at >= ?
),

touched as (
    select distinct sale_id from changed
    where sold_on = ?
),

known as (
    select changed.*
    from changed
    inner join touched on changed.sale_id = touched.sale_id
    qualify
        row_number() over (
            partition by changed.sale_id order by changed.updated_at desc, changed.sequence desc
        ) = 1
),

sold as (
    select
        known.*,
        sold_at = ? as is_untimed,
        datediff('second', cast(? as timestamp), sold_at) as seconds_passed
    from known
    where sold_on = ?
),

hours as (
    select
        sold.*,
        make || ' ' || model as model_name,
        case
            when is_untimed then -1
            when seconds_passed < 0 then 0
            else floor(seconds_passed / 3600)
        end as sold_hour
    from sold
)

select
    cast(sold_hour as integer) as hour_of_day,
    make,
    model_name,
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
from hours
group by sold_hour, make, model_name, segment, powertrain, region, dealer_id
order by sold_hour, make, model_name, segment, powertrain, region, dealer_id
