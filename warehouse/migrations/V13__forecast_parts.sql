-- What else a published forecast is made of: selling days, regressors, and the bias that its last vintages had (null where it is not
-- marked). Rows of before have none of it, and keep their fingerprint.
alter table forecasts add column calendar_units decimal(18, 6);

alter table forecasts add column features_units decimal(18, 6);

alter table forecasts add column bias_units decimal(18, 6);

alter table forecasts add column bias decimal(18, 6);

create or replace view forecast_fingerprints as
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
            || case
                when coalesce(calendar_units, features_units, bias_units, bias) is null then ''
                else
                    '|' || coalesce(cast(calendar_units as varchar), '') || '|' || coalesce(cast(features_units as varchar), '')
                    || '|' || coalesce(cast(bias_units as varchar), '') || '|' || coalesce(cast(bias as varchar), '')
            end
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

create or replace view forecasts_current as
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
    forecasts.calendar_units,
    forecasts.features_units,
    forecasts.reconciliation_units,
    forecasts.bias_units,
    forecasts.bias,
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

-- What each step of making a forecast takes off the WAPE of the step before, by dimension, over the as-of dates of the last year: all
-- steps over the same members and periods.
create view forecast_value_added as
with steps as (
    select 1 as step, 'naive' as method
    union all
    select 2 as step, 'seasonal_naive' as method
    union all
    select 3 as step, 'model' as method
    union all
    select 4 as step, 'reconciled' as method
    union all
    select 5 as step, 'forecast' as method
    union all
    select 6 as step, 'override' as method
),

measured as (
    select
        grain,
        as_of,
        dimension,
        method,
        sum(forecasts) as forecasts,
        sum(units) as units,
        sum(absolute_error) as absolute_error,
        sum(error) as error
    from forecast_accuracy_current
    where horizon = 0
    group by grain, as_of, dimension, method
),

shares as (
    select
        measured.grain,
        measured.as_of,
        measured.dimension,
        steps.step,
        measured.method,
        cast(measured.forecasts as bigint) as forecasts,
        cast(measured.absolute_error / nullif(measured.units, 0) as decimal(18, 6)) as wape,
        cast(measured.error / nullif(measured.units, 0) as decimal(18, 6)) as bias
    from measured
    inner join steps on measured.method = steps.method
)

select
    grain,
    as_of,
    dimension,
    step,
    method,
    forecasts,
    wape,
    bias,
    lag(wape) over (partition by grain, as_of, dimension order by step) - wape as value_added
from shares;
