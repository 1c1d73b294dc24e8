-- What live jobs know of the market and of trends, beside what the market job and the weekly trends have published after their audits.
-- A loader keeps one row a key, of the highest revision or the latest computation; pipes append (docs/jobs/live-sales.md), so a row may
-- come twice and lower revisions stay. A job that publishes deletes what nobody sees any more.

create table market_registrations_live (
    period_start date not null,
    period_grain varchar not null,
    region varchar not null,
    make varchar not null,
    model varchar not null,
    powertrain varchar not null,
    known_on date not null,
    settles_at timestamp not null,
    registrations bigint not null,
    revision bigint not null,
    computed_at timestamp not null,
    run_id varchar not null
);

create table fuel_prices_live (
    day date not null,
    region varchar not null,
    fuel varchar not null,
    known_on date not null,
    settles_at timestamp not null,
    average_price decimal(18, 4) not null,
    minimum_price decimal(18, 4) not null,
    maximum_price decimal(18, 4) not null,
    stations bigint not null,
    revision bigint not null,
    computed_at timestamp not null,
    run_id varchar not null
);

create table market_attention_live (
    day date not null,
    source varchar not null,
    topic varchar not null,
    known_on date not null,
    settles_at timestamp not null,
    views bigint,
    mentions bigint,
    sentiment_mean decimal(9, 6),
    revision bigint not null,
    computed_at timestamp not null,
    run_id varchar not null
);

create table trend_features_live (
    week_start date not null,
    dimension varchar not null,
    member varchar not null,
    units bigint not null,
    units_lag_1 bigint,
    units_lag_2 bigint,
    units_lag_4 bigint,
    units_lag_13 bigint,
    units_lag_52 bigint,
    units_average_4 decimal(18, 6),
    units_average_13 decimal(18, 6),
    week_over_week decimal(18, 6),
    year_over_year decimal(18, 6),
    share_change decimal(9, 6),
    price_index decimal(18, 6),
    fuel_price decimal(18, 4),
    fuel_price_change_4 decimal(18, 6),
    attention decimal(18, 6),
    attention_change decimal(18, 6),
    computed_at timestamp not null,
    run_id varchar not null
);

-- Every value that a figure has had, published or live. What the market job has published of a day is what was known on it, but for what a
-- live job told after that job's last start, of a day that was not over then (settles_at): those vintages are open. A live job
-- tells a day again on which, as it found out later, the figure stayed what it was: that is no vintage.
create view market_registrations_history_all as
with read_last as (
    select max(load_runs.started_at) as started_at
    from load_runs
    inner join load_run_feeds on load_runs.run_id = load_run_feeds.run_id
    inner join load_run_audits on load_runs.run_id = load_run_audits.run_id
    where load_runs.status = 'PUBLISHED' and load_run_feeds.feed in ('registrations')
),

vintages as (
    select
        period_start,
        period_grain,
        region,
        make,
        model,
        powertrain,
        known_on,
        registrations,
        0 as revision,
        1 as authority,
        run_id
    from market_registrations_history
    union all
    select
        live.period_start,
        live.period_grain,
        live.region,
        live.make,
        live.model,
        live.powertrain,
        live.known_on,
        live.registrations,
        live.revision,
        case
            when
                live.computed_at > read_last.started_at
                and live.settles_at > read_last.started_at
                then 2
            else 0
        end as authority,
        live.run_id
    from market_registrations_live as live
    cross join read_last
),

ranked as (
    select
        vintages.*,
        row_number() over (
            partition by period_start, period_grain, region, make, model, powertrain, known_on
            order by authority desc, revision desc, run_id desc
        ) as rank_of_vintage
    from vintages
),

followed as (
    select
        ranked.*,
        lag(registrations) over (
            partition by period_start, period_grain, region, make, model, powertrain
            order by known_on
        ) as previous_registrations,
        lag(known_on) over (
            partition by period_start, period_grain, region, make, model, powertrain
            order by known_on
        ) as previous_known_on
    from ranked
    where rank_of_vintage = 1
)

select
    period_start,
    period_grain,
    region,
    make,
    model,
    powertrain,
    known_on,
    registrations,
    run_id
from followed
where
    authority = 1
    or previous_known_on is null
    or (
        registrations is distinct from previous_registrations
    );

create view market_registrations_current as
with ranked as (
    select
        market_registrations_history_all.*,
        row_number() over (partition by period_start, period_grain, region, make, model, powertrain order by known_on desc) as age
    from market_registrations_history_all
)

select
    period_start,
    period_grain,
    region,
    make,
    model,
    powertrain,
    registrations,
    run_id
from ranked
where age = 1;

create view fuel_prices_history_all as
with read_last as (
    select max(load_runs.started_at) as started_at
    from load_runs
    inner join load_run_feeds on load_runs.run_id = load_run_feeds.run_id
    inner join load_run_audits on load_runs.run_id = load_run_audits.run_id
    where load_runs.status = 'PUBLISHED' and load_run_feeds.feed in ('fuel_prices')
),

vintages as (
    select
        day,
        region,
        fuel,
        known_on,
        average_price,
        minimum_price,
        maximum_price,
        stations,
        0 as revision,
        1 as authority,
        run_id
    from fuel_prices_history
    union all
    select
        live.day,
        live.region,
        live.fuel,
        live.known_on,
        live.average_price,
        live.minimum_price,
        live.maximum_price,
        live.stations,
        live.revision,
        case
            when
                live.computed_at > read_last.started_at
                and live.settles_at > read_last.started_at
                then 2
            else 0
        end as authority,
        live.run_id
    from fuel_prices_live as live
    cross join read_last
),

