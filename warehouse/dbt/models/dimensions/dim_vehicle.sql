with sold as (
    select make, model, segment, powertrain from {{ ref('stg_core__sales') }}
    union
    select make, model, segment, powertrain from {{ ref('stg_core__sale_versions') }}
    union
    select make, model, segment, powertrain from {{ ref('stg_core__vehicles') }}
),

-- Several models of the feed may share the four attributes: the first of them describes the vehicle.
vehicles as (
    select
        vehicles.*,
        row_number() over (
            partition by make, model, segment, powertrain order by model_id
        ) as place,
        count(*) over (partition by make, model, segment, powertrain) as models
    from {{ ref('stg_core__vehicles') }} as vehicles
),

final as (
    select
        {{ key_of(['sold.make', 'sold.model', 'sold.segment', 'sold.powertrain']) }} as vehicle_key,
        sold.make,
        sold.make || ' ' || sold.model as model,
        sold.model as model_name,
        sold.segment,
        sold.powertrain,
        vehicles.model_id,
        coalesce(vehicles.models, 0) as feed_models,
        vehicles.list_price,
        vehicles.launched_on,
        vehicles.discontinued_on,
        vehicles.successor
    from sold
    left join vehicles
        on
            sold.make = vehicles.make
            and sold.model = vehicles.model
            and sold.segment = vehicles.segment
            and sold.powertrain = vehicles.powertrain
            and vehicles.place = 1
)

select * from final
