#!/usr/bin/env python3
"""Compares what two runs published, of a refresh: every KPI row with every measure, the sales and their versions.

Prints one line a table; exits 1 with examples of the rows that only one of the two has.
"""

import argparse
import pathlib
import sys

import duckdb

COLUMNS = {
    "sales_kpi": "grain, window_start, window_end, dimension, member, units_sold, units_cancelled, units_returned, "
                 "revenue, average_price, median_price, p10_price, p90_price, average_discount, sales_mix, "
                 "market_share, revision, is_final",
    "sales": "* exclude (run_id)",
    "sale_versions": "* exclude (run_id)",
    "vehicles": "* exclude (run_id)",
    "dealers": "* exclude (run_id)",
    "load_run_feeds": "feed, rows_read, rows_accepted, rows_rejected, rows_duplicate, rows_superseded, "
                      "rows_published from {database}.autopulse_core.load_run_feeds where feed = 'sales'",
    "trend_features": "* exclude (run_id)",
    "market_attention_history": "* exclude (run_id)",
    "market_attention": "* exclude (run_id)",
    "rejected_records": "code, field, count(*) from {database}.autopulse_core.rejected_records group by all",
}
REFRESH = ["sales_kpi", "sales", "sale_versions", "vehicles", "dealers", "load_run_feeds", "rejected_records"]
EXAMPLES = 5


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("autopulse", type=pathlib.Path)
    parser.add_argument("other", type=pathlib.Path)
    parser.add_argument("--tables", nargs="+", choices=COLUMNS, default=REFRESH)
    arguments = parser.parse_args()
    different = False
    with duckdb.connect() as connection:
        connection.execute(f"attach '{arguments.autopulse}' as autopulse (read_only)")
        connection.execute(f"attach '{arguments.other}' as other (read_only)")
        for table in arguments.tables:
            columns = COLUMNS[table]

            def rows(database):
                query = f"select {columns}".format(database=database)
                return query if " from " in columns else f"{query} from {database}.autopulse_core.{table}"

            counts = [connection.execute(f"select count(*) from ({rows(d)})").fetchone()[0]
                      for d in ("autopulse", "other")]
            only = {}
            for left, right in (("autopulse", "other"), ("other", "autopulse")):
                connection.execute(f"create or replace temp table lone as {rows(left)} except all {rows(right)}")
                only[left] = connection.execute("select count(*) from lone").fetchone()[0]
                for row in connection.execute(f"from lone order by all limit {EXAMPLES}").fetchall():
                    print(f"  only {left}: {row}")
            equal = not any(only.values())
            different |= not equal
            print(f"{table}: {counts[0]:,} and {counts[1]:,} rows, "
                  + ("equal" if equal else f"{only['autopulse']:,} and {only['other']:,} not in the other"))
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
