-- What the pages of a dashboard ask the marts, a year or the last five at a time. Each query follows a line with its name.

-- sales: units, revenue and price of the last 24 months
select period_start, sum(units_sold) as units, sum(revenue) as revenue, sum(revenue) / nullif(sum(units_sold), 0) as price
from AUTOPULSE_MARTS.mart_sales_by_region
where grain = 'month' and period_start >= date '2023-01-01' group by 1 order by 1;

-- sales: the ten models of a quarter
select model, sum(units_sold) as units, sum(revenue) as revenue
from AUTOPULSE_MARTS.mart_sales_by_model
where grain = 'month' and period_start between date '2024-10-01' and date '2024-12-31' group by 1 order by 2 desc limit 10;

-- sales: a model by day over five years
select period_start, units_sold, average_price
from AUTOPULSE_MARTS.mart_sales_by_model
where grain = 'day' and model = (select max(model) from AUTOPULSE_MARTS.mart_sales_by_model) order by 1;

-- sales: regions by week of a year
select period_start, region, units_sold, revenue, sales_mix
from AUTOPULSE_MARTS.mart_sales_by_region
where grain = 'week' and period_start >= date '2024-01-01' order by 1, 2;

-- sales: powertrains by month over five years
select period_start, powertrain, units_sold, sales_mix, average_price
from AUTOPULSE_MARTS.mart_sales_by_powertrain where grain = 'month' order by 1, 2;

-- sales: dealers of a year, with the year before
select dealer_id, max(dealer_name) as dealer, sum(units_sold) filter (where period_start >= date '2024-01-01') as units,
  sum(units_sold) filter (where period_start < date '2024-01-01') as units_before
from AUTOPULSE_MARTS.mart_sales_by_dealer
where grain = 'month' and period_start >= date '2023-01-01' group by 1 order by 3 desc;

-- sales: targets of a month, the farthest behind first
select dealer_id, target_units, actual_units, attainment, gap_units, pace_needed
from AUTOPULSE_MARTS.mart_target_attainment where month_start = date '2024-12-01' order by attainment limit 50;

-- sales: prices of models against the year before
select member, average_price, median_price, price_change_over_year, price_index
from AUTOPULSE_MARTS.mart_price_trends
where grain = 'month' and dimension = 'model' and period_start = date '2024-11-01' order by units_sold desc limit 50;

-- market: share by make and month over five years
select period_start, member, market_share, share_change_points
from AUTOPULSE_MARTS.mart_market_share where grain = 'month' and dimension = 'make' order by 1, 2;

-- market: who contributed to the change of a month
select member, share_change_points, contribution_points
from AUTOPULSE_MARTS.mart_market_share
where grain = 'month' and dimension = 'model' and period_start = date '2024-11-01' order by abs(contribution_points) desc limit 20;

-- market: weeks of registrations, fuel prices and attention
select * from AUTOPULSE_MARTS.fct_market_week order by week_start;

-- forecast: what was forecast beside what was sold
select period_start, forecast_units, lower_80, upper_80, actual_units
from AUTOPULSE_MARTS.mart_forecast_vs_actual where grain = 'week' and dimension = 'total' order by 1;

-- data health: the last runs
select run_id, feed, status, rejected_share, audits_failed
from AUTOPULSE_MARTS.mart_data_quality order by started_at desc limit 100;

-- a filter without a mart: a dealer's models by fiscal month, from the fact
select dates.month_start, sales.model, sum(sales.units_sold) as units, sum(sales.revenue) as revenue
from AUTOPULSE_MARTS.fct_sales as sales
inner join AUTOPULSE_MARTS.dim_date as dates on sales.sold_on = dates.date_day
where sales.dealer_id = (select min(dealer_id) from AUTOPULSE_MARTS.fct_sales) group by 1, 2 order by 1, 2;
