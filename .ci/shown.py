"""Which build of the marts the readers of a DuckDB warehouse see.

shown.py views WAREHOUSE FILE             writes the view and the schema of each table that readers see
shown.py restore WAREHOUSE FILE           shows those again, all in one transaction; exit code 4 if a later build has deleted them
shown.py defer WAREHOUSE MANIFEST FILE    writes dbt's manifest with the schemas that readers see, for --defer-state
"""

import json
import re
import sys

import duckdb

SCHEMA = "AUTOPULSE_MARTS"


def views(connection):
    """Returns the schema of the build that each shown view reads."""
    rows = connection.execute(
        "select view_name, sql from duckdb_views() where schema_name = ? and database_name = current_database() order by 1", [SCHEMA]
    ).fetchall()
    found = {}
    for view, sql in rows:
        match = re.search(SCHEMA + r"__\w+", sql)
        found[view] = match.group() if match else ""
    return found


def restore(connection, before):
    """Shows the views of before and no others; raises LookupError, and changes nothing, if a build is gone."""
    existing = {(s, t) for s, t in connection.execute("select table_schema, table_name from information_schema.tables").fetchall()}
    missing = sorted({schema for view, schema in before.items() if (schema, view) not in existing})
    if missing:
        raise LookupError("these builds are gone: " + ", ".join(missing))
    connection.execute("begin transaction")
    for view in views(connection):
        connection.execute(f'drop view {SCHEMA}."{view}"')
    for view, schema in before.items():
        connection.execute(f'create view {SCHEMA}."{view}" as select * from {schema}."{view}"')
    connection.execute("commit")


def defer_to(connection, manifest, schema):
    """Gives the manifest's nodes of a schema the schemas that readers see: of a view its own, of other tables the newest that has it."""
    database = connection.execute("select current_database()").fetchone()[0]
    seen = views(connection)
    tables = connection.execute("select table_schema, table_name from information_schema.tables order by 1").fetchall()
    newest = {table: build for build, table in tables if build in seen.values()}
    for node in manifest["nodes"].values():
        node["database"] = database
        if node["schema"] == schema:
            node["schema"] = seen.get(node["name"]) or newest.get(node["name"], schema)
        if node["resource_type"] in ("model", "seed", "snapshot"):
            node["relation_name"] = f'"{database}"."{node["schema"]}"."{node["name"]}"'


def main(command, warehouse, *files):
    with duckdb.connect(warehouse, read_only=command != "restore") as connection:
        if command == "restore":
            with open(files[0], encoding="utf-8") as file:
                before = json.load(file)
            try:
                restore(connection, before)
            except LookupError as gone:
                print(gone.args[0])
                return 4
            return 0
        if command == "views":
            found = views(connection)
        else:
            with open(files[0], encoding="utf-8") as file:
                found = json.load(file)
            defer_to(connection, found, "AUTOPULSE_MARTS_DEV")
    with open(files[-1], "w", encoding="utf-8") as file:
        json.dump(found, file)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
