#!/usr/bin/env python3
"""The daily refresh in DuckDB SQL: the yardstick of the benchmark.

Reads the sales, vehicles and dealers of a generated landing zone and publishes the core tables into a new
DuckDB file: every record validated, every version resolved, KPIs of 9 dimensions by day, week and month,
audited before the commit. Written as one would write it who wants it fast: typed once, dimensions joined on
small integers, KPIs grouped by enums over one narrow table, one transaction.
"""

import argparse
import json
import os
import pathlib
import time

import duckdb

ZONE = "Europe/Paris"
CURRENCY = "EUR"
EARLIEST, LATEST = "1980-01-01", "2100-01-01"
HIGHEST_PRICE = 100_000_000
GAMMA = "(1.01 / 0.99)::double"

SALES_COLUMNS = [
    "sale_id", "updated_at", "sequence", "status", "sold_at", "model_id", "dealer_id", "region", "list_price",
    "net_price", "currency", "channel", "source", "customer_name", "customer_phone",
]
SENSITIVE = {"customer_name", "customer_phone"}
VEHICLE_COLUMNS = ["model_id", "make", "model", "segment", "powertrain", "list_price", "updated_at"]
DEALER_COLUMNS = ["dealer_id", "dealer_name", "region", "updated_at"]

# Characters that windows-1252 has where ISO 8859-1 has U+0080 to U+009F, and those: to undo mojibake.
WINDOWS_1252 = {
    bytes([b]).decode("windows-1252"): chr(b)
    for b in range(0x80, 0xA0)
    if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}

GRAINS = [("day", "day"), ("week", "week"), ("month", "month")]
DIMENSIONS = [
    ("total", []), ("make", ["make"]), ("model", ["model"]), ("segment", ["segment"]),
    ("powertrain", ["powertrain"]), ("region", ["region"]), ("dealer", ["dealer"]),
    ("region x powertrain", ["region", "powertrain"]), ("region x model", ["region", "model"]),
]
ATTRIBUTES = ["make", "model", "segment", "powertrain", "region", "dealer"]


def quoted(text):
    return "'" + str(text).replace("'", "''") + "'"


def read_csv(pattern, columns, with_rejects=False):
    """A scan of all columns as text; an empty field is null."""
    types = "{" + ", ".join(f"{quoted(c)}: 'varchar'" for c in columns) + "}"
    rejects = ", store_rejects = true" if with_rejects else ""
    return (
        f"read_csv({quoted(pattern)}, header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"',"
        f" columns = {types}, filename = {'true' if with_rejects else 'false'}{rejects})"
    )


def macros():
    """Member names: mojibake undone, NFC, white space collapsed, upper case. Run once a distinct spelling."""
    yield f"""
        create temp macro single_bytes(x) as
            translate(x, {quoted(''.join(WINDOWS_1252))}, {quoted(''.join(WINDOWS_1252.values()))})"""
    yield """
        create temp macro repaired(x) as coalesce(
            case
                when strlen(x) > length(x)
                    and list_max(list_transform(string_split(single_bytes(x), ''), lambda c: unicode(c))) < 256
                    then try(decode(unhex(array_to_string(
                        list_transform(string_split(single_bytes(x), ''), lambda c: printf('%02x', unicode(c))), ''))))
            end,
            x)"""
    yield r"""
        create temp macro member(x) as
            upper(trim(regexp_replace(nfc_normalize(repaired(coalesce(x, ''))), '[\s\p{Z}]+', ' ', 'g')))"""
    yield "create temp macro blank_to_null(x) as nullif(trim(x, e' \\t\\r\\n'), '')"
    # Z is what almost every value ends with; the general cast asks the calendar of the session's zone.
    yield """
        create temp macro moment(x) as
            case
                when right(x, 1) = 'Z' then try_cast(x as timestamp)
                else timezone('UTC', try_cast(x as timestamptz))
            end"""
    yield """
        create temp macro amount(x) as
            case when strpos(x, '.') = 0 or length(x) - strpos(x, '.') <= 2 then try_cast(x as decimal(18, 2)) end"""
    yield "create temp macro has_control(x) as regexp_matches(x, '[\\x00-\\x1f\\x7f-\\x{9f}]')"
    yield f"""
        create temp macro price_of_bin(bin) as
            round(2 * pow({GAMMA}, bin) / ({GAMMA} + 1))::bigint"""
    # a / b, half away from zero, in whole numbers.
    yield """
        create temp macro half_up(a, b) as
            (sign(a) * ((2 * abs(a::hugeint) + b::hugeint) // (2 * b::hugeint)))"""
    yield "create temp macro share(a, b) as (half_up(a::hugeint * 1000000, nullif(b, 0)) / 1e6)::decimal(9, 6)"
    yield "create temp macro cents(a) as (a::decimal(18, 0) * 0.01)::decimal(18, 2)"


