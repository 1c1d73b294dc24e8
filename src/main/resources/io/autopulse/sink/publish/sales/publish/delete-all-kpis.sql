-- The KPIs of the job's grains, if the run covers all dates.
delete from {core}.sales_kpi where grain in ({grains})
