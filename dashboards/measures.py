"""The list of measures, and what differs between it and the metrics of dbt's semantic models."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "fr")
# A metric of the year before dates rows a year later, and takes those whose day then has a flag of dim_date.
YEAR_LATER = re.compile(r"cast\((\w+) \+ interval '1 year' as date\)")
PASSED = re.compile(r"\{\{ Dimension\('compared_day__(\w+)'\) \}\}")
AGGREGATES = {"sum": "sum({})", "average": "avg({})", "count_distinct": "count(distinct {})"}


def read(file=ROOT / "dashboards/measures.yaml"):
    """Returns the list: its relations, formats and measures."""
    return yaml_of(file)


def yaml_of(file):
    """Returns what a file of YAML says. libyaml reads the models of dbt in a tenth of the time."""
    return yaml.load(Path(file).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def sql_of(measure, measures):
    """Returns the SQL of a measure of one source with the names in braces replaced by their aggregates; of two, a ValueError."""
    named = {one["name"]: one for one in measures}
    if len(sources_of(measure, measures)) > 1:
        raise ValueError(f"{measure['name']} is of two sources")
    return re.sub(r"\{(\w+)\}", lambda name: sql_of(named[name.group(1)], measures), measure["sql"])


def sources_of(measure, measures):
    """Returns what a measure reads, in the order of its SQL: relations, each with the flag of the days whose year before it is of, or None."""
    if "relation" in measure:
        return [(measure["relation"], measure.get("year_before"))]
    named = {one["name"]: one for one in measures}
    found = [source for name in re.findall(r"\{(\w+)\}", measure["sql"]) for source in sources_of(named[name], measures)]
    return list(dict.fromkeys(found))


def relations_of(measure, measures):
    """Returns the relations that a measure reads, in the order of its SQL."""
    return list(dict.fromkeys(relation for relation, _ in sources_of(measure, measures)))


def metrics(project):
    """Returns dbt's metrics by their names, each with its label, its relation or None, and its SQL as the list writes it."""
    models, found = [], []
    for file in sorted((Path(project) / "models/semantic").glob("*.yml")):
        text = yaml_of(file)
        models += text.get("semantic_models", [])
        found += text.get("metrics", [])
    simple = {}
    for model in models:
        relation = re.fullmatch(r"ref\('(\w+)'\)", model["model"]).group(1)
        times = {one["name"]: one.get("expr", one["name"]) for one in model["dimensions"]}
        for measure in model.get("measures", []):
            sql = AGGREGATES[measure["agg"]].format(measure.get("expr", measure["name"]))
            time = times[measure.get("agg_time_dimension", model["defaults"]["agg_time_dimension"])]
            simple[measure["name"]] = (relation, time, "count(*)" if sql == "sum(1)" else sql)
    return {metric["name"]: metric_of(metric, simple) for metric in found}


def metric_of(metric, simple):
    """Returns what the list must say of a metric."""
    given, same = metric["type_params"], {"label": metric["label"], "description": metric["description"]}
    if metric["type"] == "simple":
        relation, time, sql = simple[given["measure"]]
        later, passed = YEAR_LATER.fullmatch(time), PASSED.fullmatch(metric.get("filter", ""))
        if later and passed:
            return {**same, "relation": relation, "time": later.group(1), "sql": sql, "year_before": passed.group(1)}
        # Of one alone the time or the SQL is none that a list has.
        return {**same, "relation": relation, "time": time, "sql": f"{sql} {metric['filter']}" if "filter" in metric else sql}
    if metric["type"] == "ratio":
        return {**same, "relation": None, "sql": f"{{{given['numerator']}}} * 1.0 / nullif({{{given['denominator']}}}, 0)"}
    names = "|".join(given["metrics"])
    return {**same, "relation": None, "sql": re.sub(rf"\b({names})\b", r"{\1}", given["expr"])}


def problems(listed, project=ROOT / "warehouse/dbt"):
    """Yields what is wrong with a list, each as "measure: problem"."""
    known = metrics(project)
    names = [measure["name"] for measure in listed["measures"]]
    for name in known.keys() - set(names):
        yield f"{name}: is a metric of dbt and not in the list"
    for name in {name for name in names if names.count(name) > 1}:
        yield f"{name}: is listed twice"
    for measure in listed["measures"]:
        for problem in problems_of(measure, listed, known):
            yield f"{measure['name']}: {problem}"


def problems_of(measure, listed, known):
    """Yields what is wrong with one measure."""
    metric = known.get(measure["name"])
    if metric is None:
        yield "is no metric of dbt"
        return
    for key in ("label", "description"):
        for language in LANGUAGES:
            if not measure.get(key, {}).get(language, "").strip():
                yield f"has no {key} in {language}"
        if measure.get(key, {}).get("en") != metric[key]:
            yield f"its {key} is {measure.get(key, {}).get('en')!r}, that of the metric {metric[key]!r}"
    if measure.get("relation") != metric["relation"]:
        yield f"reads {measure.get('relation')}, the metric {metric['relation']}"
    elif metric["relation"] and listed["relations"].get(metric["relation"], {}).get("time") != metric["time"]:
        yield f"the time of {metric['relation']} is not {metric['time']}"
    if measure.get("year_before") != metric.get("year_before"):
        yield f"is of the year before of days with {measure.get('year_before')}, the metric of those with {metric.get('year_before')}"
    if " ".join(measure["sql"].split()) != " ".join(metric["sql"].split()):
        yield f"its SQL is {measure['sql']}, that of the metric {metric['sql']}"
    if measure.get("format") not in listed["formats"]:
        yield f"its format must be one of {', '.join(listed['formats'])}"
    for key in ("unit", "dax"):
        if not measure.get(key):
            yield f"has no {key}"