def reference(landing):
    """The latest vehicle and dealer of each key."""
    yield f"""
        create temp table latest_vehicles as
        select
            member(model_id) as model_id, member(make) as make, member(model) as model,
            coalesce(nullif(member(segment), ''), 'UNKNOWN') as segment,
            coalesce(nullif(member(powertrain), ''), 'UNKNOWN') as powertrain,
            amount(list_price) as list_price
        from {read_csv(landing / 'vehicles' / '*.csv', VEHICLE_COLUMNS)}
        where member(model_id) <> '' and member(make) <> '' and member(model) <> ''
        qualify row_number() over (partition by member(model_id) order by moment(updated_at) desc nulls last) = 1"""
    yield f"""
        create temp table latest_dealers as
        select
            member(dealer_id) as dealer_id, dealer_name,
            coalesce(nullif(member(region), ''), 'UNKNOWN') as region
        from {read_csv(landing / 'dealers' / '*.csv', DEALER_COLUMNS)}
        where member(dealer_id) <> ''
        qualify row_number() over (partition by member(dealer_id) order by moment(updated_at) desc nulls last) = 1"""


def broken_rule():
    """The first rule that a record breaks, as 'CODE field'; null for a sound one. The order is the parser's."""
    rules = [
        ("sale_id is null", "MISSING_FIELD sale_id"),
        ("length(sale_id) > 64", "TEXT_TOO_LONG sale_id"),
        ("any_control and has_control(sale_id)", "CONTROL_CHARACTER sale_id"),
        ("sold_text is null", "MISSING_FIELD sold_at"),
        ("sold_at is null", "BAD_DATE sold_at"),
        (f"sold_at < timestamp '{EARLIEST}' or sold_at >= timestamp '{LATEST}'", "DATE_OUT_OF_RANGE sold_at"),
        ("updated_text is not null and updated_at is null", "BAD_DATE updated_at"),
        (f"updated_at < timestamp '{EARLIEST}' or updated_at >= timestamp '{LATEST}'", "DATE_OUT_OF_RANGE updated_at"),
        ("sequence_text is not null and not regexp_full_match(sequence_text, '[0-9]{1,18}')", "BAD_NUMBER sequence"),
        ("status is null", "MISSING_FIELD status"),
        ("status not in ('SOLD', 'CANCELLED', 'RETURNED')", "UNKNOWN_STATUS status"),
        ("net_text is null", "MISSING_FIELD net_price"),
        ("net_price is null", "BAD_NUMBER net_price"),
        ("net_price <= 0", "PRICE_NOT_POSITIVE net_price"),
        (f"net_price > {HIGHEST_PRICE}", "PRICE_OUT_OF_RANGE net_price"),
        ("list_text is not null and list_price is null", "BAD_NUMBER list_price"),
        ("list_price < 0", "NEGATIVE_LIST_PRICE list_price"),
        (f"list_price > {HIGHEST_PRICE}", "PRICE_OUT_OF_RANGE list_price"),
        (f"currency <> '{CURRENCY}' and currency in (select code from currencies)", "FOREIGN_CURRENCY currency"),
        (f"currency <> '{CURRENCY}'", "UNKNOWN_CURRENCY currency"),
    ]
    for field in ("model_id", "dealer_id", "region", "channel", "source"):
        text = f"repaired({field})" if field in ("model_id", "dealer_id", "region") else field
        rules.append((f"length({field}) > 200 and length({text}) > 200", f"TEXT_TOO_LONG {field}"))
        rules.append((f"any_control and has_control({text})", f"CONTROL_CHARACTER {field}"))
    return "case\n" + "\n".join(f"when {test} then '{code}'" for test, code in rules) + "\nend"


