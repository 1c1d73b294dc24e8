"""Tests the pictures of dashboards: python -m unittest test_pictures, with dashboards and its folders powerbi and pictures in PYTHONPATH."""

import dataclasses
import datetime
import html.parser
import json
import re
import shutil
import tempfile
import unittest
from decimal import Decimal
from pathlib import Path

import cards
import drawing
import duckdb
import evaluate
import generated
import invented
import metabase_pages
import powerbi_pages
import project
from spec import HERE, Spec
from tabular import Project
from tiles import Column, Page, Tile

SPEC = Spec()
TEXTS = project.read(SPEC, HERE)
REPORT = "Autopulse.Report/definition/pages"
CLASSES = {
    "slicer": "filter",
    "card": "number",
    "clusteredColumnChart": "chart",
    "lineChart": "chart",
    "clusteredBarChart": "bars",
    "tableEx": "table",
    "pivotTable": "pivot",
}


class Sections(html.parser.HTMLParser):
    """The tiles that a page has, by their ids: kind, place and texts."""

    def __init__(self, text):
        super().__init__()
        self.found, self.current = {}, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "section":
            place = tuple(int(each) for each in re.findall(r":(\d+)px", given["style"]))
            self.current = self.found.setdefault(given["id"], (given["class"].split()[0], place, []))

    def handle_endtag(self, tag):
        if tag == "section":
            self.current = None

    def handle_data(self, data):
        if self.current and data.strip():
            self.current[2].append(data.strip())


def drawn(page):
    return Sections(drawing.html(page)).found


def edited(path, change):
    """Returns the project with a JSON file that is changed."""
    value = json.loads(TEXTS[path])
    change(value)
    return {**TEXTS, path: json.dumps(value)}


def shown(value, listed):
    """Returns what a reader sees of a value of the list of measures."""
    form = SPEC.listed["formats"][listed["format"]]["power_bi"].split(";")[0]
    decimals, percent = len(form.rstrip("%").partition(".")[2]), form.endswith("%")
    return f"{Decimal(str(value)) * (100 if percent else 1):,.{decimals}f}{'%' if percent else ''}"


