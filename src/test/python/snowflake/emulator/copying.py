"""COPY INTO a table from S3, and COPY INTO a location of S3.

https://docs.snowflake.com/en/sql-reference/sql/copy-into-table and copy-into-location. What fakesnow lacks:

- FIELD_OPTIONALLY_ENCLOSED_BY and FIELD_DELIMITER in hex (``'0x27'``, as SnowflakeIO writes them), and the single quote as enclosure.
- STORAGE_INTEGRATION: it must name an integration that was made, and an S3 location needs one.
- S3 locations.
- The table's columns: fakesnow lets DuckDB guess the columns, their types, the end of a line and a comment character from the text.
- A quoted empty field is an empty text; one without quotes is null (EMPTY_FIELD_AS_NULL).
- The update count of a driver is the number of rows loaded; fakesnow answers in a format from which it takes none.
- Unloading: one file, gzip, CSV.
"""

import dataclasses
import gzip
import re
import tempfile
import threading
from datetime import datetime
from typing import Any

import duckdb
import fakesnow.copy_into as copy_into
import fakesnow.cursor as cursor
import fakesnow.server as server
import sqlglot
from fakesnow.statement_type import COPY
from fakesnow.transforms.options import parse_options
from sqlglot import exp

from emulator import object_store
from emulator.errors import failure, integration_unknown

_HEX = re.compile(r"0x[0-9a-fA-F]{2}")
_of_thread = threading.local()
_integrations: set[str] = set()

_original_copy_into = copy_into.copy_into
_original_params = copy_into._params
_original_glob = copy_into._source_glob


def install(integrations: list[str]) -> None:
    """Puts the corrections in place, for these storage integrations."""
    _integrations.update(name.upper() for name in integrations)
    copy_into._params = _params
    copy_into._source_glob = _source_glob
    cursor.copy_into = _copy_into
    server.DML_TYPE_IDS = server.DML_TYPE_IDS | {COPY}


def is_unload(statement: exp.Expression) -> bool:
    """Whether a statement copies into a location: its target is a literal, where a table has a name."""
    return isinstance(statement, exp.Copy) and isinstance(statement.this.this, exp.Literal)


def unload(connection: duckdb.DuckDBPyConnection, statement: exp.Copy) -> exp.Expression:
    """Writes what a query gives into a file of a location; returns the query of the statement's own result."""
    _take_integration(statement)
    location = statement.this.this.name
    if not object_store.is_object(location):
        raise failure(f"SQL compilation error:\ninvalid URL prefix found in: '{location}'", 1011, "42601")
    source = statement.args["files"][0]
    query = source.this if isinstance(source, exp.Subquery) else exp.select("*").from_(source)
    rows = connection.execute(query.sql(dialect="duckdb")).fetchall()
    quote = _enclosure(statement)
    text = "".join(",".join(_field(value, quote) for value in row) + "\n" for row in rows)
    data = gzip.compress(text.encode())
    object_store.upload(location + ("data" if location.endswith("/") else "") + "_0_0_0.csv.gz", data)
    return sqlglot.parse_one(
        f'SELECT {len(rows)} AS "rows_unloaded", {len(text.encode())} AS "input_bytes", {len(data)} AS "output_bytes"'
    )


def _enclosure(statement: exp.Copy) -> str:
    for parameter in statement.args.get("params") or []:
        if parameter.this.name.upper() == "FILE_FORMAT":
            return _character(str(parse_options(parameter.expressions).get("FIELD_OPTIONALLY_ENCLOSED_BY", "")))
    return ""


def _field(value: Any, quote: str) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="milliseconds")
    if isinstance(value, str) and quote:
        return quote + value.replace(quote, quote * 2) + quote
    return str(value)


def _copy_into(connection: duckdb.DuckDBPyConnection, *args: Any) -> str:
    """Loads files from copies in a folder that goes with the statement."""
    with tempfile.TemporaryDirectory(prefix="copy-into-") as folder:
        _of_thread.folder = folder
        return _original_copy_into(connection, *args)


