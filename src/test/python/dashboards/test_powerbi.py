"""Tests the checks of the Power BI project: python -m unittest test_powerbi, with dashboards and dashboards/powerbi in PYTHONPATH."""

import copy
import json
import re
import shutil
import tempfile
import unittest
from datetime import date
from pathlib import Path

import checks
import duckdb
import evaluate
import generated
import project
import rules
import values
from spec import HERE, Spec
from tabular import Project

SPEC = Spec()
TEXTS = project.read(SPEC, HERE)
MODEL = "Autopulse.SemanticModel/definition"
REPORT = "Autopulse.Report/definition"


def found(dbt):
    """Returns the names of the checks that fail beside another dbt project."""
    return {name for name, _ in checks.problems(checks.Given(TEXTS, SPEC, dbt))}


def broken(path, old, new):
    """Returns the project with one text replaced by another."""
    assert old in TEXTS[path], f"{path} has no {old!r}"
    return {**TEXTS, path: TEXTS[path].replace(old, new, 1)}


def edited(path, change):
    """Returns the project with a JSON file that is changed."""
    value = json.loads(TEXTS[path])
    change(value)
    return {**TEXTS, path: json.dumps(value)}


def without(value, *path):
    """Deletes a part of a value."""
    for key in path[:-1]:
        value = value[key]
    del value[path[-1]]


