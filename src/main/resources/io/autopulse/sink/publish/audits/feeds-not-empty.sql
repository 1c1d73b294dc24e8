-- Every feed has records that the last published run of the job had any of; vehicles and dealers
-- shrink by at most a fraction.
with feeds as (
    {feeds_of_job}
),

known as (
    select feed, published
    from (
        select
            feeds_before.feed,
            feeds_before.rows_published as published,
            row_number() over (
                partition by feeds_before.feed
                order by runs_before.started_at desc, runs_before.run_id desc
            ) as age
        from {core}.load_run_feeds as feeds_before
        inner join {core}.load_runs as runs_before
            on feeds_before.run_id = runs_before.run_id
        where
            runs_before.status = 'PUBLISHED'
            and runs_before.job = {job}
            and feeds_before.rows_published > 0
    ) as ranked
    where age = 1
),

compared as (
    select
        feeds.feed,
        coalesce(counted.rows_read, 0) as rows_read,
        coalesce(counted.rows_rejected, 0) as rows_rejected,
        coalesce(
            counted.rows_accepted - counted.rows_superseded - counted.rows_out_of_range, 0
        ) as usable,
        coalesce(counted.rows_accepted, 0) as rows_accepted,
        known.published
    from feeds
    left join {load_run_feeds} as counted on feeds.feed = counted.feed
    left join known on feeds.feed = known.feed
)

select
    feed as place,
    'at least a record that can be used' as expected,
    rows_read || ' records read, ' || rows_rejected || ' of them rejected' as found
from compared
where rows_accepted = 0 and (feed = 'sales' or published > 0)
union all
select
    feed as place,
    published || ' as published by the last run, fewer by at most {max_change_percent}' as expected,
    cast(usable as varchar) as found
from compared
where
    rows_accepted > 0
    and feed in ('vehicles', 'dealers')
    and published >= {fewest}
    and published - usable > {max_change} * published
