"""Checks a Power BI project: checks.py [--project FOLDER] [--dbt FOLDER] [--schemas FOLDER]. Prints each problem with the name of its check; exit code 1
if there is one. docs/powerbi.md lists the checks."""

import argparse
import functools
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from pbi_parsers import dax as formatter

import dax
import measures
import pbir
import project as written
import rules
from spec import HERE, Spec
from tabular import Project, relation

DBT = measures.ROOT / "warehouse/dbt"
SECRET = re.compile(r"(?i)password|secret|token|private.?key|pwd=")
SELF_FILTERED = {"Date", "Make", "Vehicle", "Region", "Dealer"}


class Given:
    """What the checks look at: the project's texts, the lists, and dbt's columns."""

    def __init__(self, texts, spec, dbt=DBT, schemas=None):
        self.texts, self.spec, self.dbt, self.schemas = texts, spec, Path(dbt), schemas
        self.project = Project(texts, spec.model["name"])


def regenerated(given):
    """The files are those that the lists make, byte by byte."""
    made = written.texts(given.spec)
    for path in sorted(made.keys() | given.texts.keys()):
        if path not in given.texts:
            yield f"{path} is missing: dashboards/powerbi/generate"
        elif path not in made:
            yield f"{path} is in no list: dashboards/powerbi/generate"
        elif made[path] != given.texts[path]:
            yield f"{path} differs from the lists: dashboards/powerbi/generate"


def readable(given):
    """Every file can be read, and the model names each table, role and language once."""
    yield from given.project.broken
    named = {(one.expression, one.name) for one in given.project.model.all("ref")}
    there = {(kind, one.name) for kind in ("table", "role", "cultureInfo") for one in given.project.model.all(kind)}
    for kind, name in sorted(named ^ there):
        yield f"the {kind} {name} is {'named and has no file' if (kind, name) in named else 'not named in model.tmdl'}"


def ids(given):
    """No two objects have one id."""
    tags = re.findall(r"lineageTag: (\S+)", "\n".join(given.texts.values()))
    for tag, count in Counter(tags).items():
        if count > 1:
            yield f"the lineage tag {tag} is given {count} times"
    for (table, name), _ in given.project.columns.items():
        if name.lower() in {one.name.lower() for one in given.project.tables[table].all("measure")}:
            yield f"{table} has a column and a measure {name}"


def relationships(given):
    """A relationship joins columns that exist, of tables with rows, to a key; each filter has one way to a table."""
    project = given.project
    filled = project.filled
    for source, target, one in project.relationships:
        for end in (source, target):
            if end not in project.columns:
                yield f"{one.name} joins {end[0]}[{end[1]}], which does not exist"
            elif end[0] not in filled:
                yield f"{one.name} joins {end[0]}, which has no rows"
        if target in project.columns and not project.columns[target].flag("isKey"):
            yield f"{target[0]}[{target[1]}] is joined as a key and is none"
        if one.properties.get("crossFilteringBehavior", "oneDirection") != "oneDirection":
            yield f"{source[0]}[{source[1]}] filters both ways"
    pairs = Counter((source[0], target[0]) for source, target, one in project.relationships if one.properties.get("isActive") != "false")
    for (source, target), count in pairs.items():
        if count > 1:
            yield f"{target} filters {source} in {count} ways"
    for source, target, _ in project.relationships:
        if any(other[0] == target[0] for other, _, _ in project.relationships):
            yield f"{target[0]} filters {source[0]} and is filtered itself"


def date_table(given):
    """One table is marked, and has the fiscal and ISO columns."""
    marked = [table for table in given.project.tables.values() if rules.marked(given.project, table)]
    if len(marked) != 1:
        yield f"{len(marked)} tables are marked as date tables"
    for table in marked:
        missing = {"Fiscal year", "Fiscal quarter", "Fiscal period", "ISO year", "ISO week"} - {one.name for one in table.all("column")}
        if missing:
            yield f"{table.name} has no column {', '.join(sorted(missing))}"


@functools.cache
def formatted(text):
    """Returns an expression as pbi-parsers writes it, and with the quotes that it drops: Date is a function of DAX as well."""
    return re.sub(r"(?<![\w'])Date(?=[\[)])", "'Date'", formatter.format_expression(text))


