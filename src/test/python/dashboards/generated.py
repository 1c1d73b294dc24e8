"""A small warehouse of invented rows with the relations that Power BI reads, among them what is awkward: makes that only others sell, prices that are
missing, months without figures, dealers that were called otherwise, forecasts of other grains."""

import random
from datetime import date, timedelta

SEED = 20260101
MAKES = {"RENAULT": ["CLIO", "MEGANE"], "SKODA": ["ENYAQ", "OCTAVIA"], "VOLKSWAGEN": ["GOLF", "ID.3"]}
REGIONS = ["NORTH", "SOUTH", "EAST"]
DEALERS = [f"D{at}" for at in range(1, 7)]
FIRST, LAST = date(2023, 1, 1), date(2025, 2, 28)
# The month of the last sale is running, and that of the year before has a 29th day.
LAST_SALE = date(2025, 2, 17)

TABLES = """
create schema autopulse_marts;
create table autopulse_marts.dim_date (
    date_day date, calendar_year bigint, quarter_start date, month_start date, week_start date, iso_year bigint, iso_week bigint, iso_day bigint,
    fiscal_year bigint, fiscal_quarter bigint, fiscal_month bigint, is_selling_day boolean, has_passed boolean, month_has_passed boolean);
create table autopulse_marts.dim_make (make varchar);
create table autopulse_marts.dim_vehicle (vehicle_key varchar, model varchar, segment varchar, powertrain varchar);
create table autopulse_marts.dim_region (region varchar);
create table autopulse_marts.dim_dealer (dealer_id varchar, dealer_name varchar, is_current boolean);
create table autopulse_marts.fct_sales (
    sold_on date, make varchar, vehicle_key varchar, model varchar, segment varchar, powertrain varchar, region varchar, dealer_id varchar, channel varchar,
    units_sold bigint, units_cancelled bigint, units_returned bigint, revenue decimal(18, 2), discount_net decimal(18, 2), discount_list decimal(18, 2));
create table autopulse_marts.fct_sale_versions (
    sold_on date, make varchar, vehicle_key varchar, model varchar, segment varchar, powertrain varchar, region varchar, dealer_id varchar,
    version_number bigint, change varchar);
create table autopulse_marts.fct_registrations (period_start date, period_grain varchar, make varchar, region varchar, market_units bigint);
create table autopulse_marts.fct_fuel_prices (day date, region varchar, fuel varchar, average_price decimal(18, 4));
create table autopulse_marts.fct_attention (day date, source varchar, topic varchar, views bigint, mentions bigint);
create table autopulse_marts.mart_targets_by_dealer (
    month_start date, dealer_id varchar, region varchar, target_units bigint, target_units_to_date decimal(18, 6), actual_units bigint);
create table autopulse_marts.mart_forecast_vs_actual (
    grain varchar, dimension varchar, member varchar, period_start date, horizon bigint, forecast_units decimal(18, 6), actual_units bigint,
    absolute_error_units decimal(18, 6), is_latest boolean, is_first_vintage boolean, is_closed boolean);
create table autopulse_marts.mart_data_quality (
    run_id varchar, job varchar, feed varchar, status varchar, started_at timestamp, rows_read bigint, rows_rejected bigint);
create table autopulse_marts.bi_access (user_name varchar, region varchar, dealer_id varchar);
"""


def literal(value):
    """Returns a value as SQL writes it: one statement a table, which takes a tenth of the time of one a row."""
    if value is None:
        return "null"
    return str(value) if isinstance(value, (bool, int, float)) else f"'{value}'"


def days():
    return [FIRST + timedelta(days=at) for at in range((LAST - FIRST).days + 1)]


