"""A decision for each of the 71 rules of Microsoft's Best Practice Analyzer (microsoft/Analysis-Services, BestPracticeRules): a check, or the reason
for which there is nothing to check."""

import re
from collections import Counter

import dax
from tabular import of_measures, relation

NUMBERS = ("int64", "decimal", "double")
PERCENT = "#,0.0%;-#,0.0%;#,0.0%"
TIME_INTELLIGENCE = re.compile(r"(?i)\b(DATEADD|DATES\w+|TOTAL[MQY]TD|SAMEPERIODLASTYEAR|PARALLELPERIOD|(START|END)OF\w+|PREVIOUS\w+|NEXT\w+)\s*\(")


def hidden(project, table, column):
    return column.flag("isHidden") or project.tables[table].flag("isHidden")


def columns(test, what):
    """Returns a check of each column: what is wrong with those of which the test is true."""
    return lambda project: [f"{table}[{name}] {what}" for (table, name), one in project.columns.items() if test(project, table, one)]


def measures(test, what):
    return lambda project: [f"[{name}] {what}" for name, one in project.measures.items() if test(one)]


def tables(test, what):
    return lambda project: [f"{name} {what}" for name, one in project.tables.items() if test(project, one)]


def relations(test, what):
    return lambda project: [f"{source[0]}[{source[1]}] {what}" for source, target, one in project.relationships if test(project, source, target, one)]


def matches(pattern):
    return lambda measure: re.search(pattern, measure.expression) is not None


def query_has(pattern):
    return lambda project, table: re.search(pattern, relation(table)[2]) is not None


def kind(column):
    return column.properties.get("dataType")


def both(project, source, target, one):
    return one.properties.get("crossFilteringBehavior") == "bothDirections"


def many(project, source, target, one):
    return one.properties.get("toCardinality") == "many"


def ends(project, place):
    return {(pair[place]) for pair in project.relationships}


def in_hierarchy(project, table, column):
    return any(
        level.properties.get("column", "").strip("'") == column.name
        for hierarchy in project.tables[table].all("hierarchy")
        for level in hierarchy.all("level")
    )


def sorts(project, table, column):
    return any(one.properties.get("sortByColumn", "").strip("'") == column.name for one in project.tables[table].all("column"))


def referenced(project):
    """Returns the columns that an expression of a measure or role names."""
    texts = [one.expression for one in project.measures.values()]
    texts += [one.expression for role in project.model.all("role") for one in role.all("tablePermission")]
    return {each for text in texts for each in dax.columns_of(read(text))}


def read(text):
    """Returns the parsed expression, or nothing of one that the check of DAX reports."""
    try:
        return dax.parse(text)
    except ValueError:
        return ()


def unnecessary(project, table, column):
    used = referenced(project) | ends(project, 0) | ends(project, 1)
    needed = in_hierarchy(project, table, column) or sorts(project, table, column) or of_measures(project.tables[table])
    return hidden(project, table, column) and (table, column.name) not in used and not needed


def marked(project, table):
    return table.properties.get("dataCategory") == "Time" and any(one.flag("isKey") and kind(one) == "dateTime" for one in table.all("column"))


def model_has_date_table(project):
    return [] if any(marked(project, table) for table in project.tables.values()) else ["no table is marked as the date table"]


def redundant(project, table, column):
    others = {target[0] for source, target, _ in project.relationships if source[0] == table}
    return (table, column.name) not in ends(project, 0) and any((other, column.name) in project.columns for other in others)


def aggregated(project, table, column):
    texts = [read(one.expression) for one in project.measures.values()]
    return kind(column) in NUMBERS and not column.flag("isHidden") and any((table, column.name) in dax.columns_of(text) for text in texts)


def names(project):
    """Returns the names of all objects."""
    found = [*project.tables, *project.measures, *(name for _, name in project.columns)]
    found += [part.name for table in project.tables.values() for part in table.all("hierarchy") + table.all("partition")]
    return found + [role.name for role in project.model.all("role")]


def named_with(test, what):
    return lambda project: [f"{name!r} {what}" for name in names(project) if test(name)]


def described_with(project):
    texts = [(name, one.description) for name, one in [*project.tables.items(), *project.measures.items()]]
    texts += [(name, one.description) for (_, name), one in project.columns.items()]
    return [f"{name} has a control character in its description" for name, text in texts if any(ord(each) < 32 and each != "\n" for each in text)]