UNITS = f"{REPORT}/pages/sales/visuals/units/visual.json"
SEEDED = {
    "a measure that sums another column": ("listed", lambda: broken(f"{MODEL}/tables/Sales.tmdl", "SUM(Sales[revenue_sum])", "SUM(Sales[discount_net])")),
    "a measure of a column that is not there": ("expressions", lambda: broken(f"{MODEL}/tables/Sales.tmdl", "SUM(Sales[revenue_sum])", "SUM(Sales[turnover])")),
    "a measure that no parser reads": ("expressions", lambda: broken(f"{MODEL}/tables/Sales.tmdl", "SUM(Sales[revenue_sum])", "SUM(Sales[revenue_sum]")),
    "a measure that is not formatted": ("expressions", lambda: broken(f"{MODEL}/tables/Sales.tmdl", "SUM(Sales[revenue_sum])", "SUM( Sales[revenue_sum] )")),
    "a table named as a function is": ("expressions", lambda: broken(f"{MODEL}/tables/Sales.tmdl", "REMOVEFILTERS('Date')", "REMOVEFILTERS(Date)")),
    "a division that fails by zero": ("best-practice", lambda: broken(f"{MODEL}/tables/Sales.tmdl", "DIVIDE([Revenue], [Units sold])", "[Revenue] / [Units sold]")),
    "a measure that is deleted and still shown": (
        "fields",
        lambda: {**TEXTS, f"{MODEL}/tables/Sales.tmdl": re.sub(r"\t/// Units sold\.\n.*?(?=\n\t///)", "", TEXTS[f"{MODEL}/tables/Sales.tmdl"], count=1, flags=re.DOTALL)},
    ),
    "a column that the warehouse does not have": ("warehouse", lambda: {
        **TEXTS, f"{MODEL}/tables/Vehicle.tmdl": TEXTS[f"{MODEL}/tables/Vehicle.tmdl"].replace("POWERTRAIN", "ENGINE")}),
    "a query that does not take a column": ("warehouse", lambda: broken(f"{MODEL}/tables/Vehicle.tmdl", '"SEGMENT", ', "")),
    "a relation that dbt does not make": ("warehouse", lambda: broken(f"{MODEL}/tables/Make.tmdl", "DIM_MAKE", "DIM_BRAND")),
    "a relationship that filters both ways": ("relationships", lambda: broken(f"{MODEL}/relationships.tmdl", "\ttoColumn: Region.Region\n", "\ttoColumn: Region.Region\n\tcrossFilteringBehavior: bothDirections\n")),
    "two ways from a dimension to a fact": ("relationships", lambda: broken(
        f"{MODEL}/relationships.tmdl", "relationship ", "relationship second\n\tfromColumn: Sales.vehicle_key\n\ttoColumn: Region.Region\n\nrelationship ")),
    "a relationship of the table of texts": ("relationships", lambda: broken(
        f"{MODEL}/relationships.tmdl", "relationship ", "relationship second\n\tfromColumn: Texts.Text\n\ttoColumn: Region.Region\n\nrelationship ")),
    "a table of rows that reads none": ("warehouse", lambda: {**TEXTS, f"{MODEL}/tables/Access.tmdl": re.sub(
        r"let\n.*", "let\n\t\t\t\t\tSource = #table(type table [USER_NAME = text, REGION = text, DEALER_ID = text], {})\n\t\t\t\tin\n\t\t\t\t\tSource\n",
        TEXTS[f"{MODEL}/tables/Access.tmdl"], flags=re.DOTALL)}),
    "a date table that is not marked": ("date-table", lambda: broken(f"{MODEL}/tables/Date.tmdl", "\tdataCategory: Time\n", "")),
    "a key that is shown": ("best-practice", lambda: broken(f"{MODEL}/tables/Sales.tmdl", "\tcolumn dealer_id\n\t\tdataType: string\n\t\tisHidden\n", "\tcolumn dealer_id\n\t\tdataType: string\n")),
    "a column without a description": ("best-practice", lambda: broken(f"{MODEL}/tables/Vehicle.tmdl", "\t/// The segment.\n", "")),
    "a measure without a French name": ("translated", lambda: broken(f"{MODEL}/cultures/fr-FR.tmdl", "\t\t\t\t\tcaption: Taux de retour\n", "")),
    "a visual of a column that is not there": ("fields", lambda: broken(f"{REPORT}/pages/sales/visuals/by-region/visual.json", '"Property": "Region"', '"Property": "Area"')),
    "a visual without alternative text": ("described", lambda: edited(UNITS, lambda one: without(one, "visual", "visualContainerObjects", "general"))),
    "a visual without a title": ("described", lambda: edited(UNITS, lambda one: without(one, "visual", "visualContainerObjects", "title"))),
    "a title that is written into the visual": ("described", lambda: edited(UNITS, lambda one: one["visual"]["visualContainerObjects"]["title"][0]["properties"].update(
        text={"expr": {"Literal": {"Value": "'Units sold'"}}}))),
    "a title that no measure says": ("described", lambda: broken(UNITS, '"Property": "Title of overview units"', '"Property": "Title of nothing"')),
    "a title of a measure that is not there": ("fields", lambda: broken(UNITS, '"Property": "Title of overview units"', '"Property": "Title of nothing"')),
    "a title without French": ("described", lambda: broken(f"{MODEL}/tables/Texts.tmdl", '"Unités vendues",', '"",')),
    "a hidden measure that says no text": ("best-practice", lambda: broken(f"{MODEL}/tables/Sales.tmdl", "\t\tformatString: #,0\n", "\t\tisHidden\n\t\tformatString: #,0\n")),
    "a visual that is not on phones": ("described", lambda: {path: text for path, text in TEXTS.items() if path != f"{REPORT}/pages/sales/visuals/units/mobile.json"}),
    "two visuals of one place in the tab order": ("described", lambda: edited(UNITS, lambda one: one["position"].update(tabOrder=0))),
    "a visual over another": ("described", lambda: edited(UNITS, lambda one: one["position"].update(x=230))),
    "a slicer of its own": ("slicers", lambda: edited(f"{REPORT}/pages/market/visuals/year/visual.json", lambda one: without(one, "visual", "syncGroup"))),
    "a slicer that does not filter a measure": ("slicers", lambda: edited(f"{REPORT}/pages/market/visuals/year/visual.json", lambda one: one["visual"].update(
        query=json.loads(TEXTS[f"{REPORT}/pages/sales/visuals/powertrain/visual.json"])["visual"]["query"]))),
    "a page of details that is bound to nothing": ("drill-through", lambda: edited(f"{REPORT}/pages/model/page.json", lambda one: without(one, "pageBinding", "parameters"))),
    "a measure that no page uses": ("used", lambda: {path: text for path, text in TEXTS.items() if "/visuals/known/" not in path and "/visuals/cancelled/" not in path
                                                    and "/visuals/returned/" not in path}),
    "a password in a query": ("connection", lambda: broken(f"{MODEL}/expressions.tmdl", "account.snowflakecomputing.com", "account?password=x")),
    "an account in a query": ("connection", lambda: broken(f"{MODEL}/tables/Make.tmdl", "SnowflakeAccount", '"account.snowflakecomputing.com"')),
    "a refresh that reads all days": ("refresh", lambda: broken(f"{MODEL}/tables/Sales.tmdl", "[SOLD_ON] >= Date.From(RangeStart) and ", "")),
    "a role that sees all runs": ("security", lambda: broken(f"{MODEL}/roles/Region.tmdl", "\ttablePermission Runs = FALSE()\n", "")),
    "a role that sees all dealers": ("security", lambda: broken(f"{MODEL}/roles/Dealer.tmdl", "    Access[user_name] = USERPRINCIPALNAME()\n", '    Access[user_name] <> ""\n')),
    "a colour beside the theme": ("theme", lambda: broken(UNITS, '"visualType": "card"', '"visualType": "card", "colour": "#ff0000"')),
    "an older format": ("structure", lambda: broken(UNITS, "visualContainer/2.9.0", "visualContainer/1.0.0")),
    "an id that is given twice": ("ids", lambda: broken(f"{MODEL}/tables/Make.tmdl", "lineageTag: ", f"lineageTag: {re.search('lineageTag: (.*)', TEXTS[MODEL + '/tables/Date.tmdl'])[1]}\n\tnote: ")),
    "a table that the model does not name": ("readable", lambda: broken(f"{MODEL}/model.tmdl", "ref table Make\n", "")),
}


