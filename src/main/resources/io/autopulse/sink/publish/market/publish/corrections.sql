-- Figures whose last staged vintage says otherwise than the last published one.
with newest as (
    select
        staged.*,
        row_number() over (partition by {key} order by known_on desc) as age
    from {staged} as staged
),

published as (
    select
        history.*,
        row_number() over (partition by {key} order by known_on desc) as age
    from {core}.{table}_history as history
)

select {newest_key}, {today} as known_on, {newest_measures}
from newest
inner join published on {newest_is_published}
where
    newest.age = 1
    and published.age = 1
    and newest.known_on <= published.known_on
    and (newest.known_on = published.known_on or not newest.dated)
    and ({values_differ})
