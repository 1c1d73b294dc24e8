-- Trend features by DuckDB's window functions, from the core tables, for every week up to {last_week}: a second computation that
-- shares no code with the job. A value at a tie is nudged over it: sums of doubles fall short of it in the last digits.
with versions as (
    select
        *,
        cast(date_trunc('week', sold_on) as date) as sold_week,
        cast(date_trunc('week', updated_at at time zone 'UTC' at time zone 'Europe/Paris') as date)
            as known_week,
        cast(
            date_trunc(
                'week',
                lead(updated_at) over (partition by sale_id order by updated_at, sequence)
                at time zone 'UTC' at time zone 'Europe/Paris'
            ) as date
        ) as replaced_week
    from sale_versions
),

weeks as (
    select cast(unnest(generate_series(
        (select min(sold_week) from versions), date '{last_week}', interval 7 days
    )) as date) as w
),

known as (
    select
        weeks.w,
        versions.*
    from weeks
    inner join versions
        on
            versions.known_week <= weeks.w
            and (versions.replaced_week is null or versions.replaced_week > weeks.w)
            and versions.sold_week <= weeks.w
),

by_member as (
    select
        w,
        unnest([
            'total', 'make', 'model', 'segment', 'powertrain', 'region', 'dealer',
            'region x powertrain', 'region x model'
        ]) as dimension,
        unnest([
            'ALL', make, model_member, segment, powertrain, region, dealer_id,
            region || ' x ' || powertrain, region || ' x ' || model_member
        ]) as member,
        make || '|' || model || '|' || powertrain as item,
        sold_week,
        units,
        revenue
    from (
        select
            *,
            case when make = 'UNKNOWN' then model else make || ' ' || model end as model_member,
            case when status = 'SOLD' then 1 else 0 end as units,
            case when status = 'SOLD' then net_price else 0 end as revenue
        from known
    )
),

item_weeks as (
    select
        w,
        dimension,
        member,
        item,
        sold_week,
        sum(units) as units,
        sum(revenue) as revenue
    from by_member
    group by all
),

firsts as (
    select
        w,
        dimension,
        member,
        min(sold_week) as first_week
    from item_weeks
    group by all
),

calendar as (
    select
        firsts.*,
        weeks.w as s
    from firsts
    inner join weeks on weeks.w between firsts.first_week and firsts.w
),

series as (
    select
        calendar.w,
        calendar.dimension,
        calendar.member,
        calendar.s,
        coalesce(sum(item_weeks.units), 0) as u
    from calendar
    left join item_weeks
        on
            calendar.w = item_weeks.w
            and calendar.dimension = item_weeks.dimension
            and calendar.member = item_weeks.member
            and calendar.s = item_weeks.sold_week
    group by all
),

windowed as (
    select
        *,
        lag(u, 1) over p as lag_1,
        lag(u, 2) over p as lag_2,
        lag(u, 4) over p as lag_4,
        lag(u, 13) over p as lag_13,
        lag(u, 52) over p as lag_52,
        count(*) over (p rows between 3 preceding and current row) as n_4,
        avg(u) over (p rows between 3 preceding and current row) as avg_4,
        count(*) over (p rows between 12 preceding and current row) as n_13,
        avg(u) over (p rows between 12 preceding and current row) as avg_13,
        count(*) over (p rows between 7 preceding and current row) as n_8,
        sum(u) over (p rows between 3 preceding and current row) as now_4,
        coalesce(sum(u) over (p rows between 7 preceding and 4 preceding), 0) as before_4,
        count(*) over p as n
    from series
    window p as (partition by w, dimension, member order by s)
),

current_week as (
    select * from windowed where s = w
),

totals as (
    select * from current_week where dimension = 'total'
),

priced as (
    select
        item_weeks.w,
        item_weeks.dimension,
        item_weeks.member,
        item_weeks.item,
        sum(case when sold_week = w then units else 0 end) as q,
        sum(case when sold_week = w then revenue else 0 end) as v,
        sum(case when sold_week < w then units else 0 end) as q_base,
        sum(case when sold_week < w then revenue else 0 end) as v_base
    from item_weeks
    where sold_week >= w - 91
    group by all
    having q > 0 and q_base > 0
),

indexes as (
    select
        w,
        dimension,
        member,
        100 * sqrt(
            sum(cast(v as double) / q * q_base) / sum(cast(v_base as double))
            * (sum(cast(v as double)) / sum(cast(v_base as double) / q_base * q))
        ) as price_index
    from priced
    group by all
),

known_prices as (
    select
        weeks.w,
        prices.*,
        cast(date_trunc('week', prices.day) as date) as s
    from weeks
    inner join fuel_prices_history as prices
        on prices.known_on <= weeks.w + 6 and prices.day >= weeks.w - 28 and prices.day < weeks.w + 7
    qualify row_number() over (
        partition by weeks.w, prices.day, prices.region, prices.fuel order by prices.known_on desc
    ) = 1
),

