"""Queries metrics by MetricFlow and compares them with the audited KPIs: the project's folder, the database file. Prints what differs."""

import os
import sys
from pathlib import Path

import duckdb
import metricflow_calls

_METRICS = ["units_sold", "units_cancelled", "units_returned", "revenue", "average_price", "average_discount"]
_QUERIES = [("day", "total"), ("week", "powertrain"), ("month", "model"), ("month", "region")]


def main(project: Path, file: str) -> int:
    # Before MetricFlow opens the file, by its own settings.
    with duckdb.connect(file) as connection:
        audited = {query: _kpis(connection, *query) for query in _QUERIES}
    os.chdir(project)
    if not metricflow_calls.parse():
        return 1
    differences = 0
    compared = 0
    for (grain, dimension), kpis in audited.items():
        rows = _query(grain, dimension)
        compared += len(rows)
        if not kpis:
            differences += _report(grain, dimension, "no KPI to compare with")
        if len(kpis) != len(rows):
            differences += _report(grain, dimension, f"{len(rows)} rows, {len(kpis)} KPIs")
        for window, member, *expected in kpis:
            found = rows.get((window, member))
            if found is None or not all(map(_equal, expected, found)):
                differences += _report(grain, dimension, f"{window} {member}: expected {expected}, found {found}")
    print(f"{compared} rows compared, {differences} differ")
    return 1 if differences else 0


def _kpis(connection: duckdb.DuckDBPyConnection, grain: str, dimension: str) -> list[tuple]:
    return connection.execute(
        f"""select cast(cast(window_start as date) as varchar), member, {", ".join(_METRICS)} from AUTOPULSE_CORE.sales_kpi
            where grain = ? and dimension = ? and is_final and units_sold + units_cancelled + units_returned > 0""",
        [grain, dimension],
    ).fetchall()


def _query(grain: str, dimension: str) -> dict[tuple[str, str], list[str]]:
    group = [f"metric_time__{grain}", *([] if dimension == "total" else [dimension])]
    return {
        (row[f"metric_time__{grain}"][:10], row.get(dimension, "ALL")): [row[metric] for metric in _METRICS]
        for row in metricflow_calls.query(_METRICS, group)
    }


def _equal(expected: object, found: str) -> bool:
    """A metric is a double, a KPI is rounded to the cent or the millionth."""
    value = metricflow_calls.number(found)
    if expected is None or value is None:
        return expected is None and value is None
    return abs(float(expected) - value) < 0.0050001 * (1 if abs(float(expected)) > 1 else 0.0001)


def _report(grain: str, dimension: str, text: str) -> int:
    print(f"{grain} by {dimension}: {text}")
    return 1


sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