def fill(connection, access=(), last_sale=LAST_SALE):
    """Makes the relations and their rows, the same each time, with sales until a day."""
    chance = random.Random(SEED)
    connection.execute(TABLES)

    def put(table, rows):
        connection.execute(f"insert into autopulse_marts.{table} values " + ", ".join(f"({', '.join(map(literal, row))})" for row in rows))

    put("dim_date", [calendar(day, last_sale) for day in days()])
    vehicles = [(f"K{at}", f"{make} {model}", make, ["CITY", "FAMILY"][at % 2], ["ICE", "BEV", "PHEV"][at % 3]) for at, (make, model) in enumerate(
        (make, model) for make, models in MAKES.items() for model in models
    )]
    put("dim_vehicle", [(key, model, segment, powertrain) for key, model, _, segment, powertrain in vehicles])
    put("dim_make", [(make,) for make in (*MAKES, "FORD")])
    put("dim_region", [(region,) for region in REGIONS])
    put("dim_dealer", [(dealer, f"Dealer {dealer}", True) for dealer in DEALERS] + [("D1", "Dealer one, as it was", False)])
    sales, versions = [], []
    for _ in range(1200):
        day = chance.choice(days())
        if (day.year, day.month) == (2024, 5) or day > last_sale:
            continue
        key, model, make, segment, powertrain = chance.choice(vehicles)
        region, dealer, status = chance.choice(REGIONS), chance.choice(DEALERS), chance.choices("SCR", (8, 1, 1))[0]
        price = round(chance.uniform(9_000, 60_000), 2)
        listed = round(price * chance.uniform(0.98, 1.2), 2) if chance.random() < 0.8 else None
        sold = status == "S"
        sales.append((day, make, key, model, segment, powertrain, region, dealer, chance.choice(["RETAIL", "FLEET", None]), int(sold), int(status == "C"),
                      int(status == "R"), price if sold else 0, price if sold and listed else 0, listed if sold and listed else 0))
        for number in range(1, chance.choice([2, 2, 3])):
            versions.append((day, make, key, model, segment, powertrain, region, dealer, number, "first" if number == 1 else "corrected"))
    put("fct_sales", sales)
    put("fct_sale_versions", versions)
    months = sorted({day.replace(day=1) for day in days()})
    put("fct_registrations", [
        (month, grain, make, region, chance.randrange(30, 200)) for month in months[:-2] for grain in ("month", "week") for make in (*MAKES, "FORD", "ALL")
        for region in (*REGIONS, "ALL")
    ])
    put("fct_fuel_prices", [
        (day, region, fuel, round(chance.uniform(1.2, 2.1), 4)) for day in days()[::3] for region in (*REGIONS, "ALL") for fuel in ("DIESEL", "E10", "ELECTRICITY")
        if chance.random() < 0.9
    ])
    put("fct_attention", [
        (day, source, topic, chance.randrange(900) if source == "pages" else None, chance.randrange(9) if source == "posts" else None)
        for day in days()[::7] for source in ("pages", "posts") for topic in ("CLIO", "GOLF", "SKODA")
    ])
    # The last month is half over. D6 has no target, and what the whole business has beyond its dealers is sometimes less than nothing.
    put("mart_targets_by_dealer", [
        (month, dealer, region, target, target * (0.5 if month == months[-1] else 1), chance.randrange(40))
        for month in months[2:] for dealer, region in ((("ALL", "ALL"),) if month.month % 2 else ()) + tuple(zip(DEALERS[:5], (*REGIONS, "NORTH", "ALL")))
        for target in [chance.randrange(-5, 20) if dealer == "ALL" else chance.randrange(1, 30)]
    ])
    weeks = [day for day in days() if day.weekday() == 0]
    put("mart_forecast_vs_actual", [
        (grain, dimension, member, week, horizon, forecast, actual, abs(forecast - actual), latest, first, chance.random() < 0.8)
        for week in weeks for grain, dimension, member in (*(("week", "region", region) for region in REGIONS), ("week", "total", "ALL"), ("month", "region", "NORTH"))
        for horizon, latest, first in ((1, True, True), (2, False, True), (1, False, False)) for forecast, actual in [(chance.randrange(40), chance.randrange(40))]
    ])
    put("mart_data_quality", [
        (f"r{at}", job, feed, "PUBLISHED", f"{day} 23:{at % 60:02}:00", chance.randrange(1000), chance.randrange(10))
        for at, day in enumerate(days()[::5]) for job, feeds in [("refresh", ("sales", "dealers")), ("market", ("NONE",))][at % 2 : at % 2 + 1] for feed in feeds
    ])
    if access:
        put("bi_access", list(access))


def calendar(day, last_sale):
    iso = day.isocalendar()
    quarter = (day.month - 1) // 3
    return (day, day.year, date(day.year, quarter * 3 + 1, 1), day.replace(day=1), day - timedelta(days=day.weekday()), iso[0], iso[1], iso[2], day.year,
            quarter + 1, day.month, day.weekday() < 5, day <= last_sale, (day.replace(day=1) + timedelta(days=31)).replace(day=1) <= last_sale + timedelta(days=1))
