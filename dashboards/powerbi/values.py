"""Compares each measure's DAX with its SQL on a warehouse: values.py WAREHOUSE. Prints what differs; exit code 1 if something does.

The DAX is evaluated by evaluate.py on the model's files; the SQL is that of the list, which is that of the metric. For each month, and each month and
member of each dimension; a measure is blank where one of its relations does not know the dimension.
"""

import re
import sys

import duckdb

import measures
import project
from evaluate import Evaluator
from spec import HERE, Spec
from tabular import Project

MONTH = ("Date", "Month")
DIMENSIONS = {
    "make": ("Make", "Make"),
    "model": ("Vehicle", "Model"),
    "segment": ("Vehicle", "Segment"),
    "powertrain": ("Vehicle", "Powertrain"),
    "region": ("Region", "Region"),
    "dealer": ("Dealer", "Dealer ID"),
}
# Columns of one fact alone: nothing else is asked by them.
OWN = {
    "fuel": ("Fuel prices", "Fuel"),
    "source": ("Attention", "Source"),
    "topic": ("Attention", "Topic"),
    "job": ("Runs", "Job"),
    "feed": ("Runs", "Feed"),
}


def twin(connection, measure, listed, dimension, schema="AUTOPULSE_MARTS"):
    """Returns the values of a measure's SQL by month and member; of several sources each apart, then together."""
    read = measures.sources_of(measure, listed["measures"])
    if any(dimension and dimension not in listed["relations"][one]["dimensions"] for one, _ in read):
        return {}
    if len(read) > 1:
        return together(connection, measure, listed, dimension, schema)
    name, passed = read[0]
    relation = listed["relations"][name]
    day, rows = relation["time"], f"{schema}.{name}"
    if passed:
        day = f"cast({day} + interval '1 year' as date)"
        rows = f"{rows} where {day} in (select date_day from {schema}.dim_date where {passed})"
    month = f"cast(date_trunc('month', {day}) as date)"
    keys = f"{month}, {relation['dimensions'][dimension]}" if dimension else month
    sql = measures.sql_of(measure, listed["measures"])
    found = connection.execute(f"select {keys}, {sql} from {rows} group by all").fetchall()
    return {row[:-1]: row[-1] for row in found if row[-1] is not None}


def together(connection, measure, listed, dimension, schema):
    """Returns the values of a measure made of measures of several sources."""
    names = list(dict.fromkeys(re.findall(r"\{(\w+)\}", measure["sql"])))
    parts = [twin(connection, one, listed, dimension, schema) for name in names for one in listed["measures"] if one["name"] == name]
    keys = list(set().union(*parts))
    rows = ", ".join(f"({at}, {', '.join(str(part.get(key, 'null')) for part in parts)})" for at, key in enumerate(keys))
    sql = measure["sql"].format(**{name: name for name in names})
    found = connection.execute(f"select place, {sql} from (values {rows}) as made (place, {', '.join(names)})").fetchall() if rows else []
    return {keys[place]: value for place, value in found if value is not None}


def differences(connection, spec, texts, only=None):
    """Yields what differs, of some measures or all, and at last how many values were compared."""
    evaluator = Evaluator(Project(texts, spec.model["name"]), connection)
    compared = 0
    for measure in (one for one in spec.measures if only is None or one["name"] in only):
        label = measure["label"]["en"]
        for dimension, column in dimensions_of(measure, spec.listed).items():
            by = [MONTH] if dimension is None else [MONTH, column]
            ours, theirs = evaluator.values(label, by), twin(connection, measure, spec.listed, dimension)
            members = None if dimension is None else members_of(connection, column)
            for key in sorted(ours.keys() | theirs.keys(), key=str):
                if members is not None and key[1] not in members:
                    continue
                compared += 1
                if not same(ours.get(key), theirs.get(key)):
                    yield f"[{label}] by month and {dimension} of {key}: the DAX is {ours.get(key)}, the SQL {theirs.get(key)}"
    yield compared


def dimensions_of(measure, listed):
    """Returns the columns that a measure is asked by, None among them for none: those that facts share, and those of its own fact."""
    read = measures.relations_of(measure, listed["measures"])
    own = {name: column for name, column in OWN.items() if all(name in listed["relations"][one]["dimensions"] for one in read)}
    return {None: None, **DIMENSIONS, **own}


def members_of(connection, column):
    """Returns the members of a dimension. What a fact names beside them, such as ALL, Power BI shows as blank."""
    return {row[0] for row in connection.execute(f'select distinct "{column[1]}" from "{column[0]}"').fetchall()}


def same(ours, theirs):
    """Whether two values are equal: to the billionth of shares, and exactly where nothing was divided. A sum of no units is blank or zero."""
    if not ours and not theirs:
        return ours is None or theirs is None or ours == theirs
    if ours is None or theirs is None:
        return False
    return abs(float(ours) - float(theirs)) <= 1e-6 * max(1, abs(float(theirs))) if isinstance(ours, float) or isinstance(theirs, float) else ours == theirs


def main(warehouse):
    spec = Spec()
    connection = duckdb.connect()
    connection.execute(f"attach '{warehouse}' as warehouse (read_only)")
    connection.execute("use warehouse")
    connection.execute("create schema if not exists temp.main")
    *found, compared = differences(connection, spec, project.read(spec, HERE))
    print("\n".join(found) or f"{compared} values of DAX are those of the metrics")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
