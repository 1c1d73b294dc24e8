"""Compares what MetricFlow answers with what Power BI's DAX does, on the same invented rows: the project's folder, a database file to be made.

Every metric by month, and by month and each dimension that its semantic models have. Prints what differs, and finds a mistake that it makes itself.
"""

import os
import sys
from datetime import date
from pathlib import Path

import duckdb
import generated
import measures
import metricflow_calls
import project
import values
from evaluate import Evaluator
from spec import HERE, Spec
from tabular import Project

COLUMNS = {None: None, **values.DIMENSIONS, **values.OWN}
# What is written instead of it, and the metric that is wrong then.
RIGHT, WRONG, MISTAKEN = "SUM(Targets[actual_units])", "SUM(Targets[target_units])", "target_actual_units"


def main(folder: Path, file: Path) -> int:
    spec, texts = Spec(), project.read(Spec(), HERE)
    mistaken = {path: text.replace(RIGHT, WRONG) for path, text in texts.items()}
    names = groups(folder)
    asked = {dimension: [one["name"] for one in spec.measures if dimension in names[one["name"]]] for dimension in COLUMNS}
    # Before MetricFlow opens the file, by its own settings.
    with duckdb.connect(str(file)) as connection:
        generated.fill(connection)
        by_dax = computed(spec, texts, connection, asked)
        members = {dimension: values.members_of(connection, column) for dimension, column in COLUMNS.items() if column}
        by_mistake = computed(spec, mistaken, connection, {None: [MISTAKEN]})
    answers = answered(folder, asked, names)
    different = list(differences(by_dax, answers, members))
    compared = sum(len(found) for metrics in by_dax.values() for found in metrics.values())
    print("\n".join(different))
    print(f"{len(names)} metrics by {len(COLUMNS) - 1} dimensions, {compared} values compared, {len(different)} differ")
    complete = all(asked.values()) and all(found for found in by_dax[None].values())
    if not any(differences(by_mistake, answers, members)):
        print(f"{WRONG} instead of {RIGHT} is not found")
        complete = False
    return 0 if complete and not different else 1


def groups(folder: Path) -> dict[str, dict[str | None, str]]:
    """Returns what MetricFlow calls the dimensions of each metric: those that all of its semantic models have."""
    models, metrics = {}, {}
    for file in sorted((folder / "models/semantic").glob("*.yml")):
        text = measures.yaml_of(file)
        for model in text.get("semantic_models", []):
            own = {one["name"]: f"{model['primary_entity']}__{one['name']}" for one in model["dimensions"] if one["type"] == "categorical" and "primary_entity" in model}
            known = {one["name"]: one["name"] for one in model["entities"] if one["type"] == "foreign"} if "entities" in model else {}
            models |= {one["name"]: {**own, **known} for one in model.get("measures", [])}
        metrics |= {one["name"]: one["type_params"] for one in text.get("metrics", [])}

    def of(name):
        given = metrics[name]
        if "measure" in given:
            return models[given["measure"]]
        inputs = [of(one) for one in given.get("metrics") or [given["numerator"], given["denominator"]]]
        return {key: called for key, called in inputs[0].items() if all(one.get(key) == called for one in inputs)}

    return {name: {None: "", **{key: called for key, called in of(name).items() if key in COLUMNS}} for name in metrics}


def computed(spec: Spec, texts: dict, connection: duckdb.DuckDBPyConnection, asked: dict) -> dict:
    """Returns the values of the DAX by dimension, metric, and month and member."""
    evaluator = Evaluator(Project(texts, spec.model["name"]), connection)
    labels = {one["name"]: one["label"]["en"] for one in spec.measures}
    found = {}
    for dimension, metrics in asked.items():
        by = [values.MONTH, *([COLUMNS[dimension]] if dimension else [])]
        found[dimension] = {metric: evaluator.values(labels[metric], by) for metric in metrics}
    return found


def answered(folder: Path, asked: dict, names: dict) -> dict:
    """Returns MetricFlow's values by dimension, metric, and month and member."""
    os.chdir(folder)
    if not metricflow_calls.parse():
        raise SystemExit("dbt cannot parse the project")
    found = {}
    for dimension, metrics in asked.items():
        group = ["metric_time__month", *(one for one in [names[metrics[0]][dimension]] if one)]
        rows = metricflow_calls.query(metrics, group)
        found[dimension] = {metric: {key_of(row, group): metricflow_calls.number(row[metric]) for row in rows} for metric in metrics}
    return found


def key_of(row: dict[str, str], group: list[str]) -> tuple:
    return date.fromisoformat(row[group[0]][:10]), *(row[one] for one in group[1:])


def differences(by_dax: dict, answers: dict, members: dict):
    """Yields the values that differ. What a fact names beside the members of a dimension, such as ALL, Power BI shows as blank."""
    for dimension, metrics in by_dax.items():
        for metric, ours in metrics.items():
            theirs = answers[dimension][metric]
            for key in sorted(ours.keys() | theirs.keys(), key=str):
                one, other = ours.get(key), theirs.get(key)
                if (dimension is None or key[1] in members[dimension]) and not values.same(one if one is None else float(one), other):
                    yield f"{metric} by month and {dimension} of {key}: the DAX is {one}, MetricFlow says {other}"


sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
