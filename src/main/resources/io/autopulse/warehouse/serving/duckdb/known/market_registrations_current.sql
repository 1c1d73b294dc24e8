-- Each registration as it is known now, or as the extracts until a day had it.
create view {core}.market_registrations_current as
select
    period_start, period_grain, region, make, model, powertrain, registrations, run_id
from {files}.market_vintages
where
    registrations is not null
    and case
        when getvariable('known_on') is null then replaced_on is null
        else
            known_on <= cast(getvariable('known_on') as date)
            and coalesce(replaced_on > cast(getvariable('known_on') as date), true)
    end
