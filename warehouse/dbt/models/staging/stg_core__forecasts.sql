with source as (
    select * from {{ source('core', 'forecasts') }}
),

renamed as (
    select
        grain,
        as_of,
        vintage,
        dimension,
        member,
        period_start,
        method,
        horizon,
        mean,
        lower_80,
        upper_80,
        lower_95,
        upper_95,
        published,
        made_by,
        reason,
        level_units,
        trend_units,
        season_units,
        reconciliation_units,
        sentence,
        run_id
    from source
)

select * from renamed
