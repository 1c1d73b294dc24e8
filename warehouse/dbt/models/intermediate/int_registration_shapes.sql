with registrations as (
    select
        period_grain as grain,
        period_start,
        case when region = 'ALL' then 0 else 1 end as tells_region,
        case when make = 'ALL' then 0 else 1 end as tells_make,
        case when model = 'ALL' then 0 else 1 end as tells_model,
        case when powertrain = 'ALL' then 0 else 1 end as tells_powertrain
    from {{ ref('stg_core__market_registrations') }}
),

shapes as (
    select distinct * from registrations
),

dimensions as (
    {%- for dimension, attributes in market_dimensions().items() %}
    select
        '{{ dimension }}' as dimension,
        {%- for attribute in ['region', 'make', 'model', 'powertrain'] %}
        {{ 1 if attribute in attributes else 0 }} as needs_{{ attribute }}{{ ',' if not loop.last }}
        {%- endfor %}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

ranked as (
    select
        dimensions.dimension,
        shapes.*,
        row_number() over (
            partition by shapes.grain, shapes.period_start, dimensions.dimension
            order by
                shapes.tells_region + shapes.tells_make + shapes.tells_model
                + shapes.tells_powertrain,
                shapes.tells_region,
                shapes.tells_make,
                shapes.tells_model,
                shapes.tells_powertrain
        ) as shape_rank
    from shapes
    inner join dimensions
        on
            shapes.tells_region >= dimensions.needs_region
            and shapes.tells_make >= dimensions.needs_make
            and shapes.tells_model >= dimensions.needs_model
            and shapes.tells_powertrain >= dimensions.needs_powertrain
),

final as (
    select
        dimension,
        grain,
        period_start,
        tells_region,
        tells_make,
        tells_model,
        tells_powertrain
    from ranked
    where shape_rank = 1
)

select * from final