def parse(landing):
    """Every record typed, with the rule that it breaks."""
    yield "create temp table currencies(code varchar)"
    yield f"insert into currencies values {', '.join(f'({quoted(c)})' for c in ISO_4217)}"
    # Put together only for records that are rejected.
    raw = ", ".join(
        f"case when raw_{c} is null then '' else '***' end" if c in SENSITIVE else f"coalesce(raw_{c}, '')"
        for c in SALES_COLUMNS
    )
    kept = ", ".join(f"{c} as raw_{c}" for c in SALES_COLUMNS)
    yield f"""
        create temp table parsed as
        with scanned as (
            select
                blank_to_null(sale_id) as sale_id,
                blank_to_null(updated_at) as updated_text,
                blank_to_null(sequence) as sequence_text,
                upper(blank_to_null(status)) as status,
                blank_to_null(sold_at) as sold_text,
                blank_to_null(model_id) as model_id,
                blank_to_null(dealer_id) as dealer_id,
                blank_to_null(region) as region,
                blank_to_null(list_price) as list_text,
                blank_to_null(net_price) as net_text,
                upper(blank_to_null(currency)) as currency,
                blank_to_null(channel) as channel,
                blank_to_null(source) as source,
                filename,
                {kept}
            from {read_csv(landing / 'sales' / '*.csv', SALES_COLUMNS, with_rejects=True)}
        ),

        typed as (
            select
                *,
                moment(sold_text) as sold_at,
                moment(updated_text) as updated_at,
                amount(net_text) as net_price,
                amount(list_text) as list_price,
                has_control(concat_ws('|', sale_id, model_id, dealer_id, region, channel, source)) as any_control
            from scanned
        ),

        judged as (select *, {broken_rule()} as broken from typed)

        select
            sale_id,
            coalesce(updated_at, sold_at) as updated_at,
            coalesce(try_cast(sequence_text as bigint), 0) as sequence,
            case when broken is null then status::sale_status end as status,
            sold_at,
            local_date(sold_at) as sold_on,
            model_id, dealer_id, region, list_price, net_price, channel, source,
            broken,
            case when broken is not null then filename end as filename,
            case when broken is not null then concat_ws(',', {raw}) end as raw
        from judged"""


def resolve(dedupe):
    """The distinct versions, and which of a sale is the highest."""
    newest = "updated_at desc, sequence desc, status desc, sold_at desc, net_price desc, list_price desc nulls last, " \
             "model_id desc, dealer_id desc, region desc, channel desc, source desc"
    columns = "sale_id, updated_at, sequence, status, sold_at, sold_on, model_id, dealer_id, region, list_price, " \
              "net_price, channel, source"
    ranked = f"""
        select {columns}, position = 1 as is_current
        from (
            select
                *,
                row_number() over newest_first as position,
                lag(updated_at) over newest_first is not distinct from updated_at
                and lag(sequence) over newest_first is not distinct from sequence as is_duplicate
            from {{versions}}
            window newest_first as (partition by sale_id order by {newest})
        )
        where not is_duplicate"""
    if dedupe == "window":
        yield "create temp table versions as " + ranked.format(versions="(select * from parsed where broken is null)")
        return
    # Few sales have more than one version: only those are sorted.
    yield """
        create temp table repeated as
        select sale_id from parsed where broken is null group by sale_id having count(*) > 1"""
    yield f"""
        create temp table versions as
        select {columns}, true as is_current
        from parsed anti join repeated using (sale_id)
        where broken is null
        union all
        {ranked.format(versions='(select parsed.* from parsed semi join repeated using (sale_id) where broken is null)')}
        """