class PowerBi(unittest.TestCase):
    """Every visual of every page is drawn, with its title and its values."""

    @classmethod
    def setUpClass(cls):
        cls.connection = duckdb.connect()
        cls.addClassCleanup(cls.connection.close)
        generated.fill(cls.connection)
        cls.pages = {page.name: page for page in powerbi_pages.pages(cls.connection)}
        cls.evaluator = evaluate.Evaluator(Project(TEXTS), cls.connection)
        cls.listed = {one["label"]["en"]: one for one in SPEC.measures}

    def problems(self, pages):
        """Yields what a page does not show of its files."""
        for page in SPEC.report["pages"]:
            found = drawn(pages[page["name"]])
            for visual in page["visuals"]:
                name = f"{page['name']}/{visual['name']}"
                kind, place, texts = found.get(visual["name"], ("", (), []))
                matrix_of_rows = visual["type"] == "pivotTable" and "Columns" not in visual["fields"]
                if kind != ("table" if matrix_of_rows else CLASSES[visual["type"]]) or list(place) != visual["at"]:
                    yield f"{name} is {kind or 'not drawn'} at {place}"
                elif visual["title"] != texts[0]:
                    yield f"{name} is called {texts[0]}"
                else:
                    yield from (f"{name} does not show {text} in {texts}" for text in self.expected(visual, page.get("drill")) if text not in texts)

    def expected(self, visual, drill):
        """Yields what must be read on a visual: its choice, its value, the last of a line, the greatest of other charts, the first of a matrix, a table's
        totals."""
        fields = [SPEC.field(text) for role in ("Rows", "Columns", "Category", "Series", "Y", "Values") for text in visual["fields"].get(role, [])]
        columns = [field[1:] for field in fields if field[0] == "Column"]
        if visual["type"] == "slicer":
            yield "All"
        by = columns if visual["type"] not in ("tableEx", "card") else []
        measures = {field[2]: self.values(field[2], by, drill) for field in fields if field[0] == "Measure"}
        first = min((key for found in measures.values() for key in found), default=None) if visual["type"] == "pivotTable" else None
        for label, found in measures.items():
            if not found:
                self.fail(f"{visual['name']}: {label} has no value among the invented rows")
            if visual["type"] == "pivotTable":
                yield from (shown(found[key], self.listed[label]) for key in [first] if key in found)
            else:
                yield shown(found[max(found)] if visual["type"] == "lineChart" else max(found.values()), self.listed[label])
        if visual["type"] == "tableEx":
            yield "Total"

    def values(self, label, by, drill):
        if not drill:
            return self.evaluator.values(label, by)
        column = SPEC.field(drill)[1:]
        model = self.connection.execute("select model from autopulse_marts.fct_sales group by 1 order by sum(units_sold) desc, 1 limit 1").fetchone()[0]
        return {key[:-1]: value for key, value in self.evaluator.values(label, [*by, column]).items() if key[-1] == model}

    def test_every_visual_shows_its_title_and_values(self):
        self.assertEqual([], list(self.problems(self.pages)))

    def test_values_are_those_of_sql(self):
        cases = {
            ("sales", "units", "{:,.0f}"): "select sum(units_sold) from fct_sales",
            ("sales", "discount", "{:.1%}"): "select 1 - sum(discount_net) / sum(discount_list) from fct_sales",
            ("sales", "by-region", "{:,.0f}"): "select max(units) from (select sum(units_sold) as units from fct_sales group by region)",
            ("market", "registrations", "{:,.0f}"): (
                "select max(units) from (select sum(market_units) as units from fct_registrations where period_grain = 'month' group by period_start)"),
            ("forecast", "error", "{:.1%}"): (
                "select sum(absolute_error_units) / sum(actual_units) from mart_forecast_vs_actual"
                " where grain = 'week' and dimension = 'region' and is_first_vintage and is_closed and horizon = 1"),
            ("data-health", "runs", "{:,.0f}"): "select count(distinct run_id) from mart_data_quality",
        }
        for (page, visual, form), sql in cases.items():
            with self.subTest(page=page, visual=visual):
                value = self.connection.execute(sql.replace("from ", "from autopulse_marts.").replace("autopulse_marts.(", "(")).fetchone()[0]
                self.assertIn(form.format(value), drawn(self.pages[page])[visual][2])

    def test_a_tile_that_is_left_out_is_missed(self):
        page = self.pages["sales"]
        left = dataclasses.replace(page, tiles=tuple(tile for tile in page.tiles if tile.name != "by-region"))
        self.assertEqual(["sales/by-region is not drawn at ()"], list(self.problems({**self.pages, "sales": left})))

    def test_another_value_is_found(self):
        page = self.pages["sales"]
        wrong = tuple(dataclasses.replace(tile, rows=((1,),)) if tile.name == "units" else tile for tile in page.tiles)
        self.assertEqual(1, len(list(self.problems({**self.pages, "sales": dataclasses.replace(page, tiles=wrong)}))))

    def refused(self, path, change):
        with self.assertRaises(ValueError) as refusal:
            powerbi_pages.pages(self.connection, edited(path, change))
        self.assertIn(path, str(refusal.exception))
        return str(refusal.exception)

    def test_an_unknown_kind_is_refused(self):
        file = f"{REPORT}/sales/visuals/units/visual.json"
        self.assertIn("cannot draw a gauge", self.refused(file, lambda one: one["visual"].update(visualType="gauge")))

    def test_a_field_that_the_model_does_not_have_is_refused(self):
        file = f"{REPORT}/sales/visuals/by-region/visual.json"

        def rename(one):
            one["visual"]["query"]["queryState"]["Category"]["projections"][0]["field"]["Column"]["Property"] = "Area"

        self.assertIn("the model has no column Area", self.refused(file, rename))
        slicer = f"{REPORT}/sales/visuals/region/visual.json"

        def other(one):
            one["visual"]["query"]["queryState"]["Values"]["projections"][0]["field"]["Column"]["Expression"]["SourceRef"]["Entity"] = "Country"

        self.assertIn("the model has no column Region", self.refused(slicer, other))

    def test_filters_and_roles_that_are_not_drawn_are_refused(self):
        file = f"{REPORT}/sales/visuals/by-region/visual.json"
        self.refused(file, lambda one: one.update(filterConfig={"filters": []}))
        self.refused(file, lambda one: one["visual"]["query"]["queryState"].update(Tooltips={"projections": []}))
        self.refused(f"{REPORT}/market/visuals/by-make/visual.json", lambda one: one["visual"].pop("objects"))

    def test_series_are_the_members_of_a_column(self):
        file = f"{REPORT}/sales/visuals/price-by-month/visual.json"
        region = json.loads(TEXTS[f"{REPORT}/sales/visuals/by-region/visual.json"])["visual"]["query"]["queryState"]["Category"]
        texts = edited(file, lambda one: one["visual"]["query"]["queryState"].update(Series=region))
        page = next(page for page in powerbi_pages.pages(self.connection, texts) if page.name == "sales")
        found = self.evaluator.values("Average price", [("Date", "Month"), ("Region", "Region")])
        last = {region: max(key for key in found if key[1] == region) for region in ("EAST", "NORTH", "SOUTH")}
        shown_texts = drawn(page)["price-by-month"][2]
        self.assertEqual(["EAST", "NORTH", "SOUTH"], shown_texts[1:4])
        for key in last.values():
            self.assertIn(shown(found[key], self.listed["Average price"]), shown_texts)

    def test_a_title_may_be_a_measure(self):
        visual = f"{REPORT}/sales/visuals/units/visual.json"
        title = {"Measure": {"Expression": {"SourceRef": {"Entity": "Sales"}}, "Property": "Revenue"}}
        texts = edited(visual, lambda one: one["visual"]["visualContainerObjects"]["title"][0]["properties"]["text"].update(expr=title))
        with self.assertRaisesRegex(ValueError, "the measure Revenue of its title has no text"):
            powerbi_pages.pages(self.connection, texts)
        report = Project(texts)
        report.measures["Revenue"].expression = 'IF(USERCULTURE() = "fr-FR", "Unités", "Units so far")'
        reader = powerbi_pages.Reader(report, self.evaluator, "Autopulse")
        self.assertEqual("Units so far", reader.tile(visual, report.visuals["sales"]["units"]["desk"], None).title)

    def test_numbers_are_written_by_their_format(self):
        cases = [(1234.5, "#,0", "1,235"), (2024, "0", "2024"), (0.0525, "#,0.0%;-#,0.0%;#,0.0%", "5.3%"), (-0.05, "#,0.0%;-#,0.0%;#,0.0%", "-5.0%"),
                 (datetime.date(2024, 5, 1), "MMMM yyyy", "May 2024"), (0, "+0;-0;0", "0"), (3, "+0;-0;0", "+3"), (None, "#,0", "")]
        for value, form, text in cases:
            self.assertEqual(text, powerbi_pages.text(value, form))
        for value, form in [(1, "General Date"), (datetime.date(2024, 5, 1), "d MMM")]:
            with self.assertRaises(ValueError):
                powerbi_pages.text(value, form)


