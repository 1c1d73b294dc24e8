-- Core tables: the contract of dbt, dashboards and forecasts (docs/architecture.md). One text for DuckDB and Snowflake: types
-- are those that both know (BIGINT is NUMBER(38,0) and TIMESTAMP is TIMESTAMP_NTZ in Snowflake). Keys are held by the audits, not
-- by constraints: Snowflake does not enforce them and DuckDB's index would cost more than the refresh.

create table sales (
    sale_id varchar not null,
    updated_at timestamp not null,
    sequence bigint not null,
    status varchar not null,
    sold_at timestamp not null,
    sold_on date not null,
    model_id varchar,
    make varchar not null,
    model varchar not null,
    segment varchar not null,
    powertrain varchar not null,
    dealer_id varchar not null,
    region varchar not null,
    list_price decimal(18, 2),
    net_price decimal(18, 2) not null,
    currency varchar not null,
    channel varchar,
    source varchar,
    run_id varchar not null
);

create table sale_versions (
    sale_id varchar not null,
    updated_at timestamp not null,
    sequence bigint not null,
    status varchar not null,
    sold_at timestamp not null,
    sold_on date not null,
    model_id varchar,
    make varchar not null,
    model varchar not null,
    segment varchar not null,
    powertrain varchar not null,
    dealer_id varchar not null,
    region varchar not null,
    list_price decimal(18, 2),
    net_price decimal(18, 2) not null,
    currency varchar not null,
    channel varchar,
    source varchar,
    run_id varchar not null
);

create table vehicles (
    model_id varchar not null,
    make varchar not null,
    model varchar not null,
    segment varchar not null,
    powertrain varchar not null,
    list_price decimal(18, 2),
    run_id varchar not null
);

create table dealers (
    dealer_id varchar not null,
    dealer_name varchar,
    region varchar not null,
    run_id varchar not null
);

create table market_registrations (
    period_start date not null,
    period_grain varchar not null,
    region varchar not null,
    make varchar not null,
    model varchar not null,
    powertrain varchar not null,
    registrations bigint not null,
    run_id varchar not null
);

create table fuel_prices (
    day date not null,
    region varchar not null,
    fuel varchar not null,
    average_price decimal(18, 4) not null,
    minimum_price decimal(18, 4) not null,
    maximum_price decimal(18, 4) not null,
    stations bigint not null,
    run_id varchar not null
);

create table market_attention (
    day date not null,
    source varchar not null,
    topic varchar not null,
    views bigint,
    mentions bigint,
    sentiment_mean decimal(9, 6),
    run_id varchar not null
);

create table sales_kpi (
    grain varchar not null,
    window_start timestamp not null,
    window_end timestamp not null,
    dimension varchar not null,
    member varchar not null,
    units_sold bigint not null,
    units_cancelled bigint not null,
    units_returned bigint not null,
    revenue decimal(18, 2) not null,
    average_price decimal(18, 2),
    median_price decimal(18, 2),
    p10_price decimal(18, 2),
    p90_price decimal(18, 2),
    average_discount decimal(9, 6),
    sales_mix decimal(9, 6),
    market_share decimal(9, 6),
    revision bigint not null,
    is_final boolean not null,
    computed_at timestamp not null,
    run_id varchar not null
);

create table sales_kpi_live (
    grain varchar not null,
    window_start timestamp not null,
    window_end timestamp not null,
    dimension varchar not null,
    member varchar not null,
    units_sold bigint not null,
    units_cancelled bigint not null,
    units_returned bigint not null,
    revenue decimal(18, 2) not null,
    average_price decimal(18, 2),
    median_price decimal(18, 2),
    p10_price decimal(18, 2),
    p90_price decimal(18, 2),
    average_discount decimal(9, 6),
    sales_mix decimal(9, 6),
    market_share decimal(9, 6),
    revision bigint not null,
    is_final boolean not null,
    computed_at timestamp not null,
    run_id varchar not null
);

-- The highest revision of both; at a tie the audited row of the refresh.
create view sales_kpi_current as
with panes as (
    select sales_kpi.*, 1 as authority from sales_kpi
    union all
    select sales_kpi_live.*, 0 as authority from sales_kpi_live
),

ranked as (
    select
        panes.*,
        row_number() over (
            partition by grain, window_start, dimension, member
            order by revision desc, authority desc, computed_at desc
        ) as rank_in_cell
    from panes
)

select
    grain,
    window_start,
    window_end,
    dimension,
    member,
    units_sold,
    units_cancelled,
    units_returned,
    revenue,
    average_price,
    median_price,
    p10_price,
    p90_price,
    average_discount,
    sales_mix,
    market_share,
    revision,
    is_final,
    computed_at,
    run_id
from ranked
where rank_in_cell = 1;

create table trend_features (
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
    run_id varchar not null
);

create table forecasts (
    as_of date not null,
    dimension varchar not null,
    member varchar not null,
    target_week date not null,
    method varchar not null,
    mean decimal(18, 6) not null,
    lower_80 decimal(18, 6),
    upper_80 decimal(18, 6),
    lower_95 decimal(18, 6),
    upper_95 decimal(18, 6),
    published boolean not null,
    run_id varchar not null
);

create table forecast_accuracy (
    as_of date not null,
    dimension varchar not null,
    member varchar not null,
    method varchar not null,
    horizon bigint not null,
    mase decimal(18, 6),
    rmsse decimal(18, 6),
    wape decimal(18, 6),
    bias decimal(18, 6),
    coverage_80 decimal(9, 6),
    coverage_95 decimal(9, 6),
    naive_mase decimal(18, 6),
    seasonal_naive_mase decimal(18, 6),
    run_id varchar not null
);

create table rejected_records (
    run_id varchar not null,
    feed varchar not null,
    origin varchar not null,
    code varchar not null,
    step varchar not null,
    field varchar,
    message varchar not null,
    raw varchar not null,
    format varchar not null,
    header varchar
);

create table load_runs (
    run_id varchar not null,
    job varchar not null,
    status varchar not null,
    interval_from date,
    interval_to date,
    started_at timestamp not null,
    ended_at timestamp,
    seconds decimal(18, 3),
    host varchar,
    process_id bigint,
    autopulse_version varchar,
    runner varchar,
    message varchar
);

create table load_run_feeds (
    run_id varchar not null,
    feed varchar not null,
    rows_read bigint not null,
    rows_accepted bigint not null,
    rows_rejected bigint not null,
    rows_duplicate bigint not null,
    rows_superseded bigint not null,
    rows_out_of_range bigint not null,
    rows_published bigint not null
);

create table load_run_audits (
    run_id varchar not null,
    audit varchar not null,
    passed boolean not null,
    detail varchar not null
);
