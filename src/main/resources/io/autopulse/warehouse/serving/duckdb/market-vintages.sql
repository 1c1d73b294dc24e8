-- Every value that a registration has had, and the day on which another was known.
select
    history.*,
    lead(history.known_on) over (
        partition by
            history.period_start,
            history.period_grain,
            history.region,
            history.make,
            history.model,
            history.powertrain
        order by history.known_on
    ) as replaced_on
from {core}.market_registrations_history_all as history