class Committed(unittest.TestCase):
    """The project as it is."""

    def test_it_keeps_all_rules(self):
        self.assertEqual([], list(checks.problems(checks.Given(TEXTS, SPEC))))

    def test_a_reader_sees_titles_in_his_language(self):
        with duckdb.connect() as connection:
            generated.fill(connection)
            said = {culture: evaluate.Evaluator(Project(TEXTS), connection, culture=culture) for culture in ("en-GB", "fr-FR", "fr-CA", "de-DE")}
            texts = {culture: one.of(("measure", "Title of overview units"), []) for culture, one in said.items()}
        self.assertEqual({"en-GB": "Units sold", "fr-FR": "Unités vendues", "fr-CA": "Unités vendues", "de-DE": "Units sold"}, texts)

    def test_a_text_without_french_and_french_without_a_visual_are_refused(self):
        for change in (lambda french: french.pop("Units sold"), lambda french: french.update(Nothing="Rien")):
            spec = copy.copy(SPEC)
            spec.report = copy.deepcopy(SPEC.report)
            change(spec.report["french"])
            self.assertRaises(ValueError, project.texts, spec)

    def test_coop_dax_review_finds_nothing(self):
        self.assertEqual([], list(checks.reviewed(HERE, SPEC.model["name"])))

    def test_all_71_rules_are_decided(self):
        self.assertEqual(71, len(rules.RULES))

    def test_writing_it_twice_changes_no_byte(self):
        with tempfile.TemporaryDirectory() as folder:
            project.write(Spec(), folder)
            first = project.read(SPEC, folder)
            project.write(Spec(), folder)
            self.assertEqual(first, project.read(SPEC, folder))
            self.assertEqual(TEXTS, first)