def enrich(enums):
    """Each distinct spelling of a vehicle and an outlet is normalised and joined once."""
    yield """
        create temp table models as
        with spellings as (select distinct model_id as spelling from versions),
        named as (select spelling, member(spelling) as model_id from spellings)
        select
            spelling,
            row_number() over ()::integer as code,
            nullif(named.model_id, '') as model_id,
            coalesce(make, 'UNKNOWN') as make,
            coalesce(model, 'UNKNOWN') as model,
            coalesce(make || ' ' || model, 'UNKNOWN') as make_model,
            coalesce(segment, 'UNKNOWN') as segment,
            coalesce(powertrain, 'UNKNOWN') as powertrain,
            list_price
        from named left join latest_vehicles on named.model_id = latest_vehicles.model_id"""
    yield """
        create temp table outlets as
        with spellings as (select distinct dealer_id as dealer_spelling, region as region_spelling from versions),
        named as (
            select *, nullif(member(dealer_spelling), '') as dealer_id, nullif(member(region_spelling), '') as own_region
            from spellings
        )
        select
            dealer_spelling, region_spelling,
            row_number() over ()::integer as code,
            coalesce(named.dealer_id, 'UNKNOWN') as dealer_id,
            coalesce(own_region, latest_dealers.region, 'UNKNOWN') as region
        from named left join latest_dealers on named.dealer_id = latest_dealers.dealer_id"""
    yield """
        create temp table resolved as
        select
            versions.* exclude (model_id, dealer_id, region, list_price),
            models.code as model_code, outlets.code as outlet_code,
            coalesce(versions.list_price, models.list_price) as list_price
        from versions
        join models on versions.model_id is not distinct from models.spelling
        join outlets
            on versions.dealer_id is not distinct from outlets.dealer_spelling
            and versions.region is not distinct from outlets.region_spelling"""
    sources = {"make": "models.make", "model": "models.make_model", "segment": "models.segment",
               "powertrain": "models.powertrain", "region": "outlets.region", "dealer": "outlets.dealer_id"}
    if enums:
        for attribute, source in sources.items():
            table, column = source.split(".")
            yield f"create type {attribute}_name as enum (select distinct {column} from {table} order by 1)"
    columns = ", ".join(f"{s}::{a}_name as {a}" if enums else f"{s} as {a}" for a, s in sources.items())
    # Null is no bin and zero is no euro: sums and quantiles need no filter.
    yield f"""
        create temp table facts as
        with counted as (
            select *, is_current and status = 'SOLD' as sold, (net_price * 100)::bigint as net,
                coalesce((list_price * 100)::bigint, 0) as list
            from resolved
        )
        select
            sold_on as day, date_trunc('week', sold_on)::date as week, date_trunc('month', sold_on)::date as month,
            {columns},
            sold::integer as sold,
            (is_current and status = 'CANCELLED')::integer as cancelled,
            (is_current and status = 'RETURNED')::integer as returned,
            case when sold then net else 0 end as revenue,
            case when sold and list > 0 then net else 0 end as discounted_net,
            case when sold and list > 0 then list else 0 end as discounted_list,
            case when sold then ceil(ln(net) / ln({GAMMA}))::smallint end as bin,
            case when is_current then 1 else 2 end as revision
        from counted join models on model_code = models.code join outlets on outlet_code = outlets.code"""


SUMS = """
    sum(sold)::bigint as units_sold, sum(cancelled)::bigint as units_cancelled, sum(returned)::bigint as units_returned,
    sum(revenue)::bigint as revenue, sum(discounted_net)::bigint as net, sum(discounted_list)::bigint as list,
    sum(revision)::bigint as revision, quantile_disc(bin, [0.1, 0.5, 0.9]) as bins"""


def cells_of(grain, column, name, attributes):
    member = " || ' x ' || ".join(f"{a}::varchar" for a in attributes) or "'ALL'"
    keys = ", ".join([column, *attributes])
    return f"""
        select '{grain}' as grain, {column} as window_start, '{name}' as dimension, {member} as member, {SUMS}
        from facts group by {keys}"""


def cells_by_grouping_sets():
    sets = ", ".join(
        "(" + ", ".join([column, *attributes]) + ")" for _, column in GRAINS for _, attributes in DIMENSIONS
    )
    grain = "case when day is not null then 'day' when week is not null then 'week' else 'month' end"
    names, members = [], []
    for name, attributes in reversed(DIMENSIONS[1:]):
        present = " and ".join(f"{a} is not null" for a in attributes)
        names.append(f"when {present} then '{name}'")
        members.append(f"when {present} then " + " || ' x ' || ".join(f"{a}::varchar" for a in attributes))
    return f"""
        select {grain} as grain, coalesce(day, week, month) as window_start,
            case {' '.join(names)} else 'total' end as dimension, case {' '.join(members)} else 'ALL' end as member,
            units_sold, units_cancelled, units_returned, revenue, net, list, revision, bins
        from (
            select day, week, month, {', '.join(ATTRIBUTES)}, {SUMS}
            from facts group by grouping sets ({sets})
        )"""


