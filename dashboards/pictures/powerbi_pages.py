"""Reads Power BI's pages from PBIR and TMDL, with figures that evaluate.py computes. What it cannot draw is an error that names the file."""

import json
import re
from datetime import date, datetime
from decimal import Decimal

import project
from evaluate import Evaluator
from spec import HERE, Spec
from tabular import Project
from tiles import Column, Page, Theme, Tile, by_member, rounded

# A visual's kind, how it draws its measures, and whether they are on each other.
KINDS = {
    "slicer": ("filter", "", False),
    "card": ("number", "", False),
    "clusteredColumnChart": ("chart", "column", False),
    "columnChart": ("chart", "column", True),
    "lineChart": ("chart", "line", False),
    "areaChart": ("chart", "area", False),
    "clusteredBarChart": ("bars", "column", False),
    "tableEx": ("table", "", False),
    "pivotTable": ("pivot", "", False),
}
ROLES = ("Rows", "Columns", "Category", "Series", "Y", "Values")
NUMBER = re.compile(r'([^#0"]*)(#,)?(0)(\.0+)?(%)?([^#0%"]*)')


def pages(connection, texts=None, schema="AUTOPULSE_MARTS"):
    """Returns the pages of a project in their order: of its texts, or of its files."""
    spec = Spec()
    found = Project(texts or project.read(spec, HERE), spec.model["name"])
    if found.broken:
        raise ValueError("; ".join(found.broken))
    reader = Reader(found, Evaluator(found, connection, schema), spec.model["name"])
    return [reader.page(name) for name in reader.order()]


class Reader:
    """The pages of one report."""

    def __init__(self, report, evaluator, name):
        self.report, self.evaluator = report, evaluator
        self.root = f"{name}.Report/definition/pages"
        self.theme = theme(json.loads(report.texts[f"{name}.Report/StaticResources/RegisteredResources/{name}.json"]))

    def order(self):
        return json.loads(self.report.texts[f"{self.root}/pages.json"])["pageOrder"]

    def page(self, name):
        """Returns a page; one of details is of the member that has most of its first measure."""
        one = self.report.pages[name]
        visuals = sorted(self.report.visuals[name].items(), key=lambda each: each[1]["desk"]["position"]["z"])
        file = f"{self.root}/{name}/page.json"
        filters = one.get("filterConfig", {}).get("filters", [])
        if len(filters) > 1 or any("filter" in each for each in filters):
            raise ValueError(f"{file}: cannot draw its filters")
        bound = [self.field(each["field"], file) for each in filters]
        chosen = self.chosen(name, bound[0], visuals) if bound else None
        given = (bound[0], chosen) if bound else None
        tiles = tuple(self.tile(f"{self.root}/{name}/visuals/{key}/visual.json", value["desk"], given) for key, value in visuals)
        title = one["displayName"] + (f": {chosen}" if chosen else "")
        return Page(name, title, (one["width"], one["height"]), self.theme, tiles)

    def chosen(self, name, column, visuals):
        measure = next(
            field[1] for key, each in visuals for field in self.fields(each["desk"], f"{self.root}/{name}/visuals/{key}/visual.json") if field[0] == "Measure"
        )
        found = self.evaluator.values(measure, [column[1:]])
        return min(found, key=lambda key: (-found[key], key))[0] if found else None

    def tile(self, file, visual, given):
        """Returns a visual with its figures."""
        made = visual["visual"]
        if made["visualType"] not in KINDS:
            raise ValueError(f"{file}: cannot draw a {made['visualType']}")
        state = made["query"]["queryState"]
        if state.keys() - set(ROLES) or "filterConfig" in visual:
            raise ValueError(f"{file}: cannot draw {', '.join(state.keys() - set(ROLES)) or 'its filters'}")
        kind, drawn, stacked = KINDS[made["visualType"]]
        totals_of = totals_shown(made.get("objects", {}), file)
        if kind == "pivot" and "Columns" not in state:
            kind = "table"
        title = self.title(made, file)
        place = tuple(visual["position"][key] for key in ("x", "y", "width", "height"))
        fields = self.fields(visual, file)
        columns = [one[1:] for one in fields if one[0] == "Column"]
        measures = [one[1] for one in fields if one[0] == "Measure"]
        same = {"name": visual["name"], "kind": kind, "title": title, "place": place}
        if kind == "filter":
            return Tile(**same, chosen="All")
        shown = (*(self.column(one) for one in columns), *(self.measure(one, drawn) for one in measures))
        rows = self.rows(measures, columns, given)
        if kind == "number":
            return Tile(**same, columns=shown, rows=tuple(rows) or ((None,) * len(shown),), caption=measures[0])
        rows = self.sorted(rows, columns, kind, made, file)
        if "Series" in state:
            if kind != "chart" or len(measures) > 1:
                raise ValueError(f"{file}: cannot draw Series")
            shown, rows = by_member(shown, rows)
        totals = ()
        if kind == "table" and measures and totals_of["rowSubtotals"]:
            totals = tuple(self.rows(measures, [], given))
        elif kind == "pivot" and totals_of["columnSubtotals"]:
            raise ValueError(f"{file}: cannot draw a total of columns")
        elif kind == "pivot" and totals_of["rowSubtotals"]:
            totals = tuple(self.sorted(self.rows(measures, columns[1:], given), columns[1:], kind, {}, file))
        return Tile(**same, columns=shown, rows=tuple(rows), totals=totals, stacked=stacked)

    def fields(self, visual, file):
        """Returns the fields of a visual: kind, and table and name of a column or the name of a measure; one the model has not is an error."""
        state = visual["visual"]["query"]["queryState"]
        return [self.field(one["field"], file) for role in ROLES if role in state for one in state[role]["projections"]]

    def field(self, value, file):
        kind, one = next(iter(value.items()))
        name = one.get("Property")
        if kind == "Measure" and name in self.report.measures:
            return kind, name
        table = one.get("Expression", {}).get("SourceRef", {}).get("Entity")
        if kind == "Column" and (table, name) in self.report.columns:
            return kind, table, name
        raise ValueError(f"{file}: the model has no {kind.lower()} {name}")

    def title(self, visual, file):
        """Returns the title of a visual: a text, or the English text of the measure that it is bound to."""
        given = visual["visualContainerObjects"]["title"][0]["properties"]["text"]["expr"]
        if "Literal" in given:
            return given["Literal"]["Value"][1:-1].replace("''", "'")
        name = self.field(given, file)[1]
        texts = re.findall(r'"((?:[^"]|"")*)"', self.report.measures[name].expression)
        if not texts:
            raise ValueError(f"{file}: the measure {name} of its title has no text")
        # What is written last is what holds when no other language does.
        return texts[-1].replace('""', '"')

    def rows(self, measures, columns, given):
        """Returns the rows of members with the values of measures; those without any are not there."""
        by = [*columns, given[0][1:]] if given else columns
        found = [self.evaluator.values(measure, by) for measure in measures]
        if given:
            found = [{key[:-1]: value for key, value in one.items() if key[-1] == given[1]} for one in found]
        return [(*key, *(one.get(key) for one in found)) for key in dict.fromkeys(key for one in found for key in one)]

    def sorted(self, rows, columns, kind, visual, file):
        """Returns rows as Power BI sorts them: by dates and in tables by members, in other charts by the first measure, the greatest first."""
        if visual.get("query", {}).get("sortDefinition"):
            ordered = visual["query"]["sortDefinition"]["sort"][0]
            names = [one[-1] for one in self.fields({"visual": visual}, file)]
            at = names.index(self.field(ordered["field"], file)[-1])
            present = sorted((row for row in rows if row[at] is not None), key=lambda row: row[at], reverse=ordered["direction"] == "Descending")
            return present + [row for row in rows if row[at] is None]
        members = len(columns)
        by_members = sorted(rows, key=lambda row: tuple((one is not None, one) for one in row[:members]))
        if kind in ("table", "pivot") or columns[0][0] == "Date":
            return by_members
        return sorted(by_members, key=lambda row: -(row[members] or 0))

    def column(self, column):
        given = self.report.columns[column].properties.get("formatString", "")
        return Column(column[1], lambda value: text(value, given))

    def measure(self, name, drawn):
        given = self.report.measures[name].properties.get("formatString", "")
        return Column(name, lambda value: text(value, given), True, drawn)


