-- Which live run restates which table, and by which state of its job: the id of the start that began with an empty state. Two states
-- of one table do not know what the other has computed, so a start that would mix their rows is refused (docs/jobs/live-sales.md).
-- A loader (autopulse follow) loads what its job on a cluster drops.
create table live_runs (
    run_id varchar not null,
    live_table varchar not null,
    state varchar not null,
    is_loader boolean not null
);
