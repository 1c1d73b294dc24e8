-- How many panes there are.
select count(*) as panes
from {core}.sales_kpi_live