def totals_shown(objects, file):
    """Returns which totals a table or matrix has: all, unless its settings say false."""
    shown = {"rowSubtotals": True, "columnSubtotals": True}
    for name, value in (objects.get("subTotals") or [{"properties": {}}])[0]["properties"].items():
        if name not in shown:
            raise ValueError(f"{file}: cannot draw {name}")
        shown[name] = value["expr"]["Literal"]["Value"] == "true"
    return shown


def theme(value):
    font = value["textClasses"]["title"]["fontFace"]
    return Theme(
        tuple(value["dataColors"]), value["background"], value["foreground"], value["textClasses"]["label"]["color"], value["tableAccent"], font,
        blank="(Blank)", frame="1px solid #e3e6ea",
    )


def text(value, given):
    """Returns what Power BI writes of a value, by a format string."""
    if value is None:
        return ""
    if isinstance(value, (date, datetime)):
        patterns = {"MMMM yyyy": "%B %Y", "yyyy-mm": "%Y-%m", "yyyy-mm-dd": "%Y-%m-%d"}
        if given not in patterns:
            raise ValueError(f"the format {given!r} of a date is not known")
        return value.strftime(patterns[given])
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        sections = given.split(";")
        section = sections[1] if value < 0 and len(sections) > 1 else sections[2] if value == 0 and len(sections) > 2 else sections[0]
        found = NUMBER.fullmatch(section)
        if not found:
            raise ValueError(f"the format {given!r} of a number is not known")
        before, thousands, _, decimals, percent, after = found.groups()
        shown = Decimal(str(value)) * (100 if percent else 1)
        written = rounded(abs(shown) if len(sections) > 1 else shown, len(decimals or ".") - 1)
        return before + (written if thousands else written.replace(",", "")) + (percent or "") + after
    return str(value)