# What each question shows of the invented rows: worked out by hand.
SHOWN = {
    "Units sold": ["3"],
    "Revenue": ["60,000"],
    "Average price": ["20,000"],
    "Average discount": ["20.0%"],
    "Cancellation rate": ["25.0%"],
    "Return rate": ["0.0%"],
    "Units and revenue by month": ["Jan 2025", "Feb 2025", "3", "60,000"],
    "Units by powertrain": ["BEV", "2", "ICE", "1"],
    "Sales by region": ["Average price", "2025-02", "NORTH", "SOUTH", "40,000", "20.0%"],
    "Sales by dealer": ["D1", "D2", "20,000"],
    "Sales by model": ["RENAULT CLIO", "60,000"],
    "Targets by dealer": ["D1", "4", "1", "50.0%", "3"],
    "Market share": ["18.8%"],
    "Registrations": ["16"],
    "Share by month": ["18.8%"],
    "Market by month": ["Registrations", "Units sold", "16", "3"],
    "Share by member": ["RENAULT", "SKODA", "37.5%", "0.0%", "1.25", "2.5"],
    "Why the share changed": ["RENAULT", "2.5", "SKODA", "-1.25"],
    "Units forecast": ["7"],
    "Forecast error": ["22.2%"],
    "Expected by week": ["3 Feb 2025", "7", "5", "9.5"],
    "Forecast and sold": ["Expected", "7", "Sold", "8"],
    "Forecast by region": ["NORTH", "4", "5", "SOUTH", "25.0%"],
    "Accuracy by horizon": ["Weeks ahead", "1", "12.5%", "-12.5%", "100.0%"],
    "Runs": ["2"],
    "Records read": ["400"],
    "Records rejected": ["5"],
    "Rejected share": ["1.3%"],
    "Runs by day": ["FAILED", "PUBLISHED", "27 Feb 2025", "28 Feb 2025", "1"],
    "Last publication by job": ["refresh", "February 27, 2025, 11:05 PM", "February 28, 2025, 12:30 AM"],
    "Records by feed": ["sales", "400", "5", "1.3%"],
    "Last runs": ["r1", "r2", "12.5", "199", "196", "BAD_DATE"],
}
DISPLAYS = {"scalar": "number", "table": "table", "row": "bars", "bar": "chart", "line": "chart", "combo": "chart"}