def kpis(variant):
    yield """
        create temp table windows as
        with units as (
            select 'day' as grain, day as window_start, day + 1 as window_end, sum(sold)::bigint as units
            from facts group by day
            union all
            select 'week', week, week + 7, sum(sold)::bigint from facts group by week
            union all
            select 'month', month, (month + interval 1 month)::date, sum(sold)::bigint from facts group by month
        )
        select *, window_end <= local_date(now()::timestamp) as is_final from units"""
    branches = [cells_of(g, c, n, a) for g, c in GRAINS for n, a in DIMENSIONS]
    if variant == "union":
        branches = [" union all ".join(branches)]
    elif variant == "sets":
        branches = [cells_by_grouping_sets()]
    for cells in branches:
        yield f"""
            insert into sales_kpi
            select
                grain, window_start::timestamp, window_end::timestamp, dimension, member,
                units_sold, units_cancelled, units_returned, cents(revenue),
                case when units_sold > 0 then cents(half_up(revenue, units_sold)) end,
                cents(price_of_bin(bins[2])), cents(price_of_bin(bins[1])), cents(price_of_bin(bins[3])),
                share(list - net, list), share(units_sold, units),
                null, revision, is_final, getvariable('computed_at'), getvariable('run_id')
            from ({cells}) join windows using (grain, window_start)"""


def publish():
    version = f"""
        sale_id, updated_at, sequence, status::varchar, sold_at, sold_on, models.model_id, make, model, segment,
        powertrain, dealer_id, region, resolved.list_price, net_price, '{CURRENCY}', channel, source,
        getvariable('run_id')
        from resolved join models on model_code = models.code join outlets on outlet_code = outlets.code"""
    yield f"insert into sale_versions select {version}"
    yield f"insert into sales select {version} where is_current"
    yield "insert into vehicles select *, getvariable('run_id') from latest_vehicles"
    yield "insert into dealers select *, getvariable('run_id') from latest_dealers"
    yield """
        insert into rejected_records
        select getvariable('run_id'), 'sales', filename, split_part(broken, ' ', 1), 'Parse sales',
            split_part(broken, ' ', 2), broken, raw, 'csv', null
        from parsed where broken is not null
        union all
        select getvariable('run_id'), 'sales', file_path || ':' || line,
            case when error_type in ('TOO MANY COLUMNS', 'MISSING COLUMNS') then 'WRONG_FIELD_COUNT'
                else 'MALFORMED_RECORD' end,
            'Parse sales', null, error_message, coalesce(csv_line, ''), 'csv', null
        from (select distinct on (file_id, line) * from reject_errors) join reject_scans using (scan_id, file_id)"""
    yield """
        insert into load_run_feeds
        with counts as (
            select
                (select count(*) from parsed)
                + (select count(*) from (select distinct file_id, line from reject_errors)) as rows_read,
                (select count(*) from parsed where broken is null) as sound,
                (select count(*) from rejected_records) as rows_rejected,
                (select count(*) from versions) as accepted,
                (select count(*) from versions where is_current) as current
        )
        select getvariable('run_id'), 'sales', rows_read, accepted, rows_rejected, sound - accepted,
            accepted - current, 0, current
        from counts"""


AUDITS = {
    "every record has one fate": """
        select * from load_run_feeds where rows_read <> rows_accepted + rows_rejected + rows_duplicate
        union all
        select * from load_run_feeds
        where rows_accepted <> (select count(*) from sale_versions) or rows_published <> (select count(*) from sales)""",
    "no key is null": """
        select 1 from sale_versions
        having count(*) > least(count(sale_id), count(updated_at), count(sequence), count(sold_on), count(make),
            count(region))
        union all
        select 1 from sales_kpi
        having count(*) > least(count(grain), count(window_start), count(dimension), count(member))""",
    # Equal ids have equal hashes: only sales whose hash repeats are looked at closely.
    "sales are unique": """
        with suspects as (select hash(sale_id) as h from sales group by h having count(*) > 1)
        select sale_id from sales where hash(sale_id) in (from suspects) group by sale_id having count(*) > 1""",
    "versions are unique": """
        with suspects as (select hash(sale_id) as h from sale_versions group by h having count(*) > 1)
        select sale_id, updated_at, sequence from sale_versions where hash(sale_id) in (from suspects)
        group by all having count(*) > 1""",
    "KPI cells are unique": """
        select grain, window_start, dimension, member from sales_kpi group by all having count(*) > 1""",
    "KPIs are the sums of the sales": """
        with days as (
            select sold_on, make, region, count(*) filter (status = 'SOLD') as units,
                coalesce(sum(net_price) filter (status = 'SOLD'), 0) as revenue
            from sales group by all
        ),
        cut as (
            select unnest(['day', 'week', 'month']) as grain,
                unnest([sold_on, date_trunc('week', sold_on)::date, date_trunc('month', sold_on)::date]) as start, *
            from days
        ),
        members as (
            select grain, start, unnest(['total', 'make', 'region']) as dimension,
                unnest(['ALL', make, region]) as member, units, revenue
            from cut
        ),
        added as (
            select grain, start::timestamp as window_start, dimension, member,
                sum(units)::bigint as units, sum(revenue)::decimal(18, 2) as revenue
            from members group by all
        ),
        staged as (
            select grain, window_start, dimension, member, units_sold as units, revenue
            from sales_kpi where dimension in ('total', 'make', 'region') and revision > 0
        )
        select * from added full join staged using (grain, window_start, dimension, member)
        where coalesce(added.units, 0) <> coalesce(staged.units, 0)
            or coalesce(added.revenue, 0) <> coalesce(staged.revenue, 0)""",
    "every dimension sums to the total": """
        with sums as (
            select grain, window_start, dimension, sum(units_sold) as units, sum(revenue) as revenue
            from sales_kpi group by all
        )
        select * from sums join (from sums where dimension = 'total') as total using (grain, window_start)
        where sums.units <> total.units or sums.revenue <> total.revenue""",
}

