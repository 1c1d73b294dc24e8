"""Evaluates the model's DAX on the rows of a DuckDB warehouse, as an engine of its own: it knows the model's files and no SQL of the list of measures.

A measure is evaluated for all members of some columns at once: a filter of a dimension reaches a fact by its relationship, and where there is none the
fact is not filtered. BLANK is the absence of a value.
"""

import re

import dax
from tabular import relation

AGGREGATES = {"sum": "sum(", "average": "avg(", "distinct": "count(distinct "}


class Evaluator:
    """The model on the relations of a schema, each table a view of the rows and columns that its query takes."""

    def __init__(self, project, connection, schema="AUTOPULSE_MARTS"):
        self.project, self.connection = project, connection
        for name, table in project.tables.items():
            source, _, query = relation(table)
            columns = ", ".join(column_sql(one, query) for one in table.all("column"))
            rows = re.search(r"Rows = Table\.SelectRows\(Relation, each (.*)\)", query)
            where = " and ".join(condition(each) for each in rows.group(1).split(" and ")) if rows else "true"
            connection.execute(f'create or replace temp view "{name}" as select {columns} from {schema}.{source} where {where}')

    def values(self, measure, by):
        """Returns the values of a measure by the members of columns, each a table and a name; what is blank is not there."""
        made = self.of(dax.parse(self.project.measures[measure].expression), by)
        return made if isinstance(made, dict) else {}

    def of(self, made, by):
        """Returns the value of an expression: a constant, or values by members."""
        kind = made[0]
        if kind in ("sum", "average", "rows", "distinct"):
            return self.aggregate(made, [], by)
        if kind == "calculate":
            return self.aggregate(made[1], made[2], by)
        if kind == "measure":
            return self.of(dax.parse(self.project.measures[made[1]].expression), by)
        if kind == "value":
            return {} if made[1] is None else made[1]
        if kind == "filtered":
            return any(table == made[1] for table, _ in by)
        if kind == "||":
            return self.of(made[1], by) or self.of(made[2], by)
        if kind == "if":
            test = self.of(made[1], by)
            if not isinstance(test, bool):
                raise ValueError("a test that depends on rows is not known")
            return self.of(made[2] if test else made[3], by)
        if kind in ("divide", "-", "+"):
            left, right = self.of(made[1], by), self.of(made[2], by)
            found = {key: combined(kind, left.get(key), right.get(key)) for key in left.keys() | right.keys()}
            return {key: value for key, value in found.items() if value is not None}
        raise ValueError(f"{kind} is not known")

    def aggregate(self, made, conditions, by):
        """Returns an aggregate of a table's rows that meet conditions, by members."""
        if made[0] == "rows":
            table, sql = made[1], "count(*)"
        else:
            table, name = made[1][1], made[1][2]
            sql = f'{AGGREGATES[made[0]]}"{table}"."{name}")'
        joins, keys = [], []
        for target, column in by:
            if target == table:
                keys.append(f'"{table}"."{column}"')
                continue
            keys.append(f'"{target}"."{column}"')
            if f'"{target}"' in "".join(joins):
                continue
            ways = [(source[1], end[1]) for source, end, _ in self.project.relationships if source[0] == table and end[0] == target]
            on = f'on "{table}"."{ways[0][0]}" = "{target}"."{ways[0][1]}"' if ways else "on true"
            joins.append(f'join {"" if ways else "(select distinct " + chr(34) + column + chr(34) + " from "}"{target}"{"" if ways else ") as " + chr(34) + target + chr(34)} {on}')
        where = " and ".join(self.test(each, table) for each in conditions) or "true"
        group = f"group by {', '.join(str(at + 1) for at in range(len(keys)))}" if keys else ""
        rows = self.connection.execute(f'select {", ".join([*keys, sql])} from "{table}" {" ".join(joins)} where {where} {group}').fetchall()
        return {row[:-1]: row[-1] for row in rows if row[-1] is not None and (row[-1] != 0 or made[0] in ("sum", "average"))}

    def test(self, made, table):
        """Returns the SQL of a condition on a column of the table."""
        operator, left, right = made
        if left[0] != "column" or left[1] != table or right[0] != "value":
            raise ValueError(f"the condition {made} is not known")
        return f'"{table}"."{left[2]}" {operator} {literal(right[1])}'

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
    return str(value).lower() if isinstance(value, (bool, int, float)) else "'" + value.replace("'", "''") + "'"


def combined(kind, left, right):
    """Returns two values together, where blank is zero unless both are."""
    if kind == "divide":
        return None if left is None or not right else float(left) / float(right)
    return (left or 0) - (right or 0) if kind == "-" else (left or 0) + (right or 0)