def undescribed(project):
    found = [f"{name} has no description" for name, one in project.tables.items() if not one.description and not one.flag("isHidden")]
    found += [f"[{name}] has no description" for name, one in project.measures.items() if not one.description]
    return found + [
        f"{table}[{name}] has no description" for (table, name), one in project.columns.items() if not one.description and not hidden(project, table, one)
    ]


def duplicates(project):
    count = Counter("".join(one.expression.split()) for one in project.measures.values())
    return [f"[{name}] has the expression of another measure" for name, one in project.measures.items() if count["".join(one.expression.split())] > 1]


def excessive(project):
    bad = [one for one in project.relationships if both(project, *one) or many(project, *one)]
    return ["more than 30 % of the relationships filter both ways or are many to many"] if len(bad) > 0.3 * max(len(project.relationships), 1) else []


def role_texts(project):
    return [(role.name, one.name, one.expression) for role in project.model.all("role") for one in role.all("tablePermission")]


def role_logic(project):
    return [f"the role {role} computes texts for {table}" for role, table, text in role_texts(project) if re.search(r"(?i)\b(RIGHT|LEFT|UPPER|LOWER|FIND)\s*\(", text)]


def activated(project, source, target, one):
    inactive = one.properties.get("isActive") == "false"
    return inactive and not any("USERELATIONSHIP" in measure.expression.upper() for measure in project.measures.values())


def unqualified(project):
    """A name in brackets is a measure's; a column's has its table before it."""
    found = []
    for name, one in project.measures.items():
        for measure in dax.named(read(one.expression), "measure"):
            if measure not in project.measures:
                found.append(f"[{name}] names [{measure}], which is no measure")
    return found


def qualified(project):
    return [
        f"[{name}] names the measure {column} with a table"
        for name, one in project.measures.items()
        for _, column in dax.columns_of(read(one.expression))
        if column in project.measures and (_, column) not in project.columns
    ]


def sources(project):
    return [f"{name} has {len(one.all('partition'))} partitions" for name, one in project.tables.items() if len(one.all("partition")) != 1]


def partition_names(project):
    return [f"{name} has a partition {part.name}" for name, one in project.tables.items() for part in one.all("partition") if part.name != name]


def large_unpartitioned(project):
    """Tables of sales are the large ones: Power BI makes partitions by their policy."""
    large = {table for table, one in project.tables.items() if relation(one)[0] in ("fct_sales", "fct_sale_versions")}
    return [f"{name} has no refresh policy" for name in sorted(large) if not project.tables[name].all("refreshPolicy")]


def unconnected(project):
    joined = {end[0] for source, target, _ in project.relationships for end in (source, target)}
    kept = {name for role, name, _ in role_texts(project) if name == "Access"}
    return [f"{name} has no relationship" for name in project.filled if name not in joined | kept]


def calculated(project):
    return [name for name, one in project.tables.items() if any(part.expression.startswith("calculated") for part in one.all("partition"))]


def direct_query(project):
    return [name for name, one in project.tables.items() if any(part.properties.get("mode") != "import" for part in one.all("partition"))]


def none_of(kinds, what):
    return lambda project: [f"{name} has {what}" for name, one in project.tables.items() if any(one.all(kind) for kind in kinds)]


def calculated_columns(project):
    return [f"{table}[{name}] is calculated" for (table, name), one in project.columns.items() if one.expression]


def format_is(test, what):
    return measures(lambda one: not one.flag("isHidden") and test(one.properties.get("formatString", "")), what)


def control(name):
    return any(ord(each) < 32 and not each.isspace() for each in name)


def spaced(name):
    return name != name.strip()


def both_ways(what):
    return relations(both, what)


def capitals(project):
    found = [*project.tables, *project.measures, *(part.name for table in project.tables.values() for part in table.all("hierarchy"))]
    return [f"{name} begins with a small letter" for name in found if name[:1] != name[:1].upper()]


def two_sided(project, source, target, one):
    return both(project, source, target, one) or many(project, source, target, one)


