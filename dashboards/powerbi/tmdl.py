"""Writes the semantic model as TMDL, Microsoft's text of a tabular model: a file a table, role and language."""

import re

from spec import tag

TYPES = {"text": "string", "whole": "int64", "decimal": "decimal", "date": "dateTime", "flag": "boolean"}
LANGUAGE = "fr-FR"


def name(text):
    """Returns a name as TMDL writes it: in quotes unless it is one word."""
    return text if re.fullmatch(r"\w+", text) else "'" + text.replace("'", "''") + "'"


def indented(text, tabs):
    """Returns lines, each after so many tabs."""
    return "\n".join("\t" * tabs + line if line else "" for line in text.split("\n"))


def expression(text, tabs):
    """Returns what follows the sign of equality: one line, or lines below it."""
    return f"= {text}" if "\n" not in text else "=\n" + indented(text, tabs)


def files(spec):
    """Returns the texts of the model's folder by their paths."""
    model = spec.model
    tables = model["tables"]
    made = {
        "database.tmdl": "database\n\tcompatibilityLevel: 1601\n",
        "model.tmdl": model_text(model),
        "expressions.tmdl": expressions(model),
        "relationships.tmdl": "\n".join(relationship(one) for one in model["relationships"]),
        f"cultures/{LANGUAGE}.tmdl": culture(spec),
    }
    for table in tables:
        made[f"tables/{table['name']}.tmdl"] = table_text(spec, table)
    for role in model["roles"]:
        made[f"roles/{role['name']}.tmdl"] = role_text(role)
    return made


def model_text(model):
    lines = [
        "model Model",
        "\tculture: en-US",
        "\tdefaultPowerBIDataSourceVersion: powerBI_V3",
        "\tdiscourageImplicitMeasures",
        "\tsourceQueryCulture: en-US",
        "",
        "annotation __PBI_TimeIntelligenceEnabled = 0",
        "",
        *(f"ref table {name(table['name'])}" for table in model["tables"]),
        "",
        *(f"ref role {name(role['name'])}" for role in model["roles"]),
        "",
        f"ref cultureInfo {LANGUAGE}",
    ]
    return "\n".join(lines) + "\n"


def expressions(model):
    texts = [
        parameter(key, f'"{one["value"]}"', "Text", one["description"]) for key, one in model["parameters"].items()
    ]
    for key, day, what in (("RangeStart", "2020, 1, 1", "first"), ("RangeEnd", "2030, 1, 1", "day after the last")):
        texts.append(parameter(key, f"#datetime({day}, 0, 0, 0)", "DateTime", f"The {what} day that a refresh reads; Power BI sets it."))
    return "\n".join(texts)


def parameter(key, value, kind, description):
    return (
        f"/// {description}\n"
        f'expression {key} = {value} meta [IsParameterQuery=true, Type="{kind}", IsParameterQueryRequired=true]\n'
        f"\tlineageTag: {tag('expression', key)}\n"
    )


def relationship(one):
    ends = [end.split(".", 1) for end in (one["from"], one["to"])]
    return (
        f"relationship {tag('relationship', one['from'], one['to'])}\n"
        f"\tfromColumn: {name(ends[0][0])}.{name(ends[0][1])}\n"
        f"\ttoColumn: {name(ends[1][0])}.{name(ends[1][1])}\n"
    )


def table_text(spec, table):
    lines = [f"/// {table['description']['en']}", f"table {name(table['name'])}", f"\tlineageTag: {tag('table', table['name'])}"]
    if table.get("hidden"):
        lines.append("\tisHidden")
    if table["kind"] == "date":
        lines.append("\tdataCategory: Time")
    if "refresh" in table:
        lines += ["", *policy(spec.model, table)]
    for measure in spec.measures_of(table):
        lines += ["", *measure_lines(spec, measure)]
    if "relation" not in table:
        for english, label in spec.texts().items():
            lines += ["", *text_lines(label, english, spec.report["french"][english])]
    for column in table["columns"]:
        lines += ["", *column_lines(table, column)]
    for hierarchy in table.get("hierarchies", []):
        lines += ["", *hierarchy_lines(table, hierarchy)]
    lines += ["", f"\tpartition {name(table['name'])} = m", "\t\tmode: import", "\t\tsource =", indented(query(table), 4)]
    return "\n".join(lines) + "\n"


def policy(model, table):
    """A table that grows is read anew only as far back as corrections go."""
    kept = model["incremental"]
    return [
        "\trefreshPolicy",
        "\t\tpolicyType: basic",
        "\t\trollingWindowGranularity: year",
        f"\t\trollingWindowPeriods: {kept['years']}",
        "\t\tincrementalGranularity: month",
        f"\t\tincrementalPeriods: {kept['months']}",
        "\t\tsourceExpression =",
        indented(query(table), 4),
    ]


def measure_lines(spec, measure):
    label = measure["label"]["en"]
    return [
        f"\t/// {measure['description']['en']}",
        f"\tmeasure {name(label)} {expression(measure['dax'], 3)}",
        f"\t\tformatString: {spec.listed['formats'][measure['format']]['power_bi']}",
        f"\t\tdisplayFolder: {spec.model['folders'][measure['name']]['en']}",
        f"\t\tlineageTag: {tag('measure', measure['name'])}",
    ]


def text_lines(label, english, french):
    """A text that a visual shows. PBIR has no translations, so a measure asks for the reader's language."""
    dax = f'IF(\n    LEFT(USERCULTURE(), 2) = "fr",\n    "{french}",\n    "{english}"\n)'
    return [
        f"\t/// {english}",
        f"\tmeasure {name(label)} {expression(dax, 3)}",
        "\t\tisHidden",
        f"\t\tlineageTag: {tag('text', label)}",
    ]


