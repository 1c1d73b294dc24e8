#!/usr/bin/env python3
"""Trend features and attention figures by DuckDB SQL, and the invented data that both engines read.

Nothing is shared with Autopulse but the data and the tables' definitions. The SQL of the trends uses that no sale of the
invented business becomes known, or is corrected, in a later week than its own: then the weeks as they are now are what
each of them was at its end, and one pass of window functions gives the columns. What becomes known late takes a
join of every week with what it knew, which is quadratic in the weeks (TrendFeaturesIT has that SQL).
"""

import argparse
import json
import pathlib
import time

import duckdb

MIGRATIONS = pathlib.Path(__file__).parents[2] / "warehouse" / "migrations"
FIRST_WEEK = "2014-01-13"
WEEKS = 520
LAST_WEEK = "2023-12-25"
MODELS = 300
MAKES = 20
SALES_PER_WEEK = 0.25  # of a dealer, of each; a week without sales has a row too
FILES = 8
TOPICS = 1000
SOURCES = 2
PAGES = 4
DIMENSIONS = {"total": "'ALL'", "make": "make", "model": "make || ' ' || model", "dealer": "dealer_id"}


def business(series, seed):
    """Sales of so many dealers, each from the first week on; 3 % cancelled within the hour; prices; attention."""
    sales = series * WEEKS * SALES_PER_WEEK
    yield f"""
        insert into sale_versions
        with numbered as (
            select i, i % {series} as dealer, hash(i, {seed}) as h, hash(i, {seed + 1}) as g
            from range({int(sales)}) as sale (i)
        ),
        placed as (
            select *, (g % {MODELS})::integer as model_number,
                timestamp '{FIRST_WEEK} 08:00:00'
                + to_days((7 * case when i < {series} then 0 else h % {WEEKS} end + (h >> 16) % 7)::integer)
                + to_seconds(((h >> 24) % 36000)::bigint) as moment
            from numbered
        ),
        versions as (
            select *, 0 as later from placed
            union all
            select *, 1 from placed where i % 33 = 5
        )
        select
            'S' || i, moment + to_hours(later), later, case later when 0 then 'SOLD' else 'CANCELLED' end, moment,
            moment::date, 'M' || model_number, 'MAKE ' || model_number % {MAKES}, 'MODEL ' || model_number,
            'SEGMENT ' || model_number % 6, ['ICE', 'HEV', 'PHEV', 'BEV'][1 + model_number % 4],
            'D' || lpad(dealer::varchar, 6, '0'), 'REGION ' || dealer % 13, null,
            ((1000000 + model_number * 9000 + (h >> 8) % 400000) * 0.01)::decimal(18, 2), 'EUR', null, null, 'generated'
        from versions"""
    yield f"""
        insert into fuel_prices_history
        select day, 'REGION ' || region, fuel, day, 1.4 + (hash(day, region, fuel, {seed}) % 4000) * 0.0001, 1, 2,
            5 + 3 * region, 'generated'
        from (select date '{FIRST_WEEK}' + d::integer as day from range({7 * WEEKS}) as days (d)),
            range(4) as regions (region), (values ('DIESEL'), ('PETROL')) as fuels (fuel)"""
    yield f"""
        insert into market_attention_history
        select day, 'WIKIMEDIA', topic, day, hash(day, topic, {seed}) % 5000, null, null, 'generated'
        from (select date '{FIRST_WEEK}' + d::integer as day from range({7 * WEEKS}) as days (d)),
            (select 'MAKE ' || m as topic from range({MAKES}) as makes (m)
             union all select 'MAKE ' || m % {MAKES} || ' MODEL ' || m from range(30) as models (m))"""