class Mistakes(unittest.TestCase):
    """Each seeded mistake is found by the check that is named beside it."""

    def test_every_mistake_is_caught_by_its_check(self):
        for mistake, (check, seed) in SEEDED.items():
            with self.subTest(mistake):
                self.assertNotEqual([], list(checks.CHECKS[check](checks.Given(seed(), SPEC))))

    def test_a_hand_edit_differs_from_the_lists(self):
        texts = broken(UNITS, '"visualType": "card"', '"visualType": "kpi"')
        self.assertNotEqual([], list(checks.regenerated(checks.Given(texts, SPEC))))

    def test_a_column_that_dbt_renames_is_missed(self):
        with tempfile.TemporaryDirectory() as folder:
            dbt = Path(shutil.copytree(checks.DBT, Path(folder) / "dbt"))
            for name in ("fct_sales.yml", "fct_sales.sql"):
                file = dbt / "models/facts" / name
                file.write_text(file.read_text(encoding="utf-8").replace("revenue", "turnover"), encoding="utf-8")
            self.assertIn("warehouse", found(dbt))

    def test_a_metric_that_dbt_redefines_is_missed(self):
        with tempfile.TemporaryDirectory() as folder:
            dbt = Path(shutil.copytree(checks.DBT, Path(folder) / "dbt"))
            file = dbt / "models/semantic/market.yml"
            file.write_text(file.read_text(encoding="utf-8").replace("version_number > 1", "version_number > 2"), encoding="utf-8")
            self.assertEqual({"listed"}, found(dbt))

    def test_a_year_before_that_dbt_takes_of_other_days_is_missed(self):
        with tempfile.TemporaryDirectory() as folder:
            dbt = Path(shutil.copytree(checks.DBT, Path(folder) / "dbt"))
            file = dbt / "models/semantic/market.yml"
            file.write_text(file.read_text(encoding="utf-8").replace("compared_day__month_has_passed", "compared_day__has_passed"), encoding="utf-8")
            self.assertEqual({"listed"}, found(dbt))


