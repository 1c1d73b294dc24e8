"""What fakesnow made of a text, kept for when the text comes again; of Snowflake nothing changes.

fakesnow walks the tree of each statement seventy times, which is a third of the emulator's time, and parses it twice. Here the result
is kept for a text and the session's database and schema, on which alone it depends: for queries, DML, DROP and those CREATEs whose
result names nothing outside of the tree. Statements of two runs differ by the runs' ids, so ids are taken out of the text and put
into the tree. What a result looks like is asked of DuckDB itself, and kept where the text reads no table.
"""

import re
from typing import Any

import duckdb
import fakesnow.cursor as cursor
import fakesnow.server as server
from fakesnow.cursor import FakeSnowflakeCursor
from sqlglot import Expr, exp

_LIMIT = 2_000
_RUN_ID = re.compile(r"r\d{8}_\d{6}_[0-9a-f]{6}", re.IGNORECASE)
_STATEMENTS = (exp.Query, exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Drop)
# IDENTIFIER reads bound values, UNSET changes the session.
_OF_SESSION = re.compile(r"\b(identifier|unset)\b", re.IGNORECASE)
# The results that fakesnow writes itself: counts and a status.
_OWN_RESULT = re.compile(r"SELECT (\d+ as '[a-z -]+'(, )?)+|SELECT '[\w ,.]+' as '?status'?")

_TEXT = "text of the statement"

_parsed: dict[str, Expr] = {}
_translated: dict[tuple[str, str | None, str | None], Expr | None] = {}
_described: dict[str, list[Any]] = {}

_original_parse = cursor.parse_one
_original_transform = FakeSnowflakeCursor._transform
_original_describe = FakeSnowflakeCursor._describe_last_sql


def install() -> None:
    """Puts the memory in place."""
    server.parse_one = _parse
    cursor.parse_one = lambda command: _parse(command).copy()
    FakeSnowflakeCursor._transform = _transform
    FakeSnowflakeCursor._describe_last_sql = _describe_last_sql


def _keep(memory: dict[Any, Any], key: Any, value: Any) -> Any:
    if len(memory) >= _LIMIT:
        memory.clear()
    memory[key] = value
    return value


def _parse(command: str) -> Expr:
    """The tree of a text, which nobody may change."""
    tree = _parsed.get(command)
    if tree is None:
        tree = _original_parse(command)
        if tree is not None:
            tree.meta[_TEXT] = command
            _keep(_parsed, command, tree)
    return tree


def _transform(self: FakeSnowflakeCursor, statement: Expr, params: Any) -> Expr:
    text = statement.meta.pop(_TEXT, None)
    if text is None or not _may_keep(statement) or _OF_SESSION.search(text):
        return _original_transform(self, statement, params)
    ids = Ids(text)
    key = (ids.template, self._conn.database, self._conn.schema)
    if key not in _translated:
        tree = _original_transform(self, _original_parse(ids.template), params)
        _keep(_translated, key, tree if _holds_all(tree) else None)
    kept = _translated.get(key)
    return _original_transform(self, statement, params) if kept is None else ids.put_into(kept.copy())


def _may_keep(statement: Expr) -> bool:
    if isinstance(statement, exp.Create):
        # CREATE TABLE AS and LIKE look at other tables.
        return statement.kind == "VIEW" or (statement.kind == "TABLE" and isinstance(statement.this, exp.Schema))
    return isinstance(statement, _STATEMENTS)


def _holds_all(tree: Expr) -> bool:
    """Whether all of a translation is nodes and plain values, so that a copy shares nothing and names are found in it."""
    return all(_is_plain(value) for node in tree.walk() for value in node.args.values())


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(_is_plain(each) for each in value)
    if isinstance(value, tuple):
        # The lengths of texts, by column.
        return all(isinstance(each, (str, int)) and not _RUN_ID.search(str(each)) for each in value)
    return value is None or isinstance(value, (Expr, str, bool, int, exp.DataType.Type))


class Ids:
    """A text without the ids of its runs, and the ids in order of appearance."""

    def __init__(self, text: str) -> None:
        self._of_run: dict[str, str] = {}
        self.template = _RUN_ID.sub(self._stand_in, text)

    def _stand_in(self, found: re.Match[str]) -> str:
        # In one case throughout: what fakesnow does to the one it does to the other.
        run_id = found.group()
        if run_id not in (run_id.lower(), run_id.upper()):
            return run_id
        stand_in = self._of_run.setdefault(run_id.lower(), f"r{len(self._of_run):08}_000000_aaaaaa")
        return stand_in if run_id[0] == "r" else stand_in.upper()

    def put_into(self, tree: Expr) -> Expr:
        """Puts the ids into a translation of the template."""
        if self._of_run:
            names = {stand_in: run_id for run_id, stand_in in self._of_run.items()}
            names |= {stand_in.upper(): run_id.upper() for stand_in, run_id in names.items()}
            for node in tree.walk():
                for name, value in node.args.items():
                    if isinstance(value, str):
                        for found in set(_RUN_ID.findall(value)) & names.keys():
                            value = value.replace(found, names[found])
                        node.args[name] = value
        return tree


def _describe_last_sql(self: FakeSnowflakeCursor) -> list[Any]:
    sql = self._last_sql or ""
    known = _described.get(sql)
    if known is not None:
        return known
    try:
        rows = self._duck_conn.execute(f"DESCRIBE {sql}", self._last_params).fetchall()
    except duckdb.Error:
        return _original_describe(self)
    return _keep(_described, sql, rows) if _OWN_RESULT.fullmatch(sql) else rows
