-- The latest change of a sale and the latest pane that are loaded, and how much is: rows that come
-- late move no maximum.
select
    (select max(updated_at) from {core}.sale_versions) as newest_version,
    (select max(updated_at) from {core}.sale_versions_live) as newest_appended,
    (select max(computed_at) from {core}.sales_kpi_live) as newest_pane,
    (select count(*) from {core}.sale_versions) as versions,
    (select count(*) from {core}.sale_versions_live) as appended,
    (select count(*) from {core}.sales_kpi_live) as panes
