-- The KPIs of the export, by SQL over the raw file and nothing of Autopulse. {file} is its path. DuckDB trims headers.
create table raw as
select
    "Car_id" as sale_id,
    try_strptime(trim("Date"), '%-m/%-d/%Y')::date as sold_on,
    try_cast("Price ($)" as decimal(18, 2)) as price,
    upper(trim("Company")) as make,
    upper(trim("Company")) || ' ' || upper(trim("Model")) as model,
    upper(trim("Body Style")) as segment,
    -- UTF-8 of a no-break space, read as windows-1252 and written as UTF-8 again.
    upper(replace(trim("Engine"), chr(194) || chr(160), ' ')) as powertrain,
    upper(trim("Dealer_No")) as dealer,
    upper(trim("Dealer_Region")) as region,
    "Customer Name" as customer_name,
    "Phone" as phone
from read_csv('{file}', all_varchar = true, header = true, delim = ',', quote = '"');

create table good as
select *, (price * 100)::bigint as cents
from raw
where sold_on is not null and price > 0;

create table expected as
with cells as (
    select g.grain, d.dimension, d.member, good.cents,
        date_trunc(g.grain, sold_on)::date as window_start,
        (date_trunc(g.grain, sold_on)
            + case g.grain when 'day' then interval 1 day when 'week' then interval 7 day else interval 1 month end
        )::date as window_end
    from good
    cross join (values ('day'), ('week'), ('month')) as g(grain)
    cross join lateral (values
        ('total', 'ALL'), ('make', make), ('model', model), ('segment', segment),
        ('powertrain', powertrain), ('region', region), ('dealer', dealer),
        ('region x powertrain', region || ' x ' || powertrain), ('region x model', region || ' x ' || model)
    ) as d(dimension, member)
),

ranked as (
    select *,
        row_number() over (partition by grain, window_start, dimension, member order by cents) as place,
        count(*) over (partition by grain, window_start, dimension, member) as n,
        -- DDSketch: the bin of a price, and the value that stands for it, at a relative error of 1 %.
        round(2 * pow(1.01 / 0.99, ceil(ln(cents) / ln(1.01 / 0.99))) / (1.01 / 0.99 + 1))::bigint as bin
    from cells
),

added as (
    select grain, window_start, window_end, dimension, member,
        count(*) as units, sum(cents)::bigint as revenue,
        max(bin) filter (where place = ceil(n * 5 / 10.0)) as median,
        max(bin) filter (where place = ceil(n * 1 / 10.0)) as p10,
        max(bin) filter (where place = ceil(n * 9 / 10.0)) as p90
    from ranked
    group by all
),

shared as (
    select *, sum(units) filter (where dimension = 'total') over (partition by grain, window_start)::bigint as in_window
    from added
)

select grain, window_start::timestamp as window_start, window_end::timestamp as window_end, dimension, member,
    units::bigint as units_sold, 0::bigint as units_cancelled, 0::bigint as units_returned,
    (revenue::decimal(20, 2) / 100)::decimal(18, 2) as revenue,
    (((2 * revenue + units) // (2 * units))::decimal(20, 2) / 100)::decimal(18, 2) as average_price,
    (median::decimal(20, 2) / 100)::decimal(18, 2) as median_price,
    (p10::decimal(20, 2) / 100)::decimal(18, 2) as p10_price,
    (p90::decimal(20, 2) / 100)::decimal(18, 2) as p90_price,
    null::decimal(9, 6) as average_discount,
    (((2000000 * units + in_window) // (2 * in_window)) / 1000000)::decimal(9, 6) as sales_mix,
    null::decimal(9, 6) as market_share,
    units::bigint as revision,
    true as is_final
from shared;
