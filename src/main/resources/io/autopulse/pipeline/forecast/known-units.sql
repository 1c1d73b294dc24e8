-- Units sold by period: of each sale the highest version recorded before the
-- end of the as-of date, in complete periods only.
with known as (
    select
        status,
        sold_on,
        make,
        make || ' ' || model as model,
        segment,
        powertrain,
        region,
        dealer_id as dealer,
        net_price,
        row_number() over (
            partition by sale_id order by updated_at desc, sequence desc
        ) as age
    from {core}.sale_versions_all
    where updated_at < {known_before}
),

cells as (
    select
        cast(date_trunc({grain}, sold_on) as date) as period_start,
        make,
        model,
        segment,
        powertrain,
        region,
        dealer,
        count(*) as units,
        sum(net_price) as revenue
    from known
    where age = 1 and status = 'SOLD' and sold_on >= {from} and sold_on < {to}
    group by 1, 2, 3, 4, 5, 6, 7
)

{units}
