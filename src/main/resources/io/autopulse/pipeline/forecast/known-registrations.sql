-- What was known of the whole market's registrations, by month, from which evening on.
select
    period_start,
    region,
    make,
    model,
    powertrain,
    known_on,
    registrations
from {core}.market_registrations_history_all
where period_grain = 'month' and known_on < {to}