regions as (
    select distinct coalesce(region, '') as region from sales
    union all
    select '' as region
),

day_prices as (
    select
        known_prices.w,
        regions.region,
        known_prices.s,
        known_prices.day,
        known_prices.fuel,
        coalesce(
            max(case when known_prices.region = regions.region then average_price end),
            max(case when known_prices.region = 'ALL' then average_price end),
            sum(average_price * stations) / cast(sum(stations) as double)
        ) as price
    from known_prices
    cross join regions
    group by all
),

fuel_weeks as (
    select
        w,
        region,
        s,
        avg(price) as price
    from (
        select w, region, s, fuel, avg(price) as price from day_prices group by all
    )
    group by all
),

known_attention as (
    select
        weeks.w,
        figures.*,
        cast(date_trunc('week', figures.day) as date) as s
    from weeks
    inner join market_attention_history as figures
        on
            figures.known_on <= weeks.w + 6
            and figures.day >= weeks.w - 7
            and figures.day < weeks.w + 7
    qualify row_number() over (
        partition by weeks.w, figures.day, figures.source, figures.topic
        order by figures.known_on desc
    ) = 1
),

attention_weeks as (
    select
        w,
        topic,
        s,
        sum(attention) as attention
    from (
        select
            w,
            topic,
            s,
            source,
            avg(coalesce(views, 0) + coalesce(mentions, 0)) as attention
        from known_attention
        where views is not null or mentions is not null
        group by all
    )
    group by all
),

raw as (
    select
        c.w as week_start,
        c.dimension,
        c.member,
        c.u as units,
        c.lag_1,
        c.lag_2,
        c.lag_4,
        c.lag_13,
        c.lag_52,
        case when c.n_4 = 4 then c.avg_4 end as average_4,
        case when c.n_13 = 13 then c.avg_13 end as average_13,
        cast(c.u as double) / nullif(c.lag_1, 0) - 1 as week_over_week,
        cast(c.u as double) / nullif(c.lag_52, 0) - 1 as year_over_year,
        case
            when t.n_8 = 8
                then
                    cast(c.now_4 as double) / nullif(t.now_4, 0)
                    - cast(c.before_4 as double) / nullif(t.before_4, 0)
        end as share_change,
        case when c.n > 13 then i.price_index end as price_index,
        f.price as fuel_price,
        f.price / f_before.price - 1 as fuel_price_change_4,
        a.attention,
        a.attention / nullif(a_before.attention, 0) - 1 as attention_change
    from current_week as c
    inner join totals as t on c.w = t.w
    left join indexes as i on c.w = i.w and c.dimension = i.dimension and c.member = i.member
    left join fuel_weeks as f
        on
            c.w = f.w
            and f.s = c.w
            and f.region = case when c.dimension like 'region%' then split_part(c.member, ' x ', 1) else '' end
    left join fuel_weeks as f_before
        on f.w = f_before.w and f.region = f_before.region and f_before.s = c.w - 28
    left join attention_weeks as a
        on c.w = a.w and a.s = c.w and a.topic = c.member and c.dimension in ('make', 'model')
    left join attention_weeks as a_before
        on a.w = a_before.w and a.topic = a_before.topic and a_before.s = c.w - 7
)

select
    week_start,
    dimension,
    member,
    cast(units as bigint) as units,
    cast(lag_1 as bigint) as units_lag_1,
    cast(lag_2 as bigint) as units_lag_2,
    cast(lag_4 as bigint) as units_lag_4,
    cast(lag_13 as bigint) as units_lag_13,
    cast(lag_52 as bigint) as units_lag_52,
    cast(round(average_4 + 1e-11, 6) as decimal(18, 6)) as units_average_4,
    cast(round(average_13 + 1e-11, 6) as decimal(18, 6)) as units_average_13,
    cast(round(week_over_week + 1e-11 * sign(week_over_week), 6) as decimal(18, 6)) as week_over_week,
    cast(round(year_over_year + 1e-11 * sign(year_over_year), 6) as decimal(18, 6)) as year_over_year,
    cast(round(share_change + 1e-11 * sign(share_change), 6) as decimal(9, 6)) as share_change,
    cast(round(price_index + 1e-11, 6) as decimal(18, 6)) as price_index,
    cast(round(fuel_price + 1e-11, 4) as decimal(18, 4)) as fuel_price,
    cast(round(fuel_price_change_4 + 1e-11 * sign(fuel_price_change_4), 6) as decimal(18, 6))
        as fuel_price_change_4,
    cast(round(attention + 1e-11, 6) as decimal(18, 6)) as attention,
    cast(round(attention_change + 1e-11 * sign(attention_change), 6) as decimal(18, 6))
        as attention_change
from raw
