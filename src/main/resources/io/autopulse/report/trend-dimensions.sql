-- The dimensions that have trend features.
select distinct dimension
from {core}.trend_features
order by dimension