def expressions(given):
    """DAX is parsed by two parsers, formatted, and names what exists."""
    project = given.project
    texts = [(f"[{name}]", one.expression) for name, one in project.measures.items()]
    texts += [(f"the role {role} on {table}", text) for role, table, text in rules.role_texts(project)]
    for place, text in texts:
        try:
            made = dax.parse(text)
        except ValueError as problem:
            yield f"{place}: {problem}"
            continue
        try:
            if formatted(text) != text:
                yield f"{place} is not formatted as pbi-parsers does"
        except Exception as problem:  # whatever it raises: it cannot read what it is given
            yield f"{place}: pbi-parsers: {problem}"
        for table, column in dax.columns_of(made):
            if (table, column) not in project.columns:
                yield f"{place} names {table}[{column}], which does not exist"
        for kind in ("rows", "filtered"):
            for table in dax.named(made, kind):
                if table not in project.tables:
                    yield f"{place} names the table {table}, which does not exist"
        for name in dax.named(made, "measure"):
            if name not in project.measures:
                yield f"{place} names [{name}], which does not exist"


def dbt_columns(folder):
    """Returns the columns that dbt describes and its SQL names, by model."""
    found = {}
    for file in sorted((folder / "models").glob("*/*.yml")):
        for model in measures.yaml_of(file).get("models", []):
            sql = (file.parent / f"{model['name']}.sql").read_text(encoding="utf-8")
            said = set(re.findall(r"\w+", sql))
            found[model["name"]] = {one["name"] for one in model.get("columns", []) if one["name"] in said}
    return found


def warehouse(given):
    """Each column of the model is one of its relation, and its query takes it."""
    known = dbt_columns(given.dbt)
    access = (HERE / "access.sql").read_text(encoding="utf-8")
    known["bi_access"] = set(re.findall(r"^    (\w+) varchar", access, flags=re.MULTILINE))
    for name, table in given.project.filled.items():
        source, taken, query = relation(table)
        if source not in known:
            yield f"{name} reads {source}, which dbt does not make"
            continue
        wanted = [one.properties.get("sourceColumn", "") for one in table.all("column")]
        for column in wanted:
            if column.lower() not in known[source]:
                yield f"{name} reads {source}.{column.lower()}, which does not exist"
            if column not in taken:
                yield f"{name} has {column}, which its query does not take"
        for column in re.findall(r"each \[(\w+)\]| and \[(\w+)\]", query):
            if "".join(column).lower() not in known[source]:
                yield f"{name} chooses rows by {source}.{''.join(column).lower()}, which does not exist"


def exposure(given):
    """dbt knows which relations Power BI reads."""
    text = measures.yaml_of(given.dbt / "models/exposures.yml")
    said = {re.fullmatch(r"ref\('(\w+)'\)", one).group(1) for each in text["exposures"] if each["name"] == "power_bi" for one in each["depends_on"]}
    read = {relation(table)[0] for table in given.project.filled.values()} - {"bi_access"}
    for name in sorted(said ^ read):
        yield f"{name} is {'read and not in' if name in read else 'not read and in'} the exposure power_bi"


def listed(given):
    """The measures are those of the list, and the list says what dbt's metrics say."""
    yield from measures.problems(given.spec.listed, given.dbt)
    formats = given.spec.listed["formats"]
    wanted = {one["label"]["en"]: one for one in given.spec.measures}
    texts = {name for name, one in given.project.measures.items() if dax.said(rules.read(one.expression))}
    for name in sorted(wanted.keys() ^ (given.project.measures.keys() - texts)):
        yield f"[{name}] is {'listed and not in the model' if name in wanted else 'in the model and not listed'}"
    for name, one in given.project.measures.items():
        if name in wanted:
            if one.expression != wanted[name]["dax"]:
                yield f"[{name}] has another expression than the list"
            if one.properties.get("formatString") != formats[wanted[name]["format"]]["power_bi"]:
                yield f"[{name}] has another format than the list"
            if one.description != wanted[name]["description"]["en"]:
                yield f"[{name}] has another description than the list"


def fields(value):
    """Yields the fields that a part of a report names: kind, table, name."""
    if isinstance(value, dict):
        for kind in ("Column", "Measure"):
            if isinstance(value.get(kind), dict) and "Property" in value[kind]:
                yield kind, value[kind]["Expression"]["SourceRef"].get("Entity", ""), value[kind]["Property"]
        for part in value.values():
            yield from fields(part)
    elif isinstance(value, list):
        for part in value:
            yield from fields(part)


def visuals(project):
    """Yields each visual with its page, name and two layouts."""
    for page, found in project.visuals.items():
        for name, layouts in found.items():
            yield page, name, layouts.get("desk", {}), layouts.get("phone")


