"""Asks MetricFlow in this process, about the project in the current folder."""

import contextlib
import csv
import io
import sys
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt_metricflow.cli.main import cli


def parse() -> bool:
    """Has dbt parse the project, which MetricFlow reads then, and checks its metrics. Returns whether dbt can."""
    if not dbtRunner().invoke(["parse", "--quiet"]).success:
        return False
    _call("validate-configs", "--skip-dw")
    return True


def query(metrics: list[str], group: list[str]) -> list[dict[str, str]]:
    """Returns the rows of metrics by what they are grouped by."""
    answer = Path("answer.csv").absolute()
    _call("query", "--metrics", ",".join(metrics), "--group-by", ",".join(group), "--csv", str(answer))
    with answer.open(newline="") as lines:
        return list(csv.DictReader(lines))


def number(text: str) -> float | None:
    """Returns a value of an answer; None where there is none."""
    return None if text in ("", "nan", "None") else float(text)


def _call(*arguments: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        try:
            cli(list(arguments), standalone_mode=False)
        except SystemExit as end:
            if end.code:
                print(said.getvalue(), file=sys.stderr)
                raise
    if "ERROR" in said.getvalue() and "ERRORS: 0" not in said.getvalue():
        raise SystemExit(said.getvalue())
