-- What was known of vehicles, and since when: a forecast as of an earlier date must not know a launch or an end that was told after it.
-- Rows are appended by each refresh whose feed differs, never changed. It begins with the first refresh after this migration.
create table vehicles_history (
    model_id varchar not null,
    known_at timestamp not null,
    make varchar not null,
    model varchar not null,
    segment varchar not null,
    powertrain varchar not null,
    list_price decimal(18, 2),
    launched_on date,
    discontinued_on date,
    successor varchar,
    run_id varchar not null
);
