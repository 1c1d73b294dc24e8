-- The units of published windows fall, or change, by at most a fraction. One dimension a grain is
-- compared: the total, or else the first that both have. Windows that were never published do not
-- count; a grain whose dimensions are all new is not compared.
with staged as (
    select grain, window_start, dimension, sum(units_sold) as units
    from {audited_windows}
    group by grain, window_start, dimension
),

published as (
    select grain, window_start, dimension, sum(units_sold) as units
    from {core}.sales_kpi
    where grain in ({grains}) and window_start >= {from} and window_end <= {to}
    group by grain, window_start, dimension
),

ranked as (
    select
        known_dimensions.grain,
        known_dimensions.dimension,
        kept.dimension as kept,
        row_number() over (
            partition by known_dimensions.grain
            order by
                case when kept.dimension is null then 1 else 0 end,
                case when known_dimensions.dimension = 'total' then 0 else 1 end,
                known_dimensions.dimension
        ) as rank_in_grain
    from (select distinct grain, dimension from published) as known_dimensions
    left join (select distinct grain, dimension from staged) as kept
        on known_dimensions.grain = kept.grain and known_dimensions.dimension = kept.dimension
),

compared as (
    select
        published.grain,
        sum(published.units) as published_units,
        sum(coalesce(staged.units, 0)) as staged_units
    from published
    inner join ranked
        on published.grain = ranked.grain and published.dimension = ranked.dimension
    left join staged
        on
            published.grain = staged.grain
            and published.window_start = staged.window_start
            and published.dimension = staged.dimension
    where
        ranked.rank_in_grain = 1
        and (
            ranked.kept is not null
            or published.grain not in (select kept_grains.grain from staged as kept_grains)
        )
    group by published.grain
)

select
    'units by ' || grain as place,
    published_units || ' as published, {changed} by at most {max_change_percent}' as expected,
    cast(staged_units as varchar) as found
from compared
where {change} > {max_change} * published_units and published_units >= {fewest}