ISO_4217 = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK "
    "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON "
    "RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL"
).split()


def refresh(arguments, database):
    """Runs the refresh; returns the seconds of each step."""
    database.unlink(missing_ok=True)
    pathlib.Path(f"{database}.wal").unlink(missing_ok=True)
    steps = {}
    started = time.perf_counter()
    cpu = time.process_time()

    with duckdb.connect(str(database)) as connection:
        def step(name, statements):
            begin = time.perf_counter()
            for statement in statements:
                connection.execute(statement)
            steps[name] = round(time.perf_counter() - begin, 3)

        migration = pathlib.Path(__file__).parents[2] / "warehouse" / "migrations" / "V1__core_tables.sql"
        step("open", [
            f"set threads = {arguments.threads}", "set preserve_insertion_order = false", f"set TimeZone = '{ZONE}'",
            "create schema autopulse_core", "use autopulse_core", migration.read_text(encoding="utf-8"),
            f"set variable run_id = '{time.strftime('%Y%m%d%H%M%S')}'", "set variable computed_at = now()::timestamp",
            "create type sale_status as enum ('SOLD', 'CANCELLED', 'RETURNED')",
            f"create temp macro local_date(utc) as timezone('{ZONE}', timezone('UTC', utc))::date",
        ])
        step("macros", macros())
        step("reference", reference(arguments.landing))
        step("parse", parse(arguments.landing))
        step("resolve", resolve(arguments.dedupe))
        step("enrich", enrich(not arguments.no_enums))
        connection.execute("begin")
        step("publish", publish())
        step("kpis", kpis(arguments.kpis))
        begin = time.perf_counter()
        for name, query in AUDITS.items():
            broken = connection.execute(query).fetchone()
            if broken is not None:
                raise SystemExit(f"audit failed: {name}: {broken}")
        steps["audits"] = round(time.perf_counter() - begin, 3)
        step("commit", ["commit"])
        rows = connection.execute(
            "select (select count(*) from sale_versions), (select count(*) from sales), "
            "(select count(*) from rejected_records), (select count(*) from sales_kpi)"
        ).fetchone()
    steps["close"] = round(time.perf_counter() - started - sum(steps.values()), 3)
    return {
        "seconds": round(time.perf_counter() - started, 3),
        "cpu": round(time.process_time() - cpu, 2),
        "steps": steps,
        "rows": dict(zip(("sale_versions", "sales", "rejected_records", "sales_kpi"), rows)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("landing", type=pathlib.Path)
    parser.add_argument("database", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--repeat", type=int, default=1, help="runs in this one process, each into a new file")
    parser.add_argument("--dedupe", choices=["split", "window"], default="split")
    parser.add_argument("--kpis", choices=["each", "union", "sets"], default="each")
    parser.add_argument("--no-enums", action="store_true", help="group by text instead of enums")
    arguments = parser.parse_args()
    for _ in range(arguments.repeat):
        print(json.dumps(refresh(arguments, arguments.database)), flush=True)


if __name__ == "__main__":
    main()
