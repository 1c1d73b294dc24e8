-- The market share of KPIs: units sold / vehicles registered in the same slice and period, half up
-- in millionths. Dimensions are those that a market feed can have: the total, attributes, ordered
-- pairs. Shapes are ranked by how many attributes they tell apart; of equals the first by the
-- order of columns.
update {core}.sales_kpi
set market_share = shares.market_share
from (
    with attributes as (
        select 'region' as attribute
        union all
        select 'make' as attribute
        union all
        select 'model' as attribute
        union all
        select 'powertrain' as attribute
    ),

    named as (
        select 'total' as dimension, '' as first_attribute, '' as second_attribute
        union all
        select
            attribute as dimension,
            attribute as first_attribute,
            '' as second_attribute
        from attributes
        union all
        select
            attributes.attribute || ' x ' || others.attribute as dimension,
            attributes.attribute as first_attribute,
            others.attribute as second_attribute
        from attributes
        inner join attributes as others on attributes.attribute <> others.attribute
    ),

    dimensions as (
        select
            dimension,
            first_attribute,
            second_attribute,
            case when 'region' in (first_attribute, second_attribute) then 1 else 0 end
                as needs_region,
            case when 'make' in (first_attribute, second_attribute) then 1 else 0 end
                as needs_make,
            case when 'model' in (first_attribute, second_attribute) then 1 else 0 end
                as needs_model,
            case when 'powertrain' in (first_attribute, second_attribute) then 1 else 0 end
                as needs_powertrain
        from named
    ),

    registered as (
        select
            period_grain as grain,
            cast(period_start as timestamp) as window_start,
            region,
            make,
            model,
            powertrain,
            case when region = 'ALL' then 0 else 1 end as tells_region,
            case when make = 'ALL' then 0 else 1 end as tells_make,
            case when model = 'ALL' then 0 else 1 end as tells_model,
            case when powertrain = 'ALL' then 0 else 1 end as tells_powertrain,
            registrations
        from {core}.market_registrations
    ),

    shapes as (
        select distinct
            grain, window_start, tells_region, tells_make, tells_model, tells_powertrain
        from registered
    ),

    ranked as (
        select
            shapes.grain,
            shapes.window_start,
            shapes.tells_region,
            shapes.tells_make,
            shapes.tells_model,
            shapes.tells_powertrain,
            dimensions.dimension,
            dimensions.first_attribute,
            dimensions.second_attribute,
            row_number() over (
                partition by shapes.grain, shapes.window_start, dimensions.dimension
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

    members as (
        select
            registered.grain,
            registered.window_start,
            ranked.dimension,
            case ranked.first_attribute
                when 'region' then registered.region
                when 'make' then registered.make
                when 'model' then registered.model
                when 'powertrain' then registered.powertrain
                else 'ALL'
            end as first_member,
            case ranked.second_attribute
                when 'region' then ' x ' || registered.region
                when 'make' then ' x ' || registered.make
                when 'model' then ' x ' || registered.model
                when 'powertrain' then ' x ' || registered.powertrain
                else ''
            end as second_member,
            registered.registrations
        from registered
        inner join ranked
            on
                registered.grain = ranked.grain
                and registered.window_start = ranked.window_start
                and registered.tells_region = ranked.tells_region
                and registered.tells_make = ranked.tells_make
                and registered.tells_model = ranked.tells_model
                and registered.tells_powertrain = ranked.tells_powertrain
        where ranked.shape_rank = 1
    ),

    market as (
        select
            grain,
            window_start,
            dimension,
            first_member || second_member as member,
            cast(sum(registrations) as bigint) as registrations
        from members
        group by 1, 2, 3, 4
    )

    select
        kpis.grain,
        kpis.window_start,
        kpis.dimension,
        kpis.member,
        case
            when kpis.units_sold < 1000 * market.registrations then cast(
                cast(
                    floor(
                        cast(
                            2000000 * kpis.units_sold + market.registrations
                            as double precision
                        ) / cast(2 * market.registrations as double precision)
                    ) as decimal(9, 0)
                ) * 0.000001 as decimal(9, 6)
            )
        end as market_share
    from {core}.sales_kpi as kpis
    left join market
        on
            kpis.grain = market.grain
            and kpis.window_start = market.window_start
            and kpis.dimension = market.dimension
            and kpis.member = market.member
    where {restated}
) as shares
where
    sales_kpi.grain = shares.grain
    and sales_kpi.window_start = shares.window_start
    and sales_kpi.dimension = shares.dimension
    and sales_kpi.member = shares.member
    and sales_kpi.market_share is distinct from shares.market_share
