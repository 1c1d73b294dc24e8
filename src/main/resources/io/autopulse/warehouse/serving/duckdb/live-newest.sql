-- The latest change of a sale and the latest pane that are loaded.
select
    (select max(updated_at) from {core}.sale_versions) as newest_event,
    (select max(computed_at) from {core}.sales_kpi_live) as newest_pane