def column_lines(table, column):
    lines = [f"\t/// {column['description']['en']}"] if "description" in column else []
    lines += [f"\tcolumn {name(column['name'])}", f"\t\tdataType: {TYPES[column['type']]}"]
    if column.get("hidden"):
        lines.append("\t\tisHidden")
        lines.append("\t\tisAvailableInMdx: false")
    if column.get("key"):
        lines.append("\t\tisKey")
    if "format" in column:
        lines.append(f"\t\tformatString: {column['format']}")
    elif column["type"] == "whole":
        lines.append("\t\tformatString: 0")
    if "folder" in column:
        lines.append(f"\t\tdisplayFolder: {column['folder']}")
    lines += [
        f"\t\tlineageTag: {tag('column', table['name'], column['name'])}",
        "\t\tsummarizeBy: none",
        f"\t\tsourceColumn: {column['from'].upper()}",
    ]
    if column["type"] == "date":
        lines += ["", "\t\tannotation UnderlyingDateTimeDataType = Date"]
    return lines


def hierarchy_lines(table, hierarchy):
    lines = [
        f"\t/// {hierarchy['description']['en']}",
        f"\thierarchy {name(hierarchy['name'])}",
        f"\t\tlineageTag: {tag('hierarchy', table['name'], hierarchy['name'])}",
    ]
    for level in hierarchy["levels"]:
        lines += [
            "",
            f"\t\tlevel {name(level)}",
            f"\t\t\tlineageTag: {tag('level', table['name'], hierarchy['name'], level)}",
            f"\t\t\tcolumn: {name(level)}",
        ]
    return lines


def query(table):
    """Returns the query of a table in M. Every step is one that Snowflake does: no row is read that the model does not keep."""
    if "relation" not in table:
        columns = ", ".join(f"{column['from'].upper()} = {column['type']}" for column in table["columns"])
        return f"let\n\tSource = #table(type table [{columns}], {{}})\nin\n\tSource"
    schema = "AccessSchema" if table["kind"] == "access" else "MartsSchema"
    steps = [
        "Source = Snowflake.Databases(SnowflakeAccount, SnowflakeWarehouse, "
        '[Role = SnowflakeRole, Implementation = "2.0"])',
        'Database = Source{[Name = SnowflakeDatabase, Kind = "Database"]}[Data]',
        f'Schema = Database{{[Name = {schema}, Kind = "Schema"]}}[Data]',
        f'Relation = Schema{{[Name = "{table["relation"].upper()}", Kind = "Table"]}}[Data]',
    ]
    if "where" in table:
        tests = " and ".join(f"[{key.upper()}] = {m(value)}" for key, value in table["where"].items())
        steps.append(f"Rows = Table.SelectRows({last(steps)}, each {tests})")
    columns = ", ".join(f'"{column["from"].upper()}"' for column in table["columns"])
    steps.append(f"Columns = Table.SelectColumns({last(steps)}, {{{columns}}})")
    dates = ", ".join(f'{{"{column["from"].upper()}", type date}}' for column in table["columns"] if column["type"] == "date")
    if dates:
        steps.append(f"Dates = Table.TransformColumnTypes({last(steps)}, {{{dates}}})")
    if "refresh" in table:
        day = f"[{table['refresh'].upper()}]"
        steps.append(
            f"Range = Table.SelectRows({last(steps)}, each {day} >= Date.From(RangeStart) and {day} < Date.From(RangeEnd))"
        )
    return "let\n" + ",\n".join(indented(step, 1) for step in steps) + f"\nin\n\t{last(steps)}"


def last(steps):
    return steps[-1].split(" ", 1)[0]


def m(value):
    """Returns a value as M writes it."""
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'


def role_text(role):
    lines = [f"/// {role['description']}", f"role {name(role['name'])}", "\tmodelPermission: read"]
    for table, dax in role["filters"].items():
        lines += ["", f"\ttablePermission {name(table)} {expression(dax, 3)}"]
    return "\n".join(lines) + "\n"


def culture(spec):
    """Returns the French names, descriptions and folders of what a reader sees."""
    lines = [f"cultureInfo {LANGUAGE}", "", "\ttranslations", "\t\tmodel Model"]
    for table in spec.model["tables"]:
        lines += ["", f"\t\t\ttable {name(table['name'])}", *translated(4, table["fr"], table["description"]["fr"])]
        for measure in spec.measures_of(table):
            lines += ["", f"\t\t\t\tmeasure {name(measure['label']['en'])}"]
            lines += translated(5, measure["label"]["fr"], measure["description"]["fr"], spec.model["folders"][measure["name"]]["fr"])
        for column in table["columns"]:
            if not column.get("hidden"):
                lines += ["", f"\t\t\t\tcolumn {name(column['name'])}"]
                lines += translated(5, column["fr"], column["description"]["fr"], FOLDERS.get(column.get("folder")))
        for hierarchy in table.get("hierarchies", []):
            lines += ["", f"\t\t\t\thierarchy {name(hierarchy['name'])}"]
            lines += translated(5, hierarchy["fr"], hierarchy["description"]["fr"])
            for level in hierarchy["levels"]:
                column = next(one for one in table["columns"] if one["name"] == level)
                lines += ["", f"\t\t\t\t\tlevel {name(level)}", *translated(6, column["fr"])]
    return "\n".join(lines) + "\n"


FOLDERS = {"Calendar": "Calendrier", "ISO": "ISO", "Fiscal": "Fiscal"}


def translated(tabs, caption, description=None, folder=None):
    lines = ["\t" * tabs + f"caption: {caption}"]
    if description:
        lines.append("\t" * tabs + f"description: {description}")
    if folder:
        lines.append("\t" * tabs + f"displayFolder: {folder}")
    return lines
