"""Tests of the scripts beside this file, and of what installs dbt: .ci/python .ci/test_ci.py"""

import copy
import pathlib
import subprocess
import sys
import unittest

import data_diff
import dbt_rules
import duckdb
import shown

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "warehouse" / "dbt"))
import install

KEY_TEST = {"resource_type": "test", "name": "one_row_a_key", "attached_node": "model.p.mart_a"}


def manifest():
    """A mart with a key, a forecast that reads it, a dashboard and a metric of the mart."""

    def model(name, parents):
        return {
            "resource_type": "model", "name": name, "path": "marts/" + name + ".sql", "description": "A table.", "tags": ["published"],
            "columns": {"id": {"name": "id", "description": "The key."}}, "contract": {"enforced": True}, "depends_on": {"nodes": parents},
            "schema": "DEV", "database": "dev",
        }  # fmt: skip

    key = {**KEY_TEST, "test_metadata": {"name": "unique_key", "kwargs": {"columns": ["id"]}}}
    return {
        "nodes": {
            "model.p.mart_a": model("mart_a", []),
            "model.p.mart_forecast": model("mart_forecast", ["model.p.mart_a"]),
            "test.p.a": key,
            "test.p.f": {**key, "attached_node": "model.p.mart_forecast"},
        },
        "exposures": {"exposure.p.sales": {"name": "sales", "label": "Sales", "owner": {"name": "Sales"}, "depends_on": {"nodes": ["model.p.mart_a"]}}},
        "metrics": {"metric.p.units": {"name": "units", "description": "Units."}},
        "child_map": {
            "model.p.mart_a": ["model.p.mart_forecast", "exposure.p.sales", "semantic_model.p.a"],
            "semantic_model.p.a": ["metric.p.units"],
        },
    }


class Rules(unittest.TestCase):
    def test_project_that_keeps_them_has_no_violation(self):
        self.assertEqual(dbt_rules.violations(manifest()), [])

    def test_each_broken_rule_is_named(self):
        for change, expected in (
            (lambda m: m.update(description=""), "mart_a: has no description"),
            (lambda m: m["contract"].update(enforced=False), "mart_a: has no contract"),
            (lambda m: m.update(path="facts/mart_a.sql"), "mart_a: is in the folder facts, so its name must begin with fct_"),
            (lambda m: m["depends_on"]["nodes"].append("source.p.s"), "mart_a: reads a source; only staging may"),
            (lambda m: m["columns"]["id"].update(description=""), "mart_a: the column id has no description"),
        ):
            broken = copy.deepcopy(manifest())
            change(broken["nodes"]["model.p.mart_a"])
            self.assertEqual(dbt_rules.violations(broken), [expected])

    def test_mart_without_a_test_of_its_key_is_named(self):
        broken = manifest()
        del broken["nodes"]["test.p.a"]
        self.assertEqual(dbt_rules.violations(broken), ["mart_a: has no test of its key: unique_key"])

    def test_dashboard_reads_published_models_alone(self):
        broken = manifest()
        broken["exposures"]["exposure.p.sales"]["depends_on"]["nodes"] = ["model.p.int_a"]
        self.assertEqual(dbt_rules.violations(broken), ["sales: reads int_a, which is not published"])


class DataDiff(unittest.TestCase):
    def compared(self, before, after):
        connection = duckdb.connect()
        connection.execute("create schema B; create schema A")
        connection.execute("create table B.mart_a as " + before)
        connection.execute("create table A.mart_a as " + after)
        return data_diff.compare(connection, "B", "A", manifest())

    def test_rows_are_added_removed_and_changed_by_key_and_column(self):
        report = self.compared(
            "from (values (1, 10, 'x'), (2, 20, 'y'), (3, 30, 'z')) t(id, units, name)",
            "from (values (1, 10, 'x'), (2, 25, 'y'), (4, 40, null), (5, 1, 'w')) t(id, units, name)",
        )
        model = report["models"]["mart_a"]
        self.assertEqual((model["rows_added"], model["rows_removed"], model["rows_changed"]), (2, 1, 1))
        self.assertEqual(model["values_changed"], {"units": 1})
        self.assertEqual(model["sums_changed"], {"units": [60, 76]})
        self.assertIn("| `mart_a.units` | 60 | 76 | +16 |", data_diff.markdown(report))
        self.assertEqual(
            report["readers_of_changed_numbers"],
            {"dashboards": ["Sales"], "metrics": ["units"], "forecasts": ["mart_forecast"]},
        )

    def test_null_that_becomes_a_value_is_a_change(self):
        model = self.compared("select 1 as id, null::integer as units", "select 1 as id, 0 as units")["models"]["mart_a"]
        self.assertEqual((model["rows_changed"], model["values_changed"]), (1, {"units": 1}))

    def test_equal_tables_change_no_reader(self):
        report = self.compared("select 1 as id, 2.50 as revenue", "select 1 as id, 2.50 as revenue")
        self.assertEqual(report["models"]["mart_a"]["rows_changed"], 0)
        self.assertEqual(report["readers_of_built"]["dashboards"], ["Sales"])
        self.assertEqual(report["readers_of_changed_numbers"], {"dashboards": [], "metrics": [], "forecasts": []})

    def test_columns_and_types_are_compared(self):
        model = self.compared("select 1 as id, 2 as units, 3 as gone", "select 1 as id, 2::bigint as units, 4 as come")["models"]["mart_a"]
        self.assertEqual((model["columns_added"], model["columns_removed"]), (["come"], ["gone"]))
        self.assertEqual(model["types_changed"], {"units": ["INTEGER", "BIGINT"]})


