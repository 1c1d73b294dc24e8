"""The tables that dbt promises, with a few rows for Metabase's questions. Their figures are round, so that a test can say what a page must show."""

import datetime

import measures

MODELS = measures.ROOT / "warehouse/dbt/models"
JANUARY, FEBRUARY = datetime.date(2025, 1, 1), datetime.date(2025, 2, 1)
WEEK = datetime.date(2025, 2, 3)
ROWS = {
    "fct_sales": [
        dict(sold_on=day, make="RENAULT", model="RENAULT CLIO", segment="CITY", powertrain=powertrain, region=region, dealer_id=dealer, units_sold=sold,
             units_cancelled=1 - sold, units_returned=0, revenue=20_000 * sold, discount_net=20_000 * sold, discount_list=25_000 * sold)
        for day, powertrain, region, dealer, sold in [
            (JANUARY, "BEV", "NORTH", "D1", 1),
            (FEBRUARY, "BEV", "NORTH", "D1", 1),
            (FEBRUARY, "BEV", "SOUTH", "D2", 1),
            (FEBRUARY, "ICE", "SOUTH", "D2", 1),
            (FEBRUARY, "ICE", "SOUTH", "D2", 0),
        ]
    ],
    "fct_registrations": [dict(period_start=month, period_grain="month", make="ALL", region="ALL", market_units=units) for month, units in ((JANUARY, 10), (FEBRUARY, 16))],
    "mart_market_share": [
        dict(grain="month", dimension=dimension, member=member, period_start=FEBRUARY, own_units=own, market_units=market, market_share=own / market,
             share_change_points=1.25, contribution_points=points)
        for dimension, member, own, market, points in [("total", "ALL", 3, 16, None), ("make", "RENAULT", 3, 8, 2.5), ("make", "SKODA", 0, 8, -1.25), ("model", "CLIO", 3, 8, 7)]
    ],
    "mart_target_attainment": [
        dict(month_start=FEBRUARY, dealer_id="D1", make="ALL", model="ALL", target_units=4, actual_units=1, target_units_to_date=2, gap_units=3)
    ],
    "mart_forecast_vs_actual": [
        dict(grain="week", dimension=dimension, member=member, period_start=WEEK, horizon=1, forecast_units=units, lower_80=units - 2, upper_80=units + 2.5,
             actual_units=units + 1, absolute_error_units=1, error_units=-1, is_latest=True, is_first_vintage=True, is_closed=True, is_within_80=True)
        for dimension, member, units in [("total", "ALL", 7), ("region", "NORTH", 4), ("region", "SOUTH", 3)]
    ],
    "mart_data_quality": [
        dict(run_id=run, job="refresh", feed="sales", status=status, started_at=at, ended_at=at, seconds=12.5, rows_read=200, rows_rejected=rejected,
             rows_published=200 - rejected, most_frequent_code="BAD_DATE", first_failed_audit=None, message=None)
        for run, status, at, rejected in [
            ("r1", "PUBLISHED", datetime.datetime(2025, 2, 27, 23, 5), 1),
            ("r2", "FAILED", datetime.datetime(2025, 2, 28, 0, 30), 4),
        ]
    ],
}


def fill(connection):
    """Makes every table that dbt describes, and the rows above."""
    connection.execute("create schema AUTOPULSE_MARTS")
    for file in sorted(MODELS.rglob("*.yml")):
        for model in measures.yaml_of(file).get("models") or []:
            columns = [f'"{column["name"]}" {column["data_type"]}' for column in model.get("columns", []) if "data_type" in column]
            if columns:
                connection.execute(f"create table AUTOPULSE_MARTS.{model['name']} ({', '.join(columns)})")
    for table, rows in ROWS.items():
        for row in rows:
            names, marks = ", ".join(row), ", ".join("?" for _ in row)
            connection.execute(f"insert into AUTOPULSE_MARTS.{table} ({names}) values ({marks})", list(row.values()))
