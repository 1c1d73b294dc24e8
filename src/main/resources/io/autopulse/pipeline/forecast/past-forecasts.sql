-- What the first vintage of each earlier as-of date said of periods that are complete now: what its
-- readers had. Of what was published also the steps that led there: the member forecast alone, the
-- same made to add up, before the bias of earlier vintages was taken out, and what planners said
-- before the period was over.
with said as (
    select
        dimension,
        member,
        as_of,
        period_start,
        horizon,
        method,
        published,
        mean,
        lower_80,
        upper_80,
        lower_95,
        upper_95,
        mean - coalesce(bias_units, 0) as reconciled,
        mean - coalesce(bias_units, 0) - coalesce(reconciliation_units, 0) as model
    from {core}.forecasts
    where
        grain = {grain}
        and vintage = 1
        and as_of < {as_of}
        and as_of >= {oldest}
        and period_start < {to}
        and dimension in ({dimensions})
),

planned as (
    select
        as_of,
        dimension,
        member,
        period_start,
        units,
        row_number() over (
            partition by as_of, dimension, member, period_start
            order by made_at desc, author desc, units desc, reason desc
        ) as age
    from {core}.forecast_overrides
    where
        grain = {grain}
        and made_at < cast(period_start + interval '{period}' as timestamp)
),

steps as (
    select
        said.dimension,
        said.member,
        said.as_of,
        said.period_start,
        said.horizon,
        made.method,
        case made.method
            when 'model' then said.model
            when 'reconciled' then said.reconciled
            else coalesce(planned.units, said.mean)
        end as mean
    from said
    cross join (
        select 'model' as method
        union all
        select 'reconciled' as method
        union all
        select 'override' as method
    ) as made
    left join planned
        on
            planned.age = 1
            and said.as_of = planned.as_of
            and said.dimension = planned.dimension
            and said.member = planned.member
            and said.period_start = planned.period_start
    where said.published
)

select
    dimension,
    member,
    as_of,
    period_start,
    horizon,
    method,
    mean,
    lower_80,
    upper_80,
    lower_95,
    upper_95
from said
union all
select
    dimension,
    member,
    as_of,
    period_start,
    horizon,
    method,
    mean,
    cast(null as decimal(18, 6)) as lower_80,
    cast(null as decimal(18, 6)) as upper_80,
    cast(null as decimal(18, 6)) as lower_95,
    cast(null as decimal(18, 6)) as upper_95
from steps