def trends(connection):
    members = " union all ".join(
        f"select '{d}' as dimension, {m} as member, sold_week, item, units, cents from sold" for d, m in DIMENSIONS.items())
    yield f"""
        create temp table item_weeks as
        with sold as (
            select date_trunc('week', sold_on)::date as sold_week, make, model, dealer_id,
                make || '|' || model || '|' || powertrain as item,
                (status = 'SOLD')::integer as units,
                case when status = 'SOLD' then (net_price * 100)::bigint else 0 end as cents
            from sale_versions
            qualify row_number() over (partition by sale_id order by updated_at desc, sequence desc) = 1
        )
        select dimension, member, item, sold_week, sum(units)::bigint as units, sum(cents)::bigint as cents
        from ({members})
        group by all"""
    yield """
        create temp table indexes as
        with based as (
            select *, sum(units) over quarter as base_units, sum(cents) over quarter as base_cents
            from item_weeks
            window quarter as (
                partition by dimension, member, item order by sold_week
                range between interval 91 days preceding and interval 7 days preceding)
        )
        select dimension, member, sold_week as w,
            100 * sqrt(
                sum(cents::double / units * base_units) / sum(base_cents::double)
                * (sum(cents::double) / sum(base_cents::double / base_units * units))) as price_index
        from based where units > 0 and base_units > 0 group by all"""
    yield f"""
        create temp table weeks_of_market as
        with weeks as (select date '{FIRST_WEEK}' + 7 * n::integer as w from range({WEEKS}) as weeks (n)),
        days as (
            select date_trunc('week', day)::date as w, day, fuel,
                sum(average_price * stations)::double / sum(stations)::double as price
            from fuel_prices_history group by all
        ),
        fuels as (select w, fuel, avg(price) as price from days group by all),
        prices as (select w, avg(price) as price from fuels group by all)
        select w, price, price / lag(price, 4) over (order by w) - 1 as price_change
        from weeks left join prices using (w)"""
    yield """
        create temp table weeks_of_topics as
        with sources as (
            select date_trunc('week', day)::date as w, topic, source,
                avg(coalesce(views, 0) + coalesce(mentions, 0)) as attention
            from market_attention_history group by all
        ),
        topics as (select w, topic, sum(attention) as attention from sources group by all)
        select *, attention / nullif(lag(attention) over (partition by topic order by w), 0) - 1 as change from topics"""
    yield f"""
        create temp table windowed as
        with firsts as (select dimension, member, min(sold_week) as first_week from item_weeks group by all),
        weeks as (select date '{FIRST_WEEK}' + 7 * n::integer as w from range({WEEKS}) as weeks (n)),
        sums as (select dimension, member, sold_week, sum(units)::bigint as units from item_weeks group by all),
        series as (
            select firsts.dimension, firsts.member, weeks.w, coalesce(sums.units, 0) as u
            from firsts join weeks on weeks.w >= firsts.first_week
            left join sums
                on firsts.dimension = sums.dimension and firsts.member = sums.member and weeks.w = sums.sold_week
        )
        select *, lag(u, 1) over p as lag_1, lag(u, 2) over p as lag_2, lag(u, 4) over p as lag_4,
            lag(u, 13) over p as lag_13, lag(u, 52) over p as lag_52, row_number() over p as n,
            avg(u) over (p rows between 3 preceding and current row) as avg_4,
            avg(u) over (p rows between 12 preceding and current row) as avg_13,
            sum(u) over (p rows between 3 preceding and current row) as now_4,
            coalesce(sum(u) over (p rows between 7 preceding and 4 preceding), 0) as before_4
        from series window p as (partition by dimension, member order by w)"""

    def rounded(value, decimals, nudge="1e-11"):
        # A value at a tie is nudged over it: sums of doubles fall short of it in the last digits.
        return f"round({value} + {nudge} * sign({value}), {decimals})::decimal(18, {decimals})"

    # Wholes of thousands put millions of values closer to ties than any nudge: integers round exactly.
    grown, whole = "(c.now_4 * t.before_4 - c.before_4 * t.now_4)", "nullif(t.now_4 * t.before_4, 0)"
    share = f"(sign({grown}) * ((2_000_000 * abs({grown}) + {whole}) // (2 * {whole})) / 1e6)::decimal(9, 6)"
    yield f"""
        insert into trend_features
        select c.w, c.dimension, c.member, c.u, c.lag_1, c.lag_2, c.lag_4, c.lag_13, c.lag_52,
            case when c.n >= 4 then {rounded('c.avg_4', 6)} end, case when c.n >= 13 then {rounded('c.avg_13', 6)} end,
            {rounded('(c.u::double / nullif(c.lag_1, 0) - 1)', 6)}, {rounded('(c.u::double / nullif(c.lag_52, 0) - 1)', 6)},
            case when t.n >= 8 then {share} end,
            case when c.n > 13 then {rounded('i.price_index', 6, '1e-12')} end,
            {rounded('f.price', 4)}, {rounded('f.price_change', 6)}, {rounded('a.attention', 6)}, {rounded('a.change', 6)},
            'duckdb'
        from windowed as c
        join windowed as t on c.w = t.w and t.dimension = 'total'
        left join indexes as i on c.w = i.w and c.dimension = i.dimension and c.member = i.member
        left join weeks_of_market as f on c.w = f.w
        left join weeks_of_topics as a on c.w = a.w and a.topic = c.member and c.dimension in ('make', 'model')"""


