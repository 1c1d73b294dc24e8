-- When the newest run that the marts show had ended.
select max(ended_at) as newest
from autopulse_marts.mart_data_quality
where status = 'PUBLISHED'