class Shown(unittest.TestCase):
    def setUp(self):
        self.connection = duckdb.connect()
        for statement in (
            "create schema AUTOPULSE_MARTS", "create schema AUTOPULSE_MARTS__r1", "create schema AUTOPULSE_MARTS__r2",
            "create table AUTOPULSE_MARTS__r1.mart_a as select 1 as n", "create table AUTOPULSE_MARTS__r2.mart_a as select 2 as n",
            "create table AUTOPULSE_MARTS__r1.int_a as select 1 as n", "create table AUTOPULSE_MARTS__r1.mart_b as select 1 as n",
            "create view AUTOPULSE_MARTS.mart_a as select * from AUTOPULSE_MARTS__r1.mart_a",
            "create view AUTOPULSE_MARTS.mart_b as select * from AUTOPULSE_MARTS__r1.mart_b",
        ):  # fmt: skip
            self.connection.execute(statement)

    def read(self, table):
        return self.connection.execute("select n from AUTOPULSE_MARTS." + table).fetchall()

    def test_views_go_back_to_the_build_before(self):
        before = shown.views(self.connection)
        self.assertEqual(before, {"mart_a": "AUTOPULSE_MARTS__r1", "mart_b": "AUTOPULSE_MARTS__r1"})
        self.connection.execute("create or replace view AUTOPULSE_MARTS.mart_a as select * from AUTOPULSE_MARTS__r2.mart_a")
        self.connection.execute("create view AUTOPULSE_MARTS.mart_new as select 1 as n")
        self.connection.execute("drop view AUTOPULSE_MARTS.mart_b")
        shown.restore(self.connection, before)
        self.assertEqual((self.read("mart_a"), self.read("mart_b")), ([(1,)], [(1,)]))
        self.assertEqual(shown.views(self.connection), before)

    def test_build_that_is_gone_is_not_gone_back_to(self):
        before = shown.views(self.connection)
        self.connection.execute("create or replace view AUTOPULSE_MARTS.mart_a as select * from AUTOPULSE_MARTS__r2.mart_a")
        self.connection.execute("drop schema AUTOPULSE_MARTS__r1 cascade")
        with self.assertRaises(LookupError):
            shown.restore(self.connection, before)
        self.assertEqual(self.read("mart_a"), [(2,)])

    def test_deferred_nodes_are_those_that_readers_see(self):
        self.connection.execute("create or replace view AUTOPULSE_MARTS.mart_a as select * from AUTOPULSE_MARTS__r2.mart_a")
        kept = {"nodes": {k: {"name": k, "resource_type": "model", "database": "dev", "schema": "DEV"} for k in ("mart_a", "mart_b", "int_a")}}
        shown.defer_to(self.connection, kept, "DEV")
        self.assertEqual(
            {k: (n["database"], n["schema"]) for k, n in kept["nodes"].items()},
            {
                "mart_a": ("memory", "AUTOPULSE_MARTS__r2"),
                "mart_b": ("memory", "AUTOPULSE_MARTS__r1"),
                "int_a": ("memory", "AUTOPULSE_MARTS__r1"),
            },
        )


class Installing(unittest.TestCase):
    """Each case says what pip is told of, which modules fail, what is run, and the exit code."""

    def test_uv_installs_and_pip_does_what_uv_cannot(self):
        pip, uv = ["pip", "install"], ["uv", "pip"]
        for configured, failing, expected, code in (
            ("global.cert='/certificates'", [], [pip, uv], 0),
            ("", [uv], [pip, uv, pip], 0),
            ("", [pip, uv], [pip, pip], 1),
            ("global.index-url='https://packages.example/simple'", [uv], [pip], 0),
        ):
            called = []

            def run(*arguments, **_):
                if arguments[1] == "config":
                    return subprocess.CompletedProcess(arguments, 0, stdout=configured)
                called.append(list(arguments[:2]))
                return subprocess.CompletedProcess(arguments, 1 if called[-1] in failing else 0)

            original, install.run = install.run, run
            try:
                self.assertEqual(install.main("requirements.txt"), code)
            finally:
                install.run = original
            self.assertEqual(called, expected)


if __name__ == "__main__":
    unittest.main()