def landing(folder, records, seed):
    """Views of pages by day; 2 % told again two days later with another count, 1 % told twice."""
    for file in range(FILES):
        yield f"""
            copy (
                with told as (
                    select i, hash(i, {seed}) as h, i // {TOPICS * SOURCES * PAGES} as d,
                        i % {TOPICS * SOURCES * PAGES} as page
                    from range({file}, {records}, {FILES}) as record (i)
                ),
                extracted as (
                    select *, 1 as after, 0 as more from told
                    union all select *, 3, 1 + h % 50 from told where i % 50 = 7
                    union all select *, 1, 0 from told where i % 100 = 11
                )
                select
                    date '2021-01-01' + d::integer as day,
                    ['wikimedia', 'Forum '][1 + page % {SOURCES}] as source,
                    'Topic_' || (page // {SOURCES * PAGES}) as topic,
                    'P' || page as page, h % 10000 + more as views,
                    strftime(date '2021-01-01' + (d + after)::integer + interval 6 hours, '%Y-%m-%dT%H:%M:%SZ')
                        as extracted_at
                from extracted
            ) to '{folder}/attention-{file}.csv' (header)"""


def attention(folder):
    yield f"""
        create temp table extracted as
        select day, source, topic, page, timezone('Europe/Paris', extracted_at)::date as known_on,
            max_by(views, (extracted_at, views)) as views
        from read_csv('{folder}/*.csv', header = true, columns = {{
            'day': 'date', 'source': 'varchar', 'topic': 'varchar', 'page': 'varchar', 'views': 'bigint',
            'extracted_at': 'timestamptz'}})
        group by all"""
    yield """
        create temp table vintages as
        with changes as (
            select *, views - coalesce(lag(views) over (
                partition by day, source, topic, page order by known_on), 0) as change
            from extracted
        ),
        spellings as (
            select source, topic,
                upper(trim(regexp_replace(source, '\\s+', ' ', 'g'))) as source_name,
                upper(trim(regexp_replace(replace(topic, '_', ' '), '\\s+', ' ', 'g'))) as topic_name
            from (select distinct source, topic from extracted)
        ),
        sums as (
            select day, source_name as source, topic_name as topic, known_on, sum(change)::bigint as change
            from changes join spellings using (source, topic) group by all
        )
        select day, source, topic, known_on,
            sum(change) over figure as views, change, row_number() over figure as n,
            known_on = max(known_on) over (partition by day, source, topic) as is_last
        from sums window figure as (partition by day, source, topic order by known_on)"""
    yield """
        insert into market_attention_history
        select day, source, topic, known_on, views, null, null, 'duckdb' from vintages where n = 1 or change <> 0"""
    yield """
        insert into market_attention
        select day, source, topic, views, null, null, 'duckdb' from vintages where is_last"""


def execute(database, threads, statements, transaction):
    started, cpu, steps = time.perf_counter(), time.process_time(), []
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"set threads = {threads}")
        connection.execute("set preserve_insertion_order = false")
        connection.execute("set TimeZone = 'Europe/Paris'")
        connection.execute("set enable_progress_bar = false")
        connection.execute("create schema if not exists autopulse_core")
        connection.execute("use autopulse_core")
        if transaction:
            connection.execute("begin")
        for statement in statements(connection):
            begin = time.perf_counter()
            connection.execute(statement)
            steps.append(round(time.perf_counter() - begin, 2))
        if transaction:
            connection.execute("commit")
    print(json.dumps({"seconds": round(time.perf_counter() - started, 2), "cpu": round(time.process_time() - cpu, 2),
                      "steps": steps}), flush=True)


def tables():
    """The tables of the figures; the rest of the migrations is views and other tables."""
    for name in ("V1__core_tables.sql", "V3__market_history.sql"):
        yield (MIGRATIONS / name).read_text(encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, options in {
        "business": [("database", pathlib.Path), ("series", int)],
        "trends": [("database", pathlib.Path)],
        "landing": [("folder", pathlib.Path), ("records", int)],
        "attention": [("folder", pathlib.Path), ("database", pathlib.Path)],
    }.items():
        command = commands.add_parser(name)
        for option, kind in options:
            command.add_argument(option, type=kind)
    a = parser.parse_args()
    if a.command == "business":
        execute(a.database, a.threads, lambda c: business(a.series, a.seed), True)
    elif a.command == "trends":
        execute(a.database, a.threads, trends, True)
    elif a.command == "landing":
        a.folder.mkdir(parents=True, exist_ok=True)
        execute(":memory:", a.threads, lambda c: landing(a.folder, a.records, a.seed), False)
    else:
        execute(a.database, a.threads, lambda c: [*tables(), *attention(a.folder)], True)


if __name__ == "__main__":
    main()
