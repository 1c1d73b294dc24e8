"""Compares the tables that a change builds with those of the target branch, and lists what reads them.

data_diff.py WAREHOUSE BEFORE AFTER MANIFEST REPORT compares the models of the schema AFTER with those of the schema BEFORE in a DuckDB file.
MANIFEST is dbt's of the change. Writes REPORT.md and REPORT.json.
"""

import json
import sys

import duckdb


def name(identifier):
    """Quotes an identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def keys(manifest):
    """Returns the columns of each model's key, as its test unique_key has them."""
    found = {}
    for test in manifest["nodes"].values():
        metadata = test.get("test_metadata") or {}
        if metadata.get("name") == "unique_key":
            found[test["attached_node"]] = metadata["kwargs"]["columns"]
    return found


def tables(connection, schema):
    """Returns the columns and types of each table of a schema."""
    rows = connection.execute(
        "select table_name, column_name, data_type from information_schema.columns"
        " where table_schema = ? and table_catalog = current_database() order by ordinal_position",
        [schema],
    ).fetchall()
    found = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def difference(connection, before, after, table, key, columns):
    """Compares a table by its key: rows and changed values by column; of numbers the sums. Columns are those of both schemas, in order."""
    old, new = f"{name(before)}.{name(table)}", f"{name(after)}.{name(table)}"
    one = connection.execute
    shared = [c for c in columns[0] if c in columns[1]]
    result = {
        "rows_before": one(f"select count(*) from {old}").fetchone()[0],
        "rows_after": one(f"select count(*) from {new}").fetchone()[0],
        "columns_added": [c for c in columns[1] if c not in columns[0]],
        "columns_removed": [c for c in columns[0] if c not in columns[1]],
        "types_changed": {c: [columns[0][c], columns[1][c]] for c in shared if columns[0][c] != columns[1][c]},
        "key": key,
    }
    if key and set(key) <= set(shared):
        on = " and ".join(f"o.{name(c)} = n.{name(c)}" for c in key)
        values = [c for c in shared if c not in key]
        differs = [f"o.{name(c)} is distinct from n.{name(c)}" for c in values]
        counts = ["count(*)", *(f"count(*) filter (where {condition})" for condition in (" or ".join(differs) or "false", *differs))]
        both, changed, *by_column = one(f"select {', '.join(counts)} from {old} o join {new} n on {on}").fetchone()
        result["rows_added"] = result["rows_after"] - both
        result["rows_removed"] = result["rows_before"] - both
        result["rows_changed"] = changed
        result["values_changed"] = {c: n for c, n in zip(values, by_column) if n}
    numbers = [c for c in shared if columns[0][c] == columns[1][c] and columns[0][c].startswith(("DECIMAL", "BIGINT", "INTEGER", "DOUBLE", "HUGEINT"))]
    numbers = [c for c in numbers if not c.endswith("_key") and c not in (key or [])]
    result["sums_changed"] = {}
    if numbers:
        sums = ", ".join(f"sum({name(c)})" for c in numbers)
        pairs = zip(numbers, one(f"select {sums} from {old}").fetchone(), one(f"select {sums} from {new}").fetchone())
        result["sums_changed"] = {c: [plain(a), plain(b)] for c, a, b in pairs if a != b}
    return result


def plain(number):
    """Returns a number as JSON has it: decimals as text, which loses no digit."""
    return number if number is None or isinstance(number, (int, float)) else str(number)


def is_equal(result):
    return not any(result.get(k) for k in ("rows_added", "rows_removed", "rows_changed", "columns_added", "columns_removed", "types_changed", "sums_changed")) and (
        result["rows_before"] == result["rows_after"]
    )


def readers(manifest, changed):
    """Returns the dashboards, metrics and tables of forecasts that depend on the changed models, directly or not."""
    reached, waiting = set(), list(changed)
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += manifest["child_map"].get(node, [])
    return {
        "dashboards": sorted(v["label"] or v["name"] for k, v in manifest["exposures"].items() if k in reached),
        "metrics": sorted(v["name"] for k, v in manifest["metrics"].items() if k in reached),
        "forecasts": sorted(v["name"] for k, v in manifest["nodes"].items() if k in reached and v["resource_type"] == "model" and "forecast" in v["name"]),
    }


def compare(connection, before, after, manifest):
    """Compares every model of the schema after."""
    old, new, key_of = tables(connection, before), tables(connection, after), keys(manifest)
    models, changed = {}, []
    for node, model in sorted(manifest["nodes"].items()):
        table = model["name"]
        if model["resource_type"] != "model" or table not in new:
            continue
        if table not in old:
            models[table] = {"is_new": True, "rows_after": connection.execute(f"select count(*) from {name(after)}.{name(table)}").fetchone()[0]}
        else:
            models[table] = difference(connection, before, after, table, key_of.get(node), (old[table], new[table]))
        if table not in old or not is_equal(models[table]):
            changed.append(node)
    built = [node for node, model in manifest["nodes"].items() if model["name"] in models]
    return {"models": models, "readers_of_built": readers(manifest, built), "readers_of_changed_numbers": readers(manifest, changed)}


def markdown(report):
    """Returns the report as a reviewer reads it."""
    lines = ["# What the change does to the marts", ""]
    if not report["models"]:
        lines += ["No model is built: no table changes.", ""]
    else:
        lines += ["| model | rows before | after | added | removed | changed | columns whose values change |", "|---|---|---|---|---|---|---|"]
    for table, r in report["models"].items():
        if r.get("is_new"):
            lines.append(f"| `{table}` (new) | | {r['rows_after']} | | | | |")
            continue
        values = ", ".join(f"`{c}` {n}" for c, n in r.get("values_changed", {}).items())
        values += "".join(f" +`{c}`" for c in r["columns_added"]) + "".join(f" -`{c}`" for c in r["columns_removed"])
        values += "".join(f" `{c}` {a} to {b}" for c, (a, b) in r["types_changed"].items())
        cells = [f"`{table}`", r["rows_before"], r["rows_after"], r.get("rows_added", "no key"), r.get("rows_removed", ""), r.get("rows_changed", ""), values or "none"]
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    sums = [(t, c, a, b) for t, r in report["models"].items() for c, (a, b) in r.get("sums_changed", {}).items()]
    if sums:
        lines += ["", "| sum of | before | after | difference |", "|---|---|---|---|"]
        lines += [f"| `{t}.{c}` | {a} | {b} | {delta(a, b)} |" for t, c, a, b in sums]
    for title, part in (("Reads what is built", "readers_of_built"), ("Reads numbers that change", "readers_of_changed_numbers")):
        lines += ["", f"## {title}"]
        lines += [f"- {kind}: {', '.join(names) or 'none'}" for kind, names in report[part].items()]
    return "\n".join(lines) + "\n"


def delta(before, after):
    return "" if before is None or after is None else f"{float(after) - float(before):+.6g}"


def main(warehouse, before, after, manifest, report):
    with open(manifest, encoding="utf-8") as file:
        loaded = json.load(file)
    with duckdb.connect(warehouse, read_only=True) as connection:
        found = compare(connection, before, after, loaded)
    with open(report + ".json", "w", encoding="utf-8") as file:
        json.dump(found, file, indent=1)
    with open(report + ".md", "w", encoding="utf-8") as file:
        file.write(markdown(found))
    print(markdown(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