def report_fields(given):
    """A visual shows measures and visible columns that the model has."""
    project = given.project
    places = [(f"the page {name}", page) for name, page in project.pages.items()]
    places += [(f"{page}/{name}", desk) for page, name, desk, _ in visuals(project)]
    for place, value in places:
        for kind, table, name in fields(value):
            if kind == "Measure" and name not in {one.name for home in project.model.all("table") if home.name == table for one in home.all("measure")}:
                yield f"{place} shows the measure {table}[{name}], which does not exist"
            if kind == "Column" and (table, name) not in project.columns:
                yield f"{place} shows {table}[{name}], which does not exist"
            elif kind == "Column" and rules.hidden(project, table, project.columns[table, name]):
                yield f"{place} shows {table}[{name}], which is hidden"


def texts_of(project, desk, part, key):
    """Returns the French and the English text of a property of a visual's container, which a measure says, or None."""
    try:
        said = desk["visual"]["visualContainerObjects"][part][0]["properties"][key]["expr"]["Measure"]["Property"]
    except (KeyError, IndexError):
        return None
    return dax.said(rules.read(project.measures[said].expression)) if said in project.measures else None


def described(given):
    """Every visual has a title and alternative text in both languages, its place in the order of the tab key, and a place on a phone."""
    for page, name, desk, phone in visuals(given.project):
        for part, key, what in (("title", "text", "title"), ("general", "altText", "alternative text")):
            said = texts_of(given.project, desk, part, key)
            if said is None:
                yield f"{page}/{name} has no {what} that a measure says"
            elif not all(text.strip() for text in said):
                yield f"{page}/{name} has no {what} in {'French' if not said[0].strip() else 'English'}"
        if phone is None:
            yield f"{page}/{name} has no place on a phone"
    for page in given.project.visuals:
        mine = [(name, desk, phone) for where, name, desk, phone in visuals(given.project) if where == page]
        orders = [desk.get("position", {}).get("tabOrder") for _, desk, _ in mine]
        if None in orders or len(set(orders)) < len(orders):
            yield f"{page} has visuals without an order of their own"
        yield from overlaps(page, [(name, desk.get("position", {})) for name, desk, _ in mine], pbir.PAGE[0], pbir.PAGE[1])
        yield from overlaps(f"{page} on a phone", [(name, phone["position"]) for name, _, phone in mine if phone], pbir.PHONE, None)


def overlaps(page, boxes, width, height):
    """Yields visuals that leave their page or cover another."""
    for at, (name, box) in enumerate(boxes):
        if box["x"] < 0 or box["y"] < 0 or box["x"] + box["width"] > width or height and box["y"] + box["height"] > height:
            yield f"{page}: {name} is not within the page"
        for other, next_box in boxes[at + 1 :]:
            if all(box[key] < next_box[key] + next_box[size] and next_box[key] < box[key] + box[size] for key, size in (("x", "width"), ("y", "height"))):
                yield f"{page}: {name} covers {other}"


def slicers(given):
    """A slicer filters every measure of its page, and is in step with those of the same field."""
    project = given.project
    for page, name, desk, _ in visuals(project):
        if desk.get("visual", {}).get("visualType") != "slicer":
            continue
        for kind, table, column in fields(desk):
            if kind != "Column":
                continue
            group = desk["visual"].get("syncGroup", {})
            if group.get("groupName") != f"{table}-{column}" or not group.get("filterChanges"):
                yield f"{page}/{name} is not in step with the slicers of {table}[{column}]"
            reached = project.filters(table)
            for other, _, shown, _ in visuals(project):
                for shows, home, measure in fields(shown):
                    if other == page and shows == "Measure" and measure in project.measures and not tables_of(project, measure) <= reached:
                        yield f"{page}/{name} does not filter [{measure}]"


def tables_of(project, measure, seen=()):
    """Returns the facts whose rows a measure reads."""
    made = rules.read(project.measures[measure].expression)
    found = (set(dax.named(made, "rows")) | {table for table, _ in dax.columns_of(made)}) & {source[0] for source, _, _ in project.relationships}
    for other in dax.named(made, "measure"):
        if other in project.measures and other not in seen:
            found |= tables_of(project, other, (*seen, measure))
    return found


