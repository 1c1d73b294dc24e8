-- No target, no line; and each target has one.
select
    targets.month_start,
    targets.dealer_id,
    targets.make,
    targets.model,
    count(lines.month_start) as target_lines
from {{ ref('stg_core__sales_targets') }} as targets
left join {{ ref('mart_target_attainment') }} as lines
    on
        targets.month_start = lines.month_start
        and targets.dealer_id = lines.dealer_id
        and targets.make = lines.make
        and targets.model = lines.model
group by 1, 2, 3, 4
having count(lines.month_start) <> 1
