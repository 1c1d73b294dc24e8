-- The strongest members of a dimension in a month, against the month before.
select
    now_.member,
    now_.units_sold,
    now_.revenue,
    now_.average_price,
    now_.sales_mix * 100 as share,
    (now_.units_sold - then_.units_sold) * 100.0 / nullif(then_.units_sold, 0) as change
from {core}.sales_kpi as now_
left join {core}.sales_kpi as then_
    on
        now_.grain = then_.grain
        and now_.dimension = then_.dimension
        and now_.member = then_.member
        and then_.window_start = ?
where now_.grain = 'month' and now_.window_start = ? and now_.dimension = ?
order by now_.units_sold desc, now_.member asc
limit ?