def drill_through(given):
    """A page of details is bound to a filter of its own, hidden, and reached from a visual of another page."""
    project = given.project
    for name, page in project.pages.items():
        if page.get("type") != "Drillthrough":
            continue
        filters = {one["name"]: list(fields(one)) for one in page.get("filterConfig", {}).get("filters", [])}
        bound = page.get("pageBinding", {}).get("parameters", [])
        if not bound:
            yield f"{name} is bound to nothing"
        for one in bound:
            wanted = list(fields(one.get("fieldExpr", {})))
            if filters.get(one.get("boundFilter")) != wanted:
                yield f"{name} is bound to a filter that is not of its field"
            elif not any(other != name and wanted[0] in fields(desk) for other, _, desk, _ in visuals(project)):
                yield f"no other page shows the field of {name}"
        if page.get("visibility") != "HiddenInViewMode":
            yield f"{name} is shown among the pages"


def used(given):
    """Every measure is shown by a visual, or used by one that is."""
    project = given.project
    seen = {name for _, _, desk, _ in visuals(project) for kind, _, name in fields(desk) if kind == "Measure"}
    new = set(seen)
    while new:
        new = {other for name in new if name in project.measures for other in dax.named(rules.read(project.measures[name].expression), "measure")} - seen
        seen |= new
    for name in sorted(project.measures.keys() - seen):
        yield f"[{name}] is used by no page"
    order = json.loads(given.texts.get(f"{given.spec.model['name']}.Report/definition/pages/pages.json", "{}")).get("pageOrder", [])
    if sorted(order) != sorted(project.pages):
        yield "pages.json does not name each page once"


def translated(given):
    """What a reader sees has a French name, and a description if it has an English one."""
    project = given.project
    french = {}
    for culture in project.model.all("cultureInfo"):
        for model in (one for part in culture.all("translations") for one in part.all("model")):
            for table in model.all("table"):
                french[table.name] = table
                french |= {(table.name, one.name): one for one in table.parts}
    seen = [(name, one) for name, one in project.tables.items() if not one.flag("isHidden")]
    seen += [((table, name), one) for (table, name), one in project.columns.items() if not rules.hidden(project, table, one)]
    seen += [((table.name, one.name), one) for table in project.tables.values() for one in table.all("measure") + table.all("hierarchy") if not one.flag("isHidden")]
    for key, one in seen:
        said = french.get(key)
        if said is None or not said.properties.get("caption"):
            yield f"{key} has no French name"
        elif one.description and not said.properties.get("description"):
            yield f"{key} has no French description"


def connection(given):
    """Queries connect by parameters, and no text has a secret."""
    for name, table in given.project.filled.items():
        query = relation(table)[2]
        if "Snowflake.Databases(SnowflakeAccount, SnowflakeWarehouse, [Role = SnowflakeRole," not in query or "[Name = SnowflakeDatabase," not in query:
            yield f"{name} does not connect by the parameters"
    for path, text in given.texts.items():
        if SECRET.search(text):
            yield f"{path} may hold a secret: {SECRET.search(text).group()}"


def refresh(given):
    """A table with a refresh policy reads the days of RangeStart to RangeEnd, in its query as in its policy."""
    day = r"each \[(\w+)\] >= Date\.From\(RangeStart\) and \[\1\] < Date\.From\(RangeEnd\)"
    for name, table in given.project.tables.items():
        for policy in table.all("refreshPolicy"):
            texts = [relation(table)[2], *(one.expression for one in policy.all("sourceExpression"))]
            if len(texts) != 2 or texts[0] != texts[1] or not re.search(day, texts[0]):
                yield f"{name} does not read the days of its refresh alone"
            if int(policy.properties.get("incrementalPeriods", 0)) < 13:
                yield f"{name} is read anew for less than the 13 months in which sales are corrected"


def security(given):
    """Each role but that of the head office decides on every table of rows, and no role shows who else sees what."""
    project = given.project
    facts = {source[0] for source, _, _ in project.relationships}
    for role in project.model.all("role"):
        texts = {one.name: one.expression for one in role.all("tablePermission")}
        if role.properties.get("modelPermission") != "read":
            yield f"the role {role.name} may do more than read"
        if texts.get("Access") not in ("FALSE()", "Access[user_name] = USERPRINCIPALNAME()"):
            yield f"the role {role.name} shows what others see"
        reached = set().union(*(project.filters(table) for table in texts)) if texts else set()
        if role.name != "Head office":
            for table in sorted(facts - reached):
                yield f"the role {role.name} sees all rows of {table}"
            for table, text in texts.items():
                if table in SELF_FILTERED and "USERPRINCIPALNAME()" not in text:
                    yield f"the role {role.name} does not ask who reads {table}"


