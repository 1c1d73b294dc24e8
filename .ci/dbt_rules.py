"""Checks the rules of the dbt project: dbt_rules.py MANIFEST. Prints each violation; exit code 1 if there is one."""

import json
import sys

PREFIXES = {
    "staging": "stg_",
    "intermediate": "int_",
    "dimensions": "dim_",
    "facts": "fct_",
    "marts": "mart_",
}
PUBLISHED = ("dim_", "fct_", "mart_")


def violations(manifest):
    """Returns what breaks a rule, each as "node: problem", in order."""
    models = {k: v for k, v in manifest["nodes"].items() if v["resource_type"] == "model"}
    tests = {}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and node.get("attached_node"):
            tests.setdefault(node["attached_node"], set()).add(node["test_metadata"]["name"])
    found = []
    for key, model in models.items():
        found += [f"{model['name']}: {problem}" for problem in of_model(model, tests.get(key, set()))]
    for exposure in manifest["exposures"].values():
        for key in exposure["depends_on"]["nodes"]:
            if "published" not in models.get(key, {"tags": []})["tags"]:
                found.append(f"{exposure['name']}: reads {key.split('.')[-1]}, which is not published")
        if not exposure["owner"].get("name"):
            found.append(f"{exposure['name']}: has no owner")
    for metric in manifest["metrics"].values():
        if not metric["description"]:
            found.append(f"{metric['name']}: has no description")
    return sorted(found)


def of_model(model, tests):
    """Yields the problems of a model that has tests of these kinds."""
    name, folder = model["name"], model["path"].split("/")[0]
    prefix = PREFIXES.get(folder)
    if prefix is None:
        yield f"is in the folder {folder}, which must be one of {', '.join(PREFIXES)}"
    elif not name.startswith(prefix):
        yield f"is in the folder {folder}, so its name must begin with {prefix}"
    if not model["description"]:
        yield "has no description"
    for column in model["columns"].values():
        if not column["description"]:
            yield f"the column {column['name']} has no description"
    if name.startswith(("stg_", *PUBLISHED)) and not tests & {"unique_key", "unique"}:
        yield "has no test of its key: unique_key"
    if name.startswith(PUBLISHED) != ("published" in model["tags"]):
        yield "the tag published is for dimensions, facts and marts, and for all of them"
    if name.startswith("mart_") and not model["contract"]["enforced"]:
        yield "has no contract"
    parents = model["depends_on"]["nodes"]
    if any(parent.startswith("source.") for parent in parents) and not name.startswith("stg_"):
        yield "reads a source; only staging may"


def main(path):
    with open(path, encoding="utf-8") as file:
        found = violations(json.load(file))
    print("\n".join(found) or "the dbt project keeps its rules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
