with forecasts as (
    select * from {{ ref('stg_core__forecasts') }}
    where published
),

vintages as (
    select
        grain,
        as_of,
        vintage,
        row_number() over (partition by grain, as_of order by vintage) as place,
        row_number() over (partition by grain order by as_of desc, vintage desc) as age
    from {{ ref('stg_core__forecast_vintages') }}
),

overrides as (
    select
        overrides.*,
        row_number() over (
            partition by grain, as_of, dimension, member, period_start
            order by made_at desc, author desc, units desc, reason desc
        ) as age
    from {{ ref('stg_core__forecast_overrides') }} as overrides
),

final as (
    select
        forecasts.grain,
        forecasts.as_of,
        forecasts.vintage,
        forecasts.dimension,
        forecasts.member,
        forecasts.period_start,
        {{ period_end('forecasts.grain', 'forecasts.period_start') }} as period_end,
        forecasts.horizon,
        forecasts.mean as forecast_units,
        forecasts.lower_80,
        forecasts.upper_80,
        forecasts.lower_95,
        forecasts.upper_95,
        overrides.units as override_units,
        overrides.author as override_author,
        overrides.reason as override_reason,
        vintages.place = 1 as is_first_vintage,
        vintages.age = 1 as is_latest,
        forecasts.made_by,
        forecasts.reason,
        forecasts.sentence,
        forecasts.run_id
    from forecasts
    inner join vintages
        on
            forecasts.grain = vintages.grain
            and forecasts.as_of = vintages.as_of
            and forecasts.vintage = vintages.vintage
    left join overrides
        on
            overrides.age = 1
            and forecasts.grain = overrides.grain
            and forecasts.as_of = overrides.as_of
            and forecasts.dimension = overrides.dimension
            and forecasts.member = overrides.member
            and forecasts.period_start = overrides.period_start
)

select * from final