RULES = {
    # Performance
    "AVOID_FLOATING_POINT_DATA_TYPES": columns(lambda p, t, c: kind(c) == "double", "is a floating point number"),
    "ISAVAILABLEINMDX_FALSE_NONATTRIBUTE_COLUMNS": columns(
        lambda p, t, c: hidden(p, t, c) and c.properties.get("isAvailableInMdx") != "false" and not in_hierarchy(p, t, c) and not sorts(p, t, c),
        "is hidden and available in MDX",
    ),
    "AVOID_BI-DIRECTIONAL_RELATIONSHIPS_AGAINST_HIGH-CARDINALITY_COLUMNS": both_ways("filters both ways"),
    "REDUCE_USAGE_OF_LONG-LENGTH_COLUMNS_WITH_HIGH_CARDINALITY": columns(
        lambda p, t, c: c.properties.get("sourceColumn") in ("MESSAGE", "SENTENCE", "RAW", "SALE_ID", "REASON"), "is a long text or one a row"
    ),
    "SPLIT_DATE_AND_TIME": lambda project: [
        f"{table}[{name}] is not made a date by its query"
        for (table, name), one in project.columns.items()
        if kind(one) == "dateTime" and f'{{"{one.properties.get("sourceColumn")}", type date}}' not in relation(project.tables[table])[2]
    ],
    "LARGE_TABLES_SHOULD_BE_PARTITIONED": large_unpartitioned,
    "REDUCE_USAGE_OF_CALCULATED_COLUMNS_THAT_USE_THE_RELATED_FUNCTION": calculated_columns,
    "SNOWFLAKE_SCHEMA_ARCHITECTURE": lambda project: [
        f"{name} is on both sides of relationships"
        for name in sorted({source[0] for source, _, _ in project.relationships} & {target[0] for _, target, _ in project.relationships})
    ],
    "MODEL_SHOULD_HAVE_A_DATE_TABLE": model_has_date_table,
    "DATE/CALENDAR_TABLES_SHOULD_BE_MARKED_AS_A_DATE_TABLE": tables(
        lambda p, t: re.search("(?i)date|calendar", t.name) is not None and not marked(p, t), "is not marked as a date table"
    ),
    "REMOVE_AUTO-DATE_TABLE": tables(lambda p, t: t.name.startswith(("DateTableTemplate_", "LocalDateTable_")), "is an automatic date table"),
    "AVOID_EXCESSIVE_BI-DIRECTIONAL_OR_MANY-TO-MANY_RELATIONSHIPS": excessive,
    "LIMIT_ROW_LEVEL_SECURITY_(RLS)_LOGIC": role_logic,
    "MODEL_USING_DIRECT_QUERY_AND_NO_AGGREGATIONS": direct_query,
    "MINIMIZE_POWER_QUERY_TRANSFORMATIONS": tables(
        query_has(r"Table\.(Combine|Join|NestedJoin|AddColumn|Group|Sort|Pivot|Unpivot\w*|Distinct)\(|Value\.NativeQuery|(OleDb|Odbc)\.Query|\[Query="),
        "computes in its query what the warehouse should",
    ),
    "UNPIVOT_PIVOTED_(MONTH)_DATA": tables(
        lambda p, t: all(any(month in one.name.upper() and kind(one) in NUMBERS for one in t.all("column")) for month in ("JAN", "FEB", "MAR", "APR", "MAY", "JUN")),
        "has a column a month",
    ),
    "MANY-TO-MANY_RELATIONSHIPS_SHOULD_BE_SINGLE-DIRECTION": relations(lambda *one: both(*one) and many(*one), "is many to many and filters both ways"),
    "AVOID_USING_MANY-TO-MANY_RELATIONSHIPS_ON_TABLES_USED_FOR_DYNAMIC_ROW_LEVEL_SECURITY": relations(many, "is many to many"),
    "REDUCE_USAGE_OF_CALCULATED_TABLES": calculated,
    "REMOVE_REDUNDANT_COLUMNS_IN_RELATED_TABLES": columns(redundant, "is in a related table as well"),
    "MEASURES_USING_TIME_INTELLIGENCE_AND_MODEL_IS_USING_DIRECT_QUERY": lambda project: (
        [name for name, one in project.measures.items() if TIME_INTELLIGENCE.search(one.expression)] if direct_query(project) else []
    ),
    "REDUCE_NUMBER_OF_CALCULATED_COLUMNS": calculated_columns,
    "CHECK_IF_BI-DIRECTIONAL_AND_MANY-TO-MANY_RELATIONSHIPS_ARE_VALID": relations(two_sided, "filters both ways or is many to many"),
    "CHECK_IF_DYNAMIC_ROW_LEVEL_SECURITY_(RLS)_IS_NECESSARY": "It is: regions and dealers come and go, and no list of users is in this project.",
    # DAX
    "DAX_COLUMNS_FULLY_QUALIFIED": unqualified,
    "DAX_MEASURES_UNQUALIFIED": qualified,
    "AVOID_DUPLICATE_MEASURES": duplicates,
    "USE_THE_TREATAS_FUNCTION_INSTEAD_OF_INTERSECT": measures(matches(r"(?i)INTERSECT\s*\("), "uses INTERSECT"),
    "USE_THE_DIVIDE_FUNCTION_FOR_DIVISION": measures(matches(r"[\])]\s*/(?![/*])"), "divides without DIVIDE"),
    "AVOID_USING_THE_IFERROR_FUNCTION": measures(matches(r"(?i)IFERROR\s*\("), "uses IFERROR"),
    "MEASURES_SHOULD_NOT_BE_DIRECT_REFERENCES_OF_OTHER_MEASURES": measures(matches(r"^\[[^\]]+\]$"), "is another measure"),
    "FILTER_COLUMN_VALUES": measures(matches(r"(?i)CALCULATE(TABLE)?\s*\([^,]*,\s*FILTER\s*\([^,]+,\s*'?[\w ]+'?\["), "filters a table by a column"),
    "FILTER_MEASURE_VALUES_BY_COLUMNS": measures(matches(r"(?i)CALCULATE(TABLE)?\s*\([^,]*,\s*FILTER\s*\([^,]+,\s*\["), "filters a table by a measure"),
    "INACTIVE_RELATIONSHIPS_THAT_ARE_NEVER_ACTIVATED": relations(activated, "is inactive and never activated"),
    "AVOID_USING_'1-(X/Y)'_SYNTAX": measures(matches(r"(?i)\d+\s*[-+]\s*(\(*\s*SUM\s*\([^)]*\)\s*/|DIVIDE\s*\()"), "is 1 - x / y"),
    "EVALUATEANDLOG_SHOULD_NOT_BE_USED_IN_PRODUCTION_MODELS": measures(matches(r"(?i)EVALUATEANDLOG\s*\("), "uses EVALUATEANDLOG"),
    # Error prevention
    "DATA_COLUMNS_MUST_HAVE_A_SOURCE_COLUMN": columns(lambda p, t, c: not c.properties.get("sourceColumn"), "has no source column"),
    "EXPRESSION_RELIANT_OBJECTS_MUST_HAVE_AN_EXPRESSION": measures(lambda one: not one.expression.strip(), "has no expression"),
    "AVOID_STRUCTURED_DATA_SOURCES_WITH_PROVIDER_PARTITIONS": tables(lambda p, t: any(part.expression != "m" for part in t.all("partition")), "has a partition that is not in M"),
    "AVOID_THE_USERELATIONSHIP_FUNCTION_AND_RLS_AGAINST_THE_SAME_TABLE": measures(matches(r"(?i)USERELATIONSHIP\s*\("), "uses USERELATIONSHIP"),
    "RELATIONSHIP_COLUMNS_SAME_DATA_TYPE": relations(
        lambda p, s, t, one: s in p.columns and t in p.columns and kind(p.columns[s]) != kind(p.columns[t]), "has another type than the column it is joined to"
    ),
    "AVOID_INVALID_NAME_CHARACTERS": named_with(control, "has a control character"),
    "AVOID_INVALID_DESCRIPTION_CHARACTERS": described_with,
    "SET_ISAVAILABLEINMDX_TO_TRUE_ON_NECESSARY_COLUMNS": columns(
        lambda p, t, c: c.properties.get("isAvailableInMdx") == "false" and (in_hierarchy(p, t, c) or sorts(p, t, c) or "sortByColumn" in c.properties),
        "is needed in MDX and not available",
    ),
    # Maintenance
    "UNNECESSARY_COLUMNS": columns(unnecessary, "is hidden and used by nothing"),
    "UNNECESSARY_MEASURES": lambda project: [
        f"[{name}] is hidden and says no text" for name, one in project.measures.items() if one.flag("isHidden") and not dax.said(read(one.expression))
    ],
    "FIX_REFERENTIAL_INTEGRITY_VIOLATIONS": "The rows are known when the model is refreshed only: the tests of dbt compare the keys of facts and dimensions in each build.",
    "REMOVE_DATA_SOURCES_NOT_REFERENCED_BY_ANY_PARTITIONS": lambda project: [f"{one.name} is no part of a query" for one in project.model.all("dataSource")],
    "REMOVE_ROLES_WITH_NO_MEMBERS": "Members are given in the Power BI service, so that no name of a person is in this project.",
    "ENSURE_TABLES_HAVE_RELATIONSHIPS": unconnected,
    "OBJECTS_WITH_NO_DESCRIPTION": undescribed,
    "PERSPECTIVES_WITH_NO_OBJECTS": lambda project: [f"the perspective {one.name} has no tables" for one in project.model.all("perspective") if not one.parts],
    "CALCULATION_GROUPS_WITH_NO_CALCULATION_ITEMS": none_of(["calculationGroup"], "a calculation group"),
    # Names and formats
    "PARTITION_NAME_SHOULD_MATCH_TABLE_NAME_FOR_SINGLE_PARTITION_TABLES": lambda project: sources(project) + partition_names(project),
    "SPECIAL_CHARS_IN_OBJECT_NAMES": named_with(lambda name: re.search(r"[\t\n\r]", name) is not None, "has a tab or a break"),
    "TRIM_OBJECT_NAMES": named_with(spaced, "begins or ends with a space"),
    "FORMAT_FLAG_COLUMNS_AS_YES/NO_VALUE_STRINGS": columns(
        lambda p, t, c: not hidden(p, t, c) and (c.name.startswith("Is") and kind(c) == "int64" or c.name.endswith(" Flag") and kind(c) != "string"),
        "is a flag as a number",
    ),
    "OBJECTS_SHOULD_NOT_START_OR_END_WITH_A_SPACE": named_with(spaced, "begins or ends with a space"),
    "DATECOLUMN_FORMATSTRING": columns(
        lambda p, t, c: "date" in c.name.lower() and kind(c) == "dateTime" and c.properties.get("formatString") != "mm/dd/yyyy", "is not mm/dd/yyyy"
    ),
    "MONTHCOLUMN_FORMATSTRING": columns(
        lambda p, t, c: "month" in c.name.lower() and kind(c) == "dateTime" and c.properties.get("formatString") != "MMMM yyyy", "is not MMMM yyyy"
    ),
    "PROVIDE_FORMAT_STRING_FOR_MEASURES": format_is(lambda text: not text, "has no format"),
    "NUMERIC_COLUMN_SUMMARIZE_BY": columns(
        lambda p, t, c: kind(c) in NUMBERS and c.properties.get("summarizeBy") != "none" and not hidden(p, t, c), "is summed up by itself"
    ),
    "PERCENTAGE_FORMATTING": format_is(lambda text: "%" in text and text != PERCENT, "is a percentage of another format"),
    # The price of a litre is no whole number.
    "INTEGER_FORMATTING": format_is(lambda text: "%" not in text and "$" not in text and text not in ("#,0", "#,0.0", "#,0.000"), "is a number of another format"),
    "RELATIONSHIP_COLUMNS_SHOULD_BE_OF_INTEGER_DATA_TYPE": "The keys of the warehouse are dates, names and hashes of names, the same in each build; numbers would differ.",
    "ADD_DATA_CATEGORY_FOR_COLUMNS": columns(
        lambda p, t, c: re.search("(?i)country|continent|city|^latitude$|^longitude$", c.name) is not None and "dataCategory" not in c.properties, "has no data category"
    ),
    "HIDE_FOREIGN_KEYS": columns(lambda p, t, c: (t, c.name) in ends(p, 0) and not c.flag("isHidden"), "is a foreign key and visible"),
    "MARK_PRIMARY_KEYS": columns(lambda p, t, c: (t, c.name) in ends(p, 1) and not c.flag("isKey"), "is a key and not marked"),
    "HIDE_FACT_TABLE_COLUMNS": columns(aggregated, "is aggregated by a measure and visible"),
    "FIRST_LETTER_OF_OBJECTS_MUST_BE_CAPITALIZED": capitals,
    "MONTH_(AS_A_STRING)_MUST_BE_SORTED": columns(
        lambda p, t, c: "MONTH" in c.name.upper() and "MONTHS" not in c.name.upper() and kind(c) == "string" and "sortByColumn" not in c.properties,
        "is a month as a text and not sorted",
    ),
}


def problems(project):
    """Yields what breaks a rule, with the rule."""
    for rule, decision in RULES.items():
        if not isinstance(decision, str):
            for problem in decision(project):
                yield f"{rule}: {problem}"
