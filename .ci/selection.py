"""Holds what a slim build builds: .ci/python .ci/selection.py

Changes a model, a macro, a test and a description, each alone, in a copy of the dbt project, and compares what dbt ls --select state:modified+ names
with what is written here. Needs no warehouse; takes minutes, so the nightly pipeline runs it.
"""

import contextlib
import io
import json
import os
import pathlib
import shutil
import sys
import tempfile

from dbt.cli.main import dbtRunner

PROJECT = pathlib.Path(__file__).resolve().parent.parent / "warehouse" / "dbt"
SALES = ["mart_sales_by_dealer", "mart_sales_by_model", "mart_sales_by_powertrain", "mart_sales_by_region"]
# A change: file, text and its replacement; the models it builds; the tests it runs that belong to no single model.
CHANGES = {
    "a model": (
        ("models/marts/mart_data_quality.sql", "select", "select /* changed */"),
        ["mart_data_quality"],
        ["every_run_is_in_data_quality"],
    ),
    "a macro": (
        ("macros/numbers.sql", "{% macro discount(net, list) -%}", "{% macro discount(net, list) -%}{# changed #}"),
        ["mart_price_trends", *SALES],
        ["marts_equal_sales_kpi"],
    ),
    "a test": (("tests/every_target_has_one_line.sql", "select", "select /* changed */"), [], ["every_target_has_one_line"]),
    "a description": (("models/marts/mart_data_quality.yml", 'description: "', 'description: "Changed. '), [], []),
}


def invoke(folder, *arguments):
    """Runs dbt on a copy of the project."""
    options = ["--project-dir", folder, "--profiles-dir", folder, "--target-path", folder / "target", "--log-path", folder / "logs"]
    with contextlib.redirect_stdout(io.StringIO()):
        result = dbtRunner().invoke([str(argument) for argument in ("--quiet", *arguments, *options)])
    if not result.success:
        raise SystemExit(f"dbt {arguments[0]} failed: {result.exception}")
    return result.result


def selected(folder, state):
    """Returns the models, and the tests of no single model, that a slim build of the folder builds."""
    nodes = []
    listed = ["--output", "json", "--output-keys", "name resource_type test_metadata"]
    for line in invoke(folder, "ls", "--select", "state:modified+", "--state", state, *listed):
        nodes.append(json.loads(line))
    models = sorted(node["name"] for node in nodes if node["resource_type"] in ("model", "snapshot", "seed"))
    tests = sorted(node["name"] for node in nodes if node["resource_type"] == "test" and not node.get("test_metadata"))
    return models, tests


def main():
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        before = pathlib.Path(name, "before")
        shutil.copytree(PROJECT, before)
        invoke(before, "parse")
        for change, ((file, old, new), models, tests) in CHANGES.items():
            after = pathlib.Path(name, "after")
            shutil.rmtree(after, ignore_errors=True)
            shutil.copytree(PROJECT, after)
            text = (after / file).read_text(encoding="utf-8")
            if old not in text:
                raise SystemExit(f"{file} has no {old!r}: change the case")
            (after / file).write_text(text.replace(old, new, 1), encoding="utf-8")
            found = selected(after, before / "target")
            right = found == (sorted(models), sorted(tests))
            wrong += not right
            print(f"{'ok' if right else 'WRONG'}: {change} builds {found[0]}, and runs {found[1]}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
