-- The ledger of forecasts (docs/adr/0021-a-ledger-of-forecasts.md). Rows are appended, never changed: each run whose numbers differ
-- from the last ones of its as-of date adds a vintage. Nothing wrote the tables that V1 made.
drop table forecasts;

drop table forecast_accuracy;

create table forecasts (
    grain varchar not null,
    as_of date not null,
    vintage bigint not null,
    dimension varchar not null,
    member varchar not null,
    period_start date not null,
    horizon bigint not null,
    method varchar not null,
    mean decimal(18, 6) not null,
    lower_80 decimal(18, 6),
    upper_80 decimal(18, 6),
    lower_95 decimal(18, 6),
    upper_95 decimal(18, 6),
    published boolean not null,
    made_by varchar not null,
    reason varchar,
    level_units decimal(18, 6),
    trend_units decimal(18, 6),
    season_units decimal(18, 6),
    reconciliation_units decimal(18, 6),
    sentence varchar,
    run_id varchar not null
);

-- One row a vintage. What it says of its rows must stay true: an audit of every later run compares.
create table forecast_vintages (
    grain varchar not null,
    as_of date not null,
    vintage bigint not null,
    job varchar not null,
    made_at timestamp not null,
    forecast_rows bigint not null,
    fingerprint bigint not null,
    run_id varchar not null
);

create table forecast_accuracy (
    grain varchar not null,
    as_of date not null,
    vintage bigint not null,
    dimension varchar not null,
    member varchar not null,
    method varchar not null,
    horizon bigint not null,
    forecasts bigint not null,
    units decimal(18, 6) not null,
    error decimal(18, 6) not null,
    absolute_error decimal(18, 6) not null,
    mase decimal(18, 6),
    rmsse decimal(18, 6),
    wape decimal(18, 6),
    bias decimal(18, 6),
    coverage_80 decimal(9, 6),
    coverage_95 decimal(9, 6),
    naive_mase decimal(18, 6),
    seasonal_naive_mase decimal(18, 6),
    gated boolean not null,
    run_id varchar not null
);

create table forecast_overrides (
    grain varchar not null,
    as_of date not null,
    dimension varchar not null,
    member varchar not null,
    period_start date not null,
    units decimal(18, 6) not null,
    author varchar not null,
    reason varchar not null,
    made_at timestamp not null
);

-- A sum of hashes of a vintage's rows, from the first six hexadecimal digits of each: it does not depend on the order of the rows.
create view forecast_fingerprints as
with hashed as (
    select
        grain,
        as_of,
        vintage,
        md5(
            dimension || '|' || member || '|' || cast(period_start as varchar) || '|' || cast(horizon as varchar)
            || '|' || method || '|' || cast(mean as varchar)
            || '|' || coalesce(cast(lower_80 as varchar), '') || '|' || coalesce(cast(upper_80 as varchar), '')
            || '|' || coalesce(cast(lower_95 as varchar), '') || '|' || coalesce(cast(upper_95 as varchar), '')
            || '|' || cast(published as varchar) || '|' || made_by || '|' || coalesce(reason, '')
            || '|' || coalesce(cast(level_units as varchar), '') || '|' || coalesce(cast(trend_units as varchar), '')
            || '|' || coalesce(cast(season_units as varchar), '')
            || '|' || coalesce(cast(reconciliation_units as varchar), '') || '|' || coalesce(sentence, '')
        ) as hash
    from forecasts
)

select
    grain,
    as_of,
    vintage,
    count(*) as forecast_rows,
    cast(
        sum(
            position(substr(hash, 1, 1) in '0123456789abcdef') * 1048576
            + position(substr(hash, 2, 1) in '0123456789abcdef') * 65536
            + position(substr(hash, 3, 1) in '0123456789abcdef') * 4096
            + position(substr(hash, 4, 1) in '0123456789abcdef') * 256
            + position(substr(hash, 5, 1) in '0123456789abcdef') * 16
            + position(substr(hash, 6, 1) in '0123456789abcdef')
        ) as bigint
    ) as fingerprint
from hashed
group by grain, as_of, vintage;

-- Of each grain the latest vintage of the latest as-of date, with what planners say of it.
create view forecasts_current as
with vintages as (
    select
        grain,
        as_of,
        vintage,
        row_number() over (partition by grain order by as_of desc, vintage desc) as age
    from forecast_vintages
),

overrides as (
    select
        grain,
        as_of,
        dimension,
        member,
        period_start,
        units,
        author,
        reason,
        row_number() over (
            partition by grain, as_of, dimension, member, period_start
            order by made_at desc, author desc, units desc, reason desc
        ) as age
    from forecast_overrides
)

select
    forecasts.grain,
    forecasts.as_of,
    forecasts.vintage,
    forecasts.dimension,
    forecasts.member,
    forecasts.period_start,
    forecasts.horizon,
    forecasts.method,
    forecasts.mean,
    forecasts.lower_80,
    forecasts.upper_80,
    forecasts.lower_95,
    forecasts.upper_95,
    forecasts.published,
    forecasts.made_by,
    forecasts.reason,
    forecasts.level_units,
    forecasts.trend_units,
    forecasts.season_units,
    forecasts.reconciliation_units,
    forecasts.sentence,
    overrides.units as override_units,
    overrides.author as override_author,
    overrides.reason as override_reason,
    forecasts.run_id
from forecasts
inner join vintages
    on
        forecasts.grain = vintages.grain
        and forecasts.as_of = vintages.as_of
        and forecasts.vintage = vintages.vintage
        and vintages.age = 1
left join overrides
    on
        forecasts.published
        and overrides.age = 1
        and forecasts.grain = overrides.grain
        and forecasts.as_of = overrides.as_of
        and forecasts.dimension = overrides.dimension
        and forecasts.member = overrides.member
        and forecasts.period_start = overrides.period_start;

-- Of each grain the accuracy that the latest as-of date measured.
create view forecast_accuracy_current as
with vintages as (
    select
        grain,
        as_of,
        vintage,
        row_number() over (partition by grain order by as_of desc, vintage desc) as age
    from (select distinct grain, as_of, vintage from forecast_accuracy) as measured
)

select forecast_accuracy.*
from forecast_accuracy
inner join vintages
    on
        forecast_accuracy.grain = vintages.grain
        and forecast_accuracy.as_of = vintages.as_of
        and forecast_accuracy.vintage = vintages.vintage
        and vintages.age = 1;

-- The life cycle of a model, where the vehicles feed gives it.
alter table vehicles add column launched_on date;

alter table vehicles add column discontinued_on date;

alter table vehicles add column successor varchar;
