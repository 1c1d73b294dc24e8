-- A registration that a later extract of its period lacks is withdrawn: its history then ends with a vintage without a value.
alter table market_registrations_history alter column registrations drop not null;

alter table market_registrations_live alter column registrations drop not null;

create or replace view market_registrations_current as
with ranked as (
    select
        market_registrations_history_all.*,
        row_number() over (
            partition by period_start, period_grain, region, make, model, powertrain
            order by known_on desc
        ) as age
    from market_registrations_history_all
)

select
    period_start,
    period_grain,
    region,
    make,
    model,
    powertrain,
    registrations,
    run_id
from ranked
where age = 1 and registrations is not null;
