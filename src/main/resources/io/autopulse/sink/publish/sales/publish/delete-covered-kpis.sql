-- The KPIs of the job's grains within the covered dates.
delete from {core}.sales_kpi
where grain in ({grains}) and window_start >= {from} and window_end <= {to}