ranked as (
    select
        vintages.*,
        row_number() over (
            partition by day, region, fuel, known_on
            order by authority desc, revision desc, run_id desc
        ) as rank_of_vintage
    from vintages
),

followed as (
    select
        ranked.*,
        lag(average_price) over (
            partition by day, region, fuel
            order by known_on
        ) as previous_average_price,
        lag(minimum_price) over (
            partition by day, region, fuel
            order by known_on
        ) as previous_minimum_price,
        lag(maximum_price) over (
            partition by day, region, fuel
            order by known_on
        ) as previous_maximum_price,
        lag(stations) over (
            partition by day, region, fuel
            order by known_on
        ) as previous_stations,
        lag(known_on) over (
            partition by day, region, fuel
            order by known_on
        ) as previous_known_on
    from ranked
    where rank_of_vintage = 1
)

select
    day,
    region,
    fuel,
    known_on,
    average_price,
    minimum_price,
    maximum_price,
    stations,
    run_id
from followed
where
    authority = 1
    or previous_known_on is null
    or (
        average_price is distinct from previous_average_price
        or minimum_price is distinct from previous_minimum_price
        or maximum_price is distinct from previous_maximum_price
        or stations is distinct from previous_stations
    );

create view fuel_prices_current as
with ranked as (
    select
        fuel_prices_history_all.*,
        row_number() over (partition by day, region, fuel order by known_on desc) as age
    from fuel_prices_history_all
)

select
    day,
    region,
    fuel,
    average_price,
    minimum_price,
    maximum_price,
    stations,
    run_id
from ranked
where age = 1;

create view market_attention_history_all as
with read_last as (
    select max(load_runs.started_at) as started_at
    from load_runs
    inner join load_run_feeds on load_runs.run_id = load_run_feeds.run_id
    inner join load_run_audits on load_runs.run_id = load_run_audits.run_id
    where load_runs.status = 'PUBLISHED' and load_run_feeds.feed in ('attention', 'social')
),

vintages as (
    select
        day,
        source,
        topic,
        known_on,
        views,
        mentions,
        sentiment_mean,
        0 as revision,
        1 as authority,
        run_id
    from market_attention_history
    union all
    select
        live.day,
        live.source,
        live.topic,
        live.known_on,
        live.views,
        live.mentions,
        live.sentiment_mean,
        live.revision,
        case
            when
                live.computed_at > read_last.started_at
                and live.settles_at > read_last.started_at
                then 2
            else 0
        end as authority,
        live.run_id
    from market_attention_live as live
    cross join read_last
),

ranked as (
    select
        vintages.*,
        row_number() over (
            partition by day, source, topic, known_on
            order by authority desc, revision desc, run_id desc
        ) as rank_of_vintage
    from vintages
),

followed as (
    select
        ranked.*,
        lag(views) over (
            partition by day, source, topic
            order by known_on
        ) as previous_views,
        lag(mentions) over (
            partition by day, source, topic
            order by known_on
        ) as previous_mentions,
        lag(sentiment_mean) over (
            partition by day, source, topic
            order by known_on
        ) as previous_sentiment_mean,
        lag(known_on) over (
            partition by day, source, topic
            order by known_on
        ) as previous_known_on
    from ranked
    where rank_of_vintage = 1
)

select
    day,
    source,
    topic,
    known_on,
    views,
    mentions,
    sentiment_mean,
    run_id
from followed
where
    authority = 1
    or previous_known_on is null
    or (
        views is distinct from previous_views
        or mentions is distinct from previous_mentions
        or sentiment_mean is distinct from previous_sentiment_mean
    );

create view market_attention_current as
with ranked as (
    select
        market_attention_history_all.*,
        row_number() over (partition by day, source, topic order by known_on desc) as age
    from market_attention_history_all
)

select
    day,
    source,
    topic,
    views,
    mentions,
    sentiment_mean,
    run_id
from ranked
where age = 1;

-- The weekly trends are the authority of the weeks that they have computed. Of another week a live job's latest computation shows: it has
-- all of a dimension's members, so a member that an earlier one had and it has not is gone.
create or replace view trend_features_current as
with computed as (
    select distinct
        week_start,
        dimension
    from trend_features
),

ranked as (
    select
        live.*,
        rank() over (
            partition by live.week_start, live.dimension
            order by live.computed_at desc
        ) as age,
        row_number() over (
            partition by live.week_start, live.dimension, live.member, live.computed_at
            order by live.run_id desc
        ) as copy_number
    from trend_features_live as live
    left join computed
        on
            live.week_start = computed.week_start
            and live.dimension = computed.dimension
    where computed.week_start is null
)

select
    week_start,
    dimension,
    member,
    units,
    units_lag_1,
    units_lag_2,
    units_lag_4,
    units_lag_13,
    units_lag_52,
    units_average_4,
    units_average_13,
    week_over_week,
    year_over_year,
    share_change,
    price_index,
    fuel_price,
    fuel_price_change_4,
    attention,
    attention_change,
    run_id
from trend_features
union all
select
    week_start,
    dimension,
    member,
    units,
    units_lag_1,
    units_lag_2,
    units_lag_4,
    units_lag_13,
    units_lag_52,
    units_average_4,
    units_average_13,
    week_over_week,
    year_over_year,
    share_change,
    price_index,
    fuel_price,
    fuel_price_change_4,
    attention,
    attention_change,
    run_id
from ranked
where age = 1 and copy_number = 1;