class Values(unittest.TestCase):
    """The DAX and the SQL on invented rows."""

    @classmethod
    def setUpClass(cls):
        cls.connection = duckdb.connect()
        generated.fill(cls.connection)
        cls.addClassCleanup(cls.connection.close)

    def test_every_measure_is_the_metric_for_every_month_and_member(self):
        *different, compared = values.differences(self.connection, SPEC, TEXTS)
        self.assertEqual([], different)
        self.assertGreater(compared, 3000)

    def test_every_measure_has_values(self):
        evaluator = evaluate.Evaluator(Project(TEXTS), self.connection)
        for measure in SPEC.measures:
            with self.subTest(measure["name"]):
                self.assertGreater(len(evaluator.values(measure["label"]["en"], [values.MONTH])), 10)

    def test_a_measure_without_its_guard_differs(self):
        texts = broken(f"{MODEL}/tables/Registrations.tmdl", "ISFILTERED(Vehicle) || ISFILTERED(Dealer)", "ISFILTERED(Dealer)")
        *different, _ = values.differences(self.connection, SPEC, texts, ["market_share"])
        self.assertTrue(any("[Market share] by month and powertrain" in one for one in different), different[:3])

    def test_a_target_that_forgets_vehicles_differs(self):
        texts = broken(f"{MODEL}/tables/Targets.tmdl", "ISFILTERED(Make) || ISFILTERED(Vehicle)", "ISFILTERED(Make)")
        *different, _ = values.differences(self.connection, SPEC, texts, ["target_units", "target_units_to_date", "target_actual_units"])
        self.assertEqual({"model", "segment", "powertrain"}, {re.search(r"by month and (\w+)", one)[1] for one in different})

    def test_a_mean_of_another_column_differs(self):
        texts = broken(f"{MODEL}/tables/Fuel prices.tmdl", "AVERAGE('Fuel prices'[average_price])", "SUM('Fuel prices'[average_price])")
        *different, _ = values.differences(self.connection, SPEC, texts, ["average_fuel_price"])
        self.assertTrue(any("[Average fuel price] by month and fuel" in one for one in different), different[:3])

    def test_a_year_before_of_days_to_come_differs(self):
        texts = broken(f"{MODEL}/tables/Sales.tmdl", "'Date'[has_passed] = TRUE()", "'Date'[has_passed] = FALSE()")
        *different, _ = values.differences(self.connection, SPEC, texts, ["units_sold_year_before"])
        self.assertTrue(any(one.startswith("[Units sold year before] by month and None") for one in different), different[:3])

    def test_a_total_compares_the_months_that_have_a_year_before(self):
        """January 2024 to 17 February 2025 have one, and those of May 2024 are of no sales now: as many days of each year."""
        self.assertEqual(self.changes(), self.changes_of(TEXTS))

    def test_a_total_of_all_months_differs(self):
        texts = broken(f"{MODEL}/tables/Sales.tmdl", "NOT(ISBLANK([Units sold year before]))", "NOT(ISBLANK([Units sold]))")
        self.assertNotEqual(self.changes(), self.changes_of(texts))

    def changes(self):
        """Returns the change of units, and of the price, of all days, by SQL written by hand."""
        return self.connection.execute("""
            with sums as (
                select
                    sum(units_sold) filter (sold_on >= '2024-01-01') as units, sum(revenue) filter (sold_on >= '2024-01-01') as revenue,
                    sum(units_sold) filter (sold_on <= '2024-02-17') as units_before, sum(revenue) filter (sold_on <= '2024-02-17') as revenue_before
                from autopulse_marts.fct_sales)
            select round(units / units_before - 1, 9), round((revenue / units) / (revenue_before / units_before) - 1, 9) from sums""").fetchone()

    def changes_of(self, texts):
        evaluator = evaluate.Evaluator(Project(texts), self.connection)
        return tuple(round(evaluator.values(measure, [])[()], 9) for measure in ("Change of units sold", "Change of average price"))

    def test_a_running_month_is_compared_with_the_same_days(self):
        for last, first_not in ((date(2025, 2, 17), date(2024, 2, 18)), (date(2025, 2, 28), date(2024, 3, 1))):
            with self.subTest(last), duckdb.connect() as connection:
                generated.fill(connection, last_sale=last)
                found = evaluate.Evaluator(Project(TEXTS), connection).values("Units sold year before", [values.MONTH])[date(2025, 2, 1),]
                counted = "select sum(units_sold) from autopulse_marts.fct_sales where sold_on >= '2024-02-01' and sold_on < ?"
                self.assertEqual(connection.execute(counted, [first_not]).fetchone()[0], found)

    def test_the_year_before_has_the_days_of_its_february(self):
        day = date.fromisoformat
        for days, wanted in (
            (["2025-02-27", "2025-02-28"], ["2024-02-27", "2024-02-28", "2024-02-29"]),
            (["2025-02-28"], ["2024-02-28"]),
            (["2024-02-28", "2024-02-29"], ["2023-02-28"]),
            (["2024-12-31", "2025-01-01"], ["2023-12-31", "2024-01-01"]),
        ):
            with self.subTest(days):
                self.assertEqual({day(one) for one in wanted}, evaluate.same_period_last_year({day(one) for one in days}))

    def test_a_measure_of_another_column_differs(self):
        spec = copy.copy(SPEC)
        spec.listed = copy.deepcopy(SPEC.listed)
        next(one for one in spec.listed["measures"] if one["name"] == "net_value")["sql"] = "sum(revenue)"
        *different, _ = values.differences(self.connection, spec, TEXTS)
        self.assertEqual({"Net value", "Average discount"}, {re.match(r"\[([^\]]+)\]", one)[1] for one in different})