class Metabase(unittest.TestCase):
    """Every question of every dashboard is drawn, with its title and its values."""

    @classmethod
    def setUpClass(cls):
        cls.connection = duckdb.connect()
        cls.addClassCleanup(cls.connection.close)
        invented.fill(cls.connection)
        cls.pages = {page.title: page for page in metabase_pages.pages(cls.connection)}
        contents = cards.read().values()
        cls.known = {one["entity_id"]: one for one in contents if cards.model_of(one) == "Card"}
        cls.dashboards = [one for one in contents if cards.model_of(one) == "Dashboard"]

    def problems(self, pages):
        """Yields what a dashboard does not show of its files."""
        for dashboard in self.dashboards:
            found = drawn(pages[dashboard["name"]])
            for parameter in dashboard["parameters"]:
                kind, _, texts = found.get(parameter["id"], ("", (), [""]))
                if kind != "filter" or parameter["name"] != texts[0]:
                    yield f"{dashboard['name']}: the filter {parameter['name']} is not drawn"
            for place in dashboard["dashcards"]:
                card = self.known[place["card_id"]]
                kind, at, texts = found.get(place["card_id"], ("", (), []))
                if kind != DISPLAYS[card["display"]] or card["name"] != texts[0]:
                    yield f"{dashboard['name']}: {card['name']} is not drawn"
                    continue
                if abs(at[0] / 1280 - place["col"] / 24) > 0.01 or abs(at[2] / 1280 - place["size_x"] / 24) > 0.02:
                    yield f"{dashboard['name']}: {card['name']} is at {at}"
                yield from (f"{dashboard['name']}: {card['name']} does not show {text} in {texts}" for text in SHOWN[card["name"]] if text not in texts[1:])

    def test_every_question_shows_its_title_and_values(self):
        self.assertEqual([], list(self.problems(self.pages)))
        on_dashboards = {self.known[place["card_id"]]["name"] for one in self.dashboards for place in one["dashcards"]}
        self.assertEqual(on_dashboards, set(SHOWN))

    def test_tiles_are_not_on_each_other(self):
        for page in self.pages.values():
            boxes = [tile.place for tile in page.tiles]
            for at, (x, y, width, height) in enumerate(boxes):
                self.assertTrue(0 <= x and x + width <= page.size[0] and y + height <= page.size[1])
                self.assertFalse(any(x < a + c and a < x + width and y < b + d and b < y + height for a, b, c, d in boxes[at + 1 :]))

    def test_a_filter_shows_its_default_and_its_question_heeds_it(self):
        found = drawn(self.pages["Market"])
        self.assertIn("Make", [text for kind, _, texts in found.values() if kind == "filter" for text in texts])
        table = next(texts for _, _, texts in found.values() if texts[0] == "Share by member")
        self.assertNotIn("CLIO", table)

    def test_a_question_that_is_left_out_is_missed(self):
        page = self.pages["Sales"]
        left = dataclasses.replace(page, tiles=tuple(tile for tile in page.tiles if tile.title != "Revenue"))
        self.assertEqual(["Sales: Revenue is not drawn"], list(self.problems({**self.pages, "Sales": left})))

    def refused(self, file, old, new):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(shutil.copytree(cards.FOLDER, Path(folder) / "metabase"))
            path = copy / f"collections/main/autopulse/{file}.yaml"
            text = path.read_text(encoding="utf-8")
            self.assertIn(old, text)
            path.write_text(text.replace(old, new), encoding="utf-8")
            with self.assertRaises(ValueError) as refusal:
                metabase_pages.pages(self.connection, copy)
        self.assertIn(f"{file}.yaml", str(refusal.exception))
        return str(refusal.exception)

    def test_what_cannot_be_drawn_is_refused(self):
        self.assertIn("gauge", self.refused("sales/revenue", "display: scalar", "display: gauge"))
        self.assertIn("turnover", self.refused("sales/revenue", "scalar.field: revenue", "scalar.field: turnover"))
        self.assertIn("graph.show_goal", self.refused("market/share_by_month", "graph.x_axis.scale: timeseries", "graph.show_goal: true"))
        self.assertIn("prefix", self.refused("sales/revenue", "number_style: decimal", "prefix: EUR"))
        self.assertIn("no question", self.refused("sales/sales", "card_id: Od_tHikqXoK_B4OynSLI1\n  row", "card_id: another\n  row"))


