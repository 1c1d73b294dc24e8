-- Every value that a market figure has had, with the business date on whose evening it was first known: what a week's trend
-- features may use is what was known by its end. Append-only; the tables without _history hold the latest value of each key.
create table market_registrations_history (
    period_start date not null,
    period_grain varchar not null,
    region varchar not null,
    make varchar not null,
    model varchar not null,
    powertrain varchar not null,
    known_on date not null,
    registrations bigint not null,
    run_id varchar not null
);

create table fuel_prices_history (
    day date not null,
    region varchar not null,
    fuel varchar not null,
    known_on date not null,
    average_price decimal(18, 4) not null,
    minimum_price decimal(18, 4) not null,
    maximum_price decimal(18, 4) not null,
    stations bigint not null,
    run_id varchar not null
);

create table market_attention_history (
    day date not null,
    source varchar not null,
    topic varchar not null,
    known_on date not null,
    views bigint,
    mentions bigint,
    sentiment_mean decimal(9, 6),
    run_id varchar not null
);
