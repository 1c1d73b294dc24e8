-- What pipes append (Snowpipe, docs/jobs/live-sales.md): a row may come twice, after a restart of the job. So sale versions and rejected
-- records of pipes have tables of their own, and sale_versions keeps its key; panes go to sales_kpi_live itself, of which the
-- highest revision is shown. A refresh takes over what it finds here. Where a loader fills the core tables these stay empty.
create table sale_versions_live (
    sale_id varchar not null,
    updated_at timestamp not null,
    sequence bigint not null,
    status varchar not null,
    sold_at timestamp not null,
    sold_on date not null,
    model_id varchar,
    make varchar not null,
    model varchar not null,
    segment varchar not null,
    powertrain varchar not null,
    dealer_id varchar not null,
    region varchar not null,
    list_price decimal(18, 2),
    net_price decimal(18, 2) not null,
    currency varchar not null,
    channel varchar,
    source varchar,
    run_id varchar not null
);

create table rejected_records_live (
    run_id varchar not null,
    feed varchar not null,
    origin varchar not null,
    code varchar not null,
    step varchar not null,
    field varchar,
    message varchar not null,
    raw varchar not null,
    format varchar not null,
    header varchar
);

-- Every accepted version once, however it came: what was published, else what the first run of a pipe appended.
create view sale_versions_all as
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
            order by authority desc, run_id asc
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

-- Every rejected record once a job. A job that goes on from a checkpoint reads some records again: of what pipes appended the job's
-- first run shows, unless the job's record was taken over before.
create view rejected_records_all as
with appended as (
    select
        rejected_records_live.*,
        coalesce(load_runs.job, rejected_records_live.run_id) as job,
        row_number() over (
            partition by
                coalesce(load_runs.job, rejected_records_live.run_id),
                rejected_records_live.feed,
                rejected_records_live.origin
            order by rejected_records_live.run_id asc
        ) as rank_of_record
    from rejected_records_live
    left join load_runs on rejected_records_live.run_id = load_runs.run_id
),

known as (
    select
        rejected_records.feed,
        rejected_records.origin,
        coalesce(load_runs.job, rejected_records.run_id) as job
    from rejected_records
    left join load_runs on rejected_records.run_id = load_runs.run_id
)

select
    run_id,
    feed,
    origin,
    code,
    step,
    field,
    message,
    raw,
    format,
    header
from rejected_records
union all
select
    run_id,
    feed,
    origin,
    code,
    step,
    field,
    message,
    raw,
    format,
    header
from appended
where
    rank_of_record = 1
    and not exists (
        select 1
        from known
        where
            known.job = appended.job
            and known.feed = appended.feed
            and known.origin = appended.origin
    );
