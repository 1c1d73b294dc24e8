-- The audited KPIs of every closed window are what plain SQL over the versions of the published sales says: no model is used but the
-- list of windows.
with settled as (
    select * from {{ ref('int_settled_windows') }}
    where is_settled
),

published as (
    select
        versions.status,
        versions.sold_on,
        versions.net_price,
        versions.make,
        versions.model,
        versions.segment,
        versions.powertrain,
        versions.region,
        versions.dealer_id
    from {{ source('core_views', 'sale_versions_all') }} as versions
    inner join {{ source('core', 'sales') }} as sales
        on
            versions.sale_id = sales.sale_id
            and versions.updated_at = sales.updated_at
            and versions.sequence = sales.sequence
),

days as (
    {%- for dimension, attributes in sales_dimensions().items() %}
    select
        '{{ dimension }}' as dimension,
        {% if dimension == 'model' %}make || ' ' || model{% elif dimension == 'region x model' %}region || ' x ' || make || ' ' || model{% else %}{{ member(attributes) }}{% endif %} as member,
        sold_on,
        sum(case when status = 'SOLD' then 1 else 0 end) as units_sold,
        sum(case when status = 'CANCELLED' then 1 else 0 end) as units_cancelled,
        sum(case when status = 'RETURNED' then 1 else 0 end) as units_returned,
        sum(case when status = 'SOLD' then net_price else 0 end) as revenue
    from published
    group by 1, 2, 3
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

added as (
    select
        settled.grain,
        settled.period_start,
        days.dimension,
        days.member,
        sum(days.units_sold) as units_sold,
        sum(days.units_cancelled) as units_cancelled,
        sum(days.units_returned) as units_returned,
        sum(days.revenue) as revenue
    from settled
    inner join days
        on
            settled.period_start <= days.sold_on
            and settled.period_end > days.sold_on
    group by 1, 2, 3, 4
),

kpis as (
    select * from {{ ref('int_settled_kpis') }}
),

computed as (
    select distinct
        grain,
        period_start,
        dimension
    from kpis
),

expected as (
    select added.*
    from added
    inner join computed
        on
            added.grain = computed.grain
            and added.period_start = computed.period_start
            and added.dimension = computed.dimension
)

select
    coalesce(kpis.grain, expected.grain) as grain,
    coalesce(kpis.period_start, expected.period_start) as period_start,
    coalesce(kpis.dimension, expected.dimension) as dimension,
    coalesce(kpis.member, expected.member) as member,
    expected.units_sold as expected_units_sold,
    kpis.units_sold,
    expected.revenue as expected_revenue,
    kpis.revenue
from kpis
full outer join expected
    on
        kpis.grain = expected.grain
        and kpis.period_start = expected.period_start
        and kpis.dimension = expected.dimension
        and kpis.member = expected.member
where
    coalesce(kpis.units_sold, 0) <> coalesce(expected.units_sold, 0)
    or coalesce(kpis.units_cancelled, 0) <> coalesce(expected.units_cancelled, 0)
    or coalesce(kpis.units_returned, 0) <> coalesce(expected.units_returned, 0)
    or coalesce(kpis.revenue, 0) <> coalesce(expected.revenue, 0)
