-- The launches and ends of models within some days.
select make || ' ' || model as model_name, launched_on as happened_on, true as is_launched
from {core}.vehicles
where launched_on >= ? and launched_on < ? {filter}
union all
select make || ' ' || model as model_name, discontinued_on as happened_on, false as is_launched
from {core}.vehicles
where discontinued_on >= ? and discontinued_on < ? {filter}
order by happened_on, model_name
