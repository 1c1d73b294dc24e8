-- Sales targets of months (docs/manifest.md, the feed targets). ALL stands for what a target does not tell apart.
create table sales_targets (
    month date not null,
    dealer_id varchar not null,
    make varchar not null,
    model varchar not null,
    units bigint not null,
    revenue decimal(18, 2),
    currency varchar not null,
    updated_at timestamp,
    run_id varchar not null
);
