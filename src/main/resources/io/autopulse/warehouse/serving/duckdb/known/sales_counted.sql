-- The units of the weeks and months of the whole business and of single members, counted from the
-- sales as they are now, or as they were at the end of the day that the connection asks for.
create view {core}.sales_counted as
select
    grains.grain,
    dimensions.dimension,
    case dimensions.dimension
        when 'total' then 'ALL'
        when 'make' then sales.make
        when 'model' then sales.make || ' ' || sales.model
        when 'segment' then sales.segment
        when 'powertrain' then sales.powertrain
        when 'region' then sales.region
        when 'dealer' then sales.dealer_id
    end as member,
    cast(date_trunc(grains.grain, sales.sold_on) as timestamp) as window_start,
    count(case when sales.status = 'SOLD' then 1 end) as units_sold,
    count(case when sales.status = 'CANCELLED' then 1 end) as units_cancelled,
    count(case when sales.status = 'RETURNED' then 1 end) as units_returned
from {core}.sales
cross join (values ('week'), ('month')) as grains (grain)
cross join
    (
        values
        ('total'), ('make'), ('model'), ('segment'), ('powertrain'), ('region'), ('dealer')
    ) as dimensions (dimension)
group by all