def _params(statement: exp.Copy, *args: Any, **known: Any) -> copy_into.CopyParams:
    _take_integration(statement)
    params = _original_params(statement, *args, **known)
    if isinstance(params.file_format, copy_into.ReadCSV):
        fields = dataclasses.asdict(params.file_format)
        params.file_format = CsvOfTable(**fields, columns=_column_count(statement, **known))
    return params


def _column_count(
    statement: exp.Copy, duck_conn: duckdb.DuckDBPyConnection, current_database: str | None, current_schema: str | None
) -> int | None:
    """How many fields a line has; unknown where the statement selects from the files."""
    if isinstance(statement.args["files"][0], exp.Subquery):
        return None
    if isinstance(statement.this, exp.Schema):
        return len(statement.this.expressions)
    table = copy_into._extract_table(statement.this)
    return len(copy_into._get_table_columns(table, duck_conn, current_database, current_schema))


def _take_integration(statement: exp.Copy) -> None:
    """Checks the storage integration and takes it out of the statement; the parser has two places for it."""
    params = statement.args.get("params") or []
    credentials = statement.args.get("credentials")
    named = [p.expression for p in params if p.this.name.upper() == "STORAGE_INTEGRATION"]
    named += [storage for storage in [credentials and credentials.args.get("storage")] if storage]
    for integration in named:
        if integration.name.upper() not in _integrations:
            raise integration_unknown(integration.name.upper())
    if not named and any(object_store.is_object(literal.name) for literal in _locations(statement)):
        raise failure("Access to an S3 location needs a STORAGE_INTEGRATION", 3001, "42501")
    statement.set("params", [p for p in params if p.this.name.upper() != "STORAGE_INTEGRATION"])


def _locations(statement: exp.Copy) -> list[exp.Literal]:
    places = [statement.this, *statement.args["files"]]
    return [place.this for place in places if isinstance(place, exp.Table) and isinstance(place.this, exp.Literal)]


def _source_glob(source: str, connection: duckdb.DuckDBPyConnection) -> list[str]:
    return object_store.names(source) if object_store.is_object(source) else _original_glob(source, connection)


def _character(text: str) -> str:
    """A character of a file format, which may be given in hex."""
    return chr(int(text, 16)) if _HEX.fullmatch(text) else "" if text.upper() == "NONE" else text


@dataclasses.dataclass
class CsvOfTable(copy_into.ReadCSV):
    """A CSV file of as many text columns as its table has; the table's types are cast to on insertion."""

    columns: int | None = None

    def read_expression(self, url: str) -> exp.Expression:
        quote = _character(self.quote or "")
        options = {
            "header": "false",
            "skip": str(self.skip_header),
            "delim": _literal(_character(self.sep)),
            "quote": _literal(quote),
            "escape": _literal(quote),
            "nullstr": "[" + ", ".join(_literal(text) for text in self.null_if or []) + "]",
            "allow_quoted_nulls": "false",
            "comment": "''",
            "new_line": r"'\n'",
            # The longest text that Snowflake keeps.
            "max_line_size": "16777216",
        }
        if self.columns is None:
            options["all_varchar"] = "true"
        else:
            columns = ", ".join(f"'column{i}': 'VARCHAR'" for i in range(self.columns))
            options |= {"auto_detect": "false", "columns": "{" + columns + "}"}
        if self.compression:
            options["compression"] = _literal(self.compression)
        arguments = ", ".join(f"{name} = {value}" for name, value in options.items())
        return sqlglot.parse_one(f"read_csv({self._file(url)}, {arguments})", read="duckdb")

    def _file(self, url: str) -> str:
        if not object_store.is_object(url):
            return self.file_literal(url).sql(dialect="duckdb")
        try:
            return _literal(object_store.download(url, _of_thread.folder))
        except Exception as error:
            raise failure(f"Remote file '{url}' was not found: {error}", 91016, "22000") from error


def _literal(text: str) -> str:
    return exp.Literal.string(text).sql(dialect="duckdb")