ACCESS = [
    ("north@example.com", "NORTH", None),
    ("both@example.com", "NORTH", None),
    ("both@example.com", "SOUTH", None),
    ("dealer@example.com", None, "D1"),
    ("two@example.com", None, "D2"),
    ("two@example.com", None, "D3"),
]
ALL, NONE = "true", "false"


def of(regions=ALL, dealers=ALL, registrations=ALL, forecasts=ALL, runs=ALL, region=ALL, dealer=ALL, access=NONE):
    """Returns the rows that a person sees, as SQL by table."""
    own = f"({regions}) and ({dealers})"
    rows = {"Sales": own, "Versions": own, "Targets": own, "Registrations": registrations, "Fuel prices": registrations, "Forecast": forecasts}
    return {**rows, "Attention": runs, "Runs": runs, "Region": region, "Dealer": dealer, "Access": access, "Date": ALL, "Make": ALL, "Vehicle": ALL}


def own(name):
    return f"user_name = '{name}'"


NORTH, NORTH_AND_SOUTH = "region = 'NORTH'", "region in ('NORTH', 'SOUTH')"
PERSONAS = {
    "the head office": ("Head office", "head@example.com", of()),
    "a region": ("Region", "North@Example.com", of(
        regions=NORTH, registrations=NORTH, forecasts="member = 'NORTH'", runs=NONE, region="\"Region\" = 'NORTH'", access=own("north@example.com"))),
    "two regions": ("Region", "both@example.com", of(
        regions=NORTH_AND_SOUTH, registrations=NORTH_AND_SOUTH, forecasts="member <> 'EAST'", runs=NONE, region="\"Region\" <> 'EAST'",
        access=own("both@example.com"))),
    "a region's reader to whom nothing is given": ("Region", "new@example.com", of(
        regions=NONE, registrations=NONE, forecasts=NONE, runs=NONE, region=NONE)),
    "a dealer": ("Dealer", "dealer@example.com", of(
        dealers="dealer_id = 'D1'", registrations=NONE, forecasts=NONE, runs=NONE, dealer="\"Dealer ID\" = 'D1'", access=own("dealer@example.com"))),
    "a group of dealers": ("Dealer", "two@example.com", of(
        dealers="dealer_id in ('D2', 'D3')", registrations=NONE, forecasts=NONE, runs=NONE, dealer="\"Dealer ID\" in ('D2', 'D3')",
        access=own("two@example.com"))),
    "a user of no role": (None, "north@example.com", {table: NONE for table in of()}),
}


class Security(unittest.TestCase):
    """Who sees which rows."""

    @classmethod
    def setUpClass(cls):
        cls.connection = duckdb.connect()
        generated.fill(cls.connection, ACCESS)
        cls.addClassCleanup(cls.connection.close)
        cls.evaluator = evaluate.Evaluator(Project(TEXTS), cls.connection)

    def rows(self, sql):
        return self.connection.execute(sql).fetchall()

    def test_every_person_sees_the_rows_of_the_sql_twin(self):
        for person, (role, user, twins) in PERSONAS.items():
            for table, rows in twins.items():
                with self.subTest(person=person, table=table):
                    seen, twin = self.evaluator.visible(role, user, table), f'select * from "{table}" where {rows}'
                    for more, less in ((seen, twin), (twin, seen)):
                        self.assertEqual([], self.rows(f"({more}) except all ({less})"))

    def test_a_person_sees_rows_and_not_all(self):
        count = {person: len(self.rows(self.evaluator.visible(role, user, "Sales"))) for person, (role, user, _) in PERSONAS.items()}
        self.assertTrue(0 < count["a region"] < count["two regions"] < count["the head office"], count)
        self.assertTrue(0 < count["a dealer"] < count["the head office"], count)
        self.assertEqual(0, count["a user of no role"])


if __name__ == "__main__":
    unittest.main()
