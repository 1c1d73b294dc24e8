-- The units of single days by the minute that they were sold in.
select
    sold_on,
    date_trunc('minute', sold_at) as sold_minute,
    count(*) as units_sold
from {core}.sales
where sold_on in ({days}) and status = 'SOLD' {filter}
group by 1, 2
order by 1, 2
