-- How many weeks have trend features, the last of them, and the last that sold anything.
select
    count(distinct week_start) as weeks,
    max(week_start) as last_week,
    max(case when units > 0 then week_start end) as last_sale
from {core}.trend_features
