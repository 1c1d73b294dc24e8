with registrations as (
    select * from {{ ref('stg_core__market_registrations') }}
),

shapes as (
    select * from {{ ref('int_registration_shapes') }}
),

members as (
    select
        registrations.period_grain as grain,
        registrations.period_start,
        shapes.dimension,
        case shapes.dimension
            {%- for dimension, attributes in market_dimensions().items() %}
            when '{{ dimension }}'
                then {% if attributes %}{% for attribute in attributes %}registrations.{{ attribute }}{{ " || ' x ' || " if not loop.last }}{% endfor %}{% else %}'ALL'{% endif %}
            {%- endfor %}
        end as member,
        registrations.registrations
    from registrations
    inner join shapes
        on
            registrations.period_grain = shapes.grain
            and registrations.period_start = shapes.period_start
            and case when registrations.region = 'ALL' then 0 else 1 end = shapes.tells_region
            and case when registrations.make = 'ALL' then 0 else 1 end = shapes.tells_make
            and case when registrations.model = 'ALL' then 0 else 1 end = shapes.tells_model
            and case when registrations.powertrain = 'ALL' then 0 else 1 end
            = shapes.tells_powertrain
),

final as (
    select
        grain,
        period_start,
        dimension,
        member,
        cast(sum(registrations) as bigint) as market_units
    from members
    group by 1, 2, 3, 4
)

select * from final
