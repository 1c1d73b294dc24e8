-- Records that share sale, moment and sequence with another and not its content (docs/adr/0017-equal-moments.md).
alter table load_run_feeds add column rows_conflicting bigint default 0;

-- Every accepted version once, however it came: of a sale, moment and sequence the greatest content, by the columns in the order in which the
-- pipeline compares them. Of equal contents what was published, else what the first run of a pipe appended.
create or replace view sale_versions_all as
with versions as (
    select sale_versions.*, 1 as authority from sale_versions
    union all
    select sale_versions_live.*, 0 as authority from sale_versions_live
),

ranked as (
    select
        versions.*,
        row_number() over (
            partition by sale_id, updated_at, sequence
            order by
                case status when 'RETURNED' then 2 when 'CANCELLED' then 1 else 0 end desc,
                sold_at desc,
                net_price desc,
                coalesce(list_price, -1) desc,
                coalesce(model_id, '') desc,
                make desc,
                model desc,
                segment desc,
                powertrain desc,
                dealer_id desc,
                region desc,
                coalesce(channel, '') desc,
                coalesce(source, '') desc,
                authority desc,
                run_id asc
        ) as rank_of_version
    from versions
)

select
    sale_id,
    updated_at,
    sequence,
    status,
    sold_at,
    sold_on,
    model_id,
    make,
    model,
    segment,
    powertrain,
    dealer_id,
    region,
    list_price,
    net_price,
    currency,
    channel,
    source,
    run_id
from ranked
where rank_of_version = 1;
