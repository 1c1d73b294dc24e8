-- Of the published sales of the covered dates, and of each month of them, at most a fraction is
-- gone from the feed.
with published as (
    select
        sales.sale_id,
        cast(date_trunc('month', sales.sold_on) as date) as sold_in,
        case when staged.sale_key is null then 1 else 0 end as is_gone
    from {core}.sales as sales
    left join (select distinct sale_key from {audited_versions}) as staged
        on hash(sales.sale_id) = staged.sale_key
    where sales.sold_on >= {from} and sales.sold_on < {to}
),

counted as (
    select
        'published sales of the covered dates' as place,
        {max_gone} as max_gone,
        '{max_gone_percent}' as limit_text,
        2 as fewest_of_all,
        count(*) as sales,
        sum(is_gone) as gone,
        min(case when is_gone = 1 then sale_id end) as example
    from published
    union all
    select
        'published sales of the month from ' || cast(sold_in as varchar) as place,
        {max_gone_of_month} as max_gone,
        '{max_gone_of_month_percent}' as limit_text,
        {fewest} as fewest_of_all,
        count(*) as sales,
        sum(is_gone) as gone,
        min(case when is_gone = 1 then sale_id end) as example
    from published
    group by sold_in
)

select
    place,
    'of ' || sales || ' at most ' || limit_text || ' gone' as expected,
    gone || ' gone, such as ' || example as found
from counted
where
    gone > max_gone * sales
    and (sales >= {fewest} or (gone = sales and sales >= fewest_of_all))
