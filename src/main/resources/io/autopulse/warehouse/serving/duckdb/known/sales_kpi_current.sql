-- The KPIs as they are now. Those of an earlier day are counted from its sales: units of the weeks
-- and months of the whole business and of single members; the rest of them is not known.
create view {core}.sales_kpi_current as
select * from {files}.sales_kpi_current
where getvariable('known_until') is null
union all by name
select * from {core}.sales_counted
where getvariable('known_until') is not null
