"""Evaluates the model's DAX on the rows of a DuckDB warehouse, as an engine of its own: it knows the model's files and no SQL of the list of measures.

A measure is evaluated for all members of some columns at once: a filter of a dimension reaches a fact by its relationship, and where there is none the
fact is not filtered. BLANK is the absence of a value.
"""

import re
from datetime import timedelta

import dax
from tabular import relation

AGGREGATES = {"sum": "sum(", "average": "avg(", "distinct": "count(distinct "}


class Evaluator:
    """The model on the relations of a schema, each table a view of the rows and columns that its query takes."""

    def __init__(self, project, connection, schema="AUTOPULSE_MARTS", culture="en-US"):
        self.project, self.connection, self.culture = project, connection, culture
        for name, table in project.filled.items():
            source, _, query = relation(table)
            columns = ", ".join(column_sql(one, query) for one in table.all("column"))
            rows = re.search(r"Rows = Table\.SelectRows\(Relation, each (.*)\)", query)
            where = " and ".join(condition(each) for each in rows.group(1).split(" and ")) if rows else "true"
            connection.execute(f'create or replace temp view "{name}" as select {columns} from {schema}.{source} where {where}')

    def values(self, measure, by):
        """Returns the values of a measure by the members of columns, each a table and a name; what is blank is not there."""
        made = self.of(("measure", measure), by)
        return made if isinstance(made, dict) else {}

    def of(self, made, by, within=()):
        """Returns the value of an expression: a constant, or values by members, within filters."""
        kind = made[0]
        if kind in (*AGGREGATES, "rows"):
            return self.aggregate(made, by, within)
        if kind == "calculate":
            return self.of(made[1], by, (*within, *(self.filter(each, by, within) for each in made[2])))
        if kind == "measure":
            return self.of(dax.parse(self.project.measures[made[1]].expression), by, within)
        if kind == "value":
            return {} if made[1] is None else made[1]
        if kind == "sumx":
            return self.summed(made[2], made[1][1:], by, within)
        if kind == "culture":
            return self.culture
        if kind == "left":
            return self.of(made[1], by, within)[: made[2]]
        if kind == "=":
            left, right = self.of(made[1], by, within), self.of(made[2], by, within)
            if isinstance(left, dict) or isinstance(right, dict):
                raise ValueError("a comparison of rows is not known")
            return left == right
        if kind in ("filtered", "blank", "not", "||"):
            return self.truth(made, by, within)
        if kind == "if":
            test, yes, no = (self.of(each, by, within) for each in made[1:])
            if isinstance(test, bool):
                return yes if test else no
            return {key: value for answer, found in ((True, yes), (False, no)) for key, value in found.items() if test(key) is answer}
        if kind in ("divide", "-", "+"):
            left, right = self.of(made[1], by, within), self.of(made[2], by, within)
            found = {key: combined(kind, left.get(key), right.get(key)) for key in left.keys() | right.keys()}
            return {key: value for key, value in found.items() if value is not None}
        raise ValueError(f"{kind} is not known")

    def truth(self, made, by, within):
        """Returns whether a test is true: for all members, or a function of a member."""
        if made[0] == "filtered":
            return any(table == made[1] for table, _ in by)
        if made[0] == "blank":
            found = self.of(made[1], by, within)
            return lambda key: key not in found
        tests = [self.truth(each, by, within) for each in made[1:]]
        if made[0] == "not":
            return (lambda key: not tests[0](key)) if callable(tests[0]) else not tests[0]
        if not any(callable(each) for each in tests):
            return any(tests)
        return lambda key: any(each(key) if callable(each) else each for each in tests)

    def summed(self, made, column, by, within):
        """Returns the sum of an expression over the members of a column."""
        if column in by:
            return self.of(made, by, within)
        found = {}
        for key, value in self.of(made, [*by, column], within).items():
            found[key[:-1]] = found.get(key[:-1], 0) + value
        return found

    def filter(self, made, by, within):
        """Returns a filter of CALCULATE: what is known of it before rows are read."""
        if made[0] == "where":
            column = made[1][1:]
            keys = by if column in by else [*by, column]
            test = self.truth(made[2], keys, within)
            return ("members", keys, [key for key in self.connection.execute(self.members(keys)).fetchall() if test(key)])
        if made[0] == "calculate" and made[1][0] == "year before":
            return ("year before", made[1][1][1:], [self.test(each, made[1][1][1]) for each in made[2]])
        return made

    def members(self, keys):
        """Returns the SQL of the members of columns, those of a table together."""
        tables = {table: [quoted([column]) for target, column in keys if target == table] for table, _ in keys}
        each = (f"(select distinct {', '.join(columns)} from {quoted([table])}) as {quoted([table])}" for table, columns in tables.items())
        return f"select {', '.join(map(quoted, keys))} from {', '.join(each)}"

    def put(self, name, like, rows):
        """Makes a table of rows that has the types of a query."""
        self.connection.execute(f"create or replace temp table {name} as select * from ({like}) limit 0")
        if rows:
            self.connection.execute(f"insert into {name} values " + ", ".join(f"({', '.join(map(literal, row))})" for row in rows))

    def aggregate(self, made, by, within):
        """Returns an aggregate of a table's rows within filters, by members."""
        table = made[1] if made[0] == "rows" else made[1][1]
        sql = "count(*)" if made[0] == "rows" else f"{AGGREGATES[made[0]]}{quoted(made[1][1:])})"
        before = next((each for each in within if each[0] == "year before"), None)
        members = [each for each in within if each[0] == "members"]
        removed = [each[1] for each in within if each[0] == "all"]
        tests = [self.test(each, table) for each in within if each[0] not in ("members", "year before", "all")]
        if members and before or removed != ([before[1][0]] if before else []):
            raise ValueError("filters of members or of all days beside others are not known")
        joins = {}
        for target, column in (*by, *(each for _, keys, _ in members for each in keys)):
            if target == table or target in joins:
                continue
            ways = [(source[1], end[1]) for source, end, _ in self.project.relationships if source[0] == table and end[0] == target]
            if before and target == before[1][0]:
                joins[target] = f"join {self.year_before(before, by)} on {quoted((table, ways[0][0]))} = \"{target}\".\"before\""
            elif ways:
                joins[target] = f"join {quoted([target])} on {quoted((table, ways[0][0]))} = {quoted((target, ways[0][1]))}"
            else:
                joins[target] = f"join (select distinct {quoted([column])} from {quoted([target])}) as {quoted([target])} on true"
        if before and before[1][0] not in joins:
            raise ValueError("the year before of all days is not known")
        for place, (_, keys, rows) in enumerate(members):
            self.put(f"members{place}", self.members(keys), rows)
            tests.append(f"({', '.join(map(quoted, keys))}) in (select * from members{place})")
        keys = [quoted(each) for each in by]
        group = f"group by {', '.join(str(at + 1) for at in range(len(keys)))}" if keys else ""
        rows = self.connection.execute(f'select {", ".join([*keys, sql])} from {quoted([table])} {" ".join(joins.values())} where {" and ".join(tests) or "true"} {group}').fetchall()
        return {row[:-1]: row[-1] for row in rows if row[-1] is not None and (row[-1] != 0 or made[0] in ("sum", "average"))}

    def year_before(self, filtered, by):
        """Returns the table of dates with a column of the days that SAMEPERIODLASTYEAR has of each group of them: the same days a year before, and of
        a month whose last two days are there all days to its end."""
        _, (table, day), tests = filtered
        columns = [quoted([column]) for target, column in by if target == table]
        taken, where = ", ".join([*columns, quoted([day])]), " and ".join(tests) or "true"
        rows = self.connection.execute(f"select {taken} from {quoted([table])} where {where}").fetchall()
        known = {row[0] for row in self.connection.execute(f"select {quoted([day])} from {quoted([table])}").fetchall()}
        groups = {}
        for *key, one in rows:
            groups.setdefault(tuple(key), set()).add(one)
        found = [(*key, one) for key, days in groups.items() for one in sorted(same_period_last_year(days) & known)]
        self.put("before", f"select {taken} as before from {quoted([table])}", found)
        return f"before as {quoted([table])}"

    def test(self, made, table):
        """Returns the SQL of a condition on a column of the table."""
        operator, left, right = made
        if left[0] != "column" or left[1] != table or right[0] != "value":
            raise ValueError(f"the condition {made} is not known")
        return f"{quoted(left[1:])} {operator} {literal(right[1])}"

    def visible(self, role, user, table):
        """Returns the SQL of the rows of a table that a user sees in a role; none without one."""
        if role is None:
            return f'select * from "{table}" where false'
        roles = {one.name: one for one in self.project.model.all("role")}
        filters = {one.name: dax.parse(one.expression) for one in roles[role].all("tablePermission")}
        tests = [self.seen(filters[table], user)] if table in filters else []
        for source, target, _ in self.project.relationships:
            if source[0] == table and target[0] in filters:
                inner = self.seen(filters[target[0]], user)
                tests.append(f'"{table}"."{source[1]}" in (select "{target[1]}" from "{target[0]}" where {inner})')
        return f'select * from "{table}" where {" and ".join(tests) or "true"}'

    def seen(self, made, user):
        """Returns the SQL of a role's filter. Power BI compares texts without regard to capitals."""
        if made[0] == "value":
            return str(made[1]).lower()
        operator, left, right = made
        column = f'lower("{left[1]}"."{left[2]}")'
        if operator == "=" and right == ("user",):
            return f"{column} = lower({literal(user)})"
        if operator == "IN" and right[0] == "calculate" and right[1][0] == "values":
            _, table, name = right[1][1]
            inner = " and ".join(self.seen(each, user) for each in right[2])
            return f'{column} in (select lower("{name}") from "{table}" where {inner})'
        raise ValueError(f"the filter {made} is not known")


