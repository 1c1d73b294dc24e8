-- Writes anew the panes that readers see.
insert into {core}.sales_kpi_live
select * from live_kept