class Statements(unittest.TestCase):
    """A question's statement is what Metabase makes of it."""

    CARD = {
        "dataset_query": {"stages": [{
            "native": "select {{by}} from t where a = coalesce([[{{period}},]] null) [[and {{region}}]] [[and {{by}} = {{period}}]] and {{dealer}}",
            "template-tags": [
                {"name": "by", "type": "text", "default": "make"},
                {"name": "period", "type": "text"},
                {"name": "region", "type": "dimension", "dimension": ["field", {}, ["Autopulse", "M", "T", "REGION"]]},
                {"name": "dealer", "type": "dimension", "dimension": ["field", {}, ["Autopulse", "M", "T", "DEALER"]]},
            ],
        }]}
    }

    def test_what_has_no_value_is_left_out(self):
        self.assertEqual("select 'make' from t where a = coalesce( null)   and 1 = 1", cards.compiled(self.CARD))

    def test_values_are_texts_and_conditions(self):
        self.assertEqual(
            "select 'model' from t where a = coalesce('2024-11', null) and M.T.REGION in ('VAL D''OISE') and 'model' = '2024-11' and 1 = 1",
            cards.compiled(self.CARD, {"by": "model", "period": "2024-11", "region": "VAL D'OISE"}))


class Drawing(unittest.TestCase):
    """What the files of today do not show."""

    THEME = metabase_pages.THEME

    def marks(self, tag, **tile):
        category = Column("Month", str)
        page = Page("one", "One", (400, 300), self.THEME, (Tile("a", "chart", "A", (0, 0, 400, 300), **{**tile, "columns": (category, *tile["columns"])}),))
        return [dict(re.findall(r'([\w-]+)="([^"]*)"', each)) for each in re.findall(rf"<{tag} [^>]*>", drawing.html(page))]

    def test_columns_stand_on_zero(self):
        series = Column("Units", str, True, "column")
        one, two = (float(each["height"]) for each in self.marks("rect", columns=(series,), rows=(("a", 90), ("b", 100))))
        self.assertAlmostEqual(0.9, one / two, 2)

    def test_columns_below_zero_hang_from_it(self):
        up, down = self.marks("rect", columns=(Column("Change", str, True, "column"),), rows=(("a", 50), ("b", -50)))
        self.assertEqual(float(up["y"]) + float(up["height"]), float(down["y"]))

    def test_stacked_columns_are_on_each_other(self):
        series = (Column("A", str, True, "column"), Column("B", str, True, "column"))
        first, second = self.marks("rect", columns=series, rows=(("a", 1, 3),), stacked=True)[-2:]
        self.assertAlmostEqual(float(first["y"]), float(second["y"]) + float(second["height"]), 1)

    def test_an_area_is_filled_to_zero(self):
        area, border = self.marks("path", columns=(Column("Units", str, True, "area"),), rows=(("a", 90), ("b", 100)))
        self.assertTrue(area["d"].endswith("Z"))
        self.assertEqual("none", border["fill"])

    def test_axes_have_round_steps_around_the_values(self):
        for low, high, steps in [(0, 622, [0, 200, 400, 600, 800]), (0.045, 0.052, None), (-1.25, 2.5, [-2, -1, 0, 1, 2, 3]), (0, 0, None), (7, 7, None)]:
            found = drawing.steps(low, high)
            self.assertTrue(found[0] <= low and found[-1] >= high and 2 <= len(found) <= 7, found)
            if steps:
                self.assertEqual(steps, found)
        self.assertEqual([0, 1], drawing.steps(0, 1, "{:.0f}".format))

    def test_text_of_data_is_no_markup(self):
        page = Page("one", "One", (400, 300), self.THEME, (Tile("a", "table", "A", (0, 0, 400, 300), (Column("Name", str),), (("<script>x</script>",),)),))
        self.assertNotIn("<script>", drawing.html(page))

    def test_what_does_not_fit_is_counted(self):
        rows = tuple((f"row {at}",) for at in range(40))
        page = Page("one", "One", (400, 300), self.THEME, (Tile("a", "table", "A", (0, 0, 400, 300), (Column("Name", str),), rows),))
        texts = drawn(page)["a"][2]
        count = sum(text.startswith("row ") for text in texts)
        self.assertIn(f"{40 - count} more rows", texts)


if __name__ == "__main__":
    unittest.main()