def column_sql(column, query):
    source = column.properties["sourceColumn"]
    made = f"cast({source} as date)" if f'{{"{source}", type date}}' in query else source
    return f'{made} as "{column.name}"'


def condition(text):
    """Returns the SQL of one condition of a query: [COLUMN] = value."""
    column, value = re.fullmatch(r'\[(\w+)\] = (true|false|"\w+")', text).groups()
    return f"{column} = {value.replace(chr(34), chr(39))}"


def literal(value):
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, (bool, int, float)) else "'" + str(value).replace("'", "''") + "'"


def quoted(names):
    """Returns a name in SQL: a table, or a table and a column."""
    return ".".join(f'"{name}"' for name in names)


def same_period_last_year(days):
    """Returns the days of a year before; 29 February has the 28th. Of a month of which the last two days are there, the month before ends as it does."""
    found = set()
    for day in days:
        found.add(a_year_before(day))
        last, one = (day + timedelta(days=1)).day == 1, timedelta(days=1)
        if last and day - one in days:
            found.add((a_year_before(day.replace(day=1)) + timedelta(days=31)).replace(day=1) - one)
    return found


def a_year_before(day):
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def combined(kind, left, right):
    """Returns two values together, where blank is zero unless both are."""
    if kind == "divide":
        return None if left is None or not right else float(left) / float(right)
    return (left or 0) - (right or 0) if kind == "-" else (left or 0) + (right or 0)