def theme(given):
    """One theme gives all colours."""
    for page, name, desk, _ in visuals(given.project):
        if re.search(r"#[0-9a-fA-F]{6}", json.dumps(desk)):
            yield f"{page}/{name} has a colour of its own"
    report = json.loads(given.texts.get(f"{given.spec.model['name']}.Report/definition/report.json", "{}"))
    custom = report.get("themeCollection", {}).get("customTheme", {}).get("name")
    if f"{given.spec.model['name']}.Report/StaticResources/RegisteredResources/{custom}" not in given.texts:
        yield f"the theme {custom} has no file"


REQUIRED = {
    "visual.json": {"$schema", "name", "position", "visual"},
    "mobile.json": {"$schema", "position"},
    "page.json": {"$schema", "name", "displayName", "displayOption", "height", "width"},
    "pages.json": {"$schema", "pageOrder", "activePageName"},
    "report.json": {"$schema", "themeCollection"},
    "version.json": {"$schema", "version"},
}


def structure(given):
    """The report's files have the versions of their format and the parts that it asks for; with --schemas, all that Microsoft's schemas ask for."""
    known = {pbir.schema(kind) for kind in pbir.VERSIONS}
    for path, text in sorted(given.texts.items()):
        name = path.rsplit("/", 1)[-1]
        if name in REQUIRED and "/definition/" in path:
            try:
                value = json.loads(text)
            except ValueError:
                continue
            if not REQUIRED[name] <= value.keys():
                yield f"{path} has no {', '.join(sorted(REQUIRED[name] - value.keys()))}"
            if value.get("$schema") not in known:
                yield f"{path} is of the unknown format {value.get('$schema')}"
            if name in ("visual.json", "page.json") and value.get("name") != path.split("/")[-2]:
                yield f"{path} has the name {value.get('name')}"
    if given.schemas:
        yield from by_schemas(given)


def by_schemas(given):
    """Yields what Microsoft's schemas refuse; they are in a folder as in github.com/microsoft/json-schemas."""
    from jsonschema import Draft7Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT7

    def retrieve(uri):
        path = Path(given.schemas) / uri.split("#")[0].removeprefix("https://developer.microsoft.com/json-schemas/")
        return Resource.from_contents(json.loads(path.read_text("utf-8-sig")), default_specification=DRAFT7)

    registry = Registry(retrieve=retrieve)
    for path, text in sorted(given.texts.items()):
        if path.endswith(".tmdl") or "StaticResources" in path:
            continue
        value = json.loads(text)
        for error in Draft7Validator(retrieve(value["$schema"]).contents, registry=registry).iter_errors(value):
            yield f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"


def best_practice(given):
    """Microsoft's 71 rules."""
    yield from rules.problems(given.project)


CHECKS = {
    "regenerated": regenerated,
    "readable": readable,
    "ids": ids,
    "relationships": relationships,
    "date-table": date_table,
    "expressions": expressions,
    "warehouse": warehouse,
    "exposure": exposure,
    "listed": listed,
    "fields": report_fields,
    "described": described,
    "slicers": slicers,
    "drill-through": drill_through,
    "used": used,
    "translated": translated,
    "connection": connection,
    "refresh": refresh,
    "security": security,
    "theme": theme,
    "structure": structure,
    "best-practice": best_practice,
}


def problems(given):
    """Yields each problem with the name of its check."""
    for name, check in CHECKS.items():
        for problem in check(given):
            yield name, problem


def reviewed(folder, name):
    """Yields what coop-dax-review reports of the files."""
    command = [sys.executable, "-m", "coop_dax_review", "check", str(Path(folder) / f"{name}.SemanticModel"), "--strict"]
    ran = subprocess.run([*command, "--config", str(HERE / "coop-dax-review.yml")], capture_output=True, text=True)
    if ran.returncode != 0:
        yield f"coop-dax-review: {ran.stdout}{ran.stderr}"


def main(arguments):
    parser = argparse.ArgumentParser(description="Checks the Power BI project.")
    parser.add_argument("--project", default=HERE, help="the folder of the project")
    parser.add_argument("--dbt", default=DBT, help="the dbt project whose columns it reads")
    parser.add_argument("--schemas", help="a copy of github.com/microsoft/json-schemas, to check the report against")
    given = parser.parse_args(arguments)
    spec = Spec()
    found = [f"{name}: {problem}" for name, problem in problems(Given(written.read(spec, given.project), spec, given.dbt, given.schemas))]
    found += reviewed(given.project, spec.model["name"])
    print("\n".join(found) or "the Power BI project keeps its rules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
