"""Reads TMDL and PBIR back: the model and the report as their files say, whoever wrote them."""

import json
import re
from dataclasses import dataclass, field

OBJECT = re.compile(r"(\w+)(?:\s+('(?:[^']|'')*'|[^\s=:]+))?(?:\s*(=)\s*(.*))?")
PROPERTY = re.compile(r"(\w+):\s*(.*)")


@dataclass
class Node:
    """An object of TMDL with its name, properties, expression and parts."""

    kind: str
    name: str = ""
    expression: str = ""
    description: str = ""
    properties: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)

    def all(self, kind):
        """Returns the parts of a kind."""
        return [part for part in self.parts if part.kind == kind]

    def flag(self, key):
        """Whether a property is set that has no value, or true."""
        return self.properties.get(key) in ("", "true")


def parse(text):
    """Returns the objects of a text of TMDL; a ValueError names the line that is none."""
    root = Node("file")
    lines = text.split("\n")
    stack, described, at = [(-1, root)], [], 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.strip():
            continue
        depth = len(line) - len(line.lstrip("\t"))
        said = line.strip()
        if said.startswith("///"):
            described.append(said[3:].strip())
            continue
        while stack[-1][0] >= depth:
            stack.pop()
        if stack[-1][0] != depth - 1:
            raise ValueError(f"line {at}: {said!r} is too far to the right")
        owner = stack[-1][1]
        one = PROPERTY.fullmatch(said)
        if one:
            owner.properties[one.group(1)] = one.group(2)
            continue
        if said.startswith("ref "):
            kind, name = said[4:].split(" ", 1)
            owner.parts.append(Node("ref", name.strip("'"), kind))
            continue
        found = OBJECT.fullmatch(said)
        if not found:
            raise ValueError(f"line {at}: {said!r} is neither an object nor a property")
        expression = found.group(4) or ""
        if found.group(3) and not expression:
            taken = at
            while taken < len(lines) and (not lines[taken].strip() or lines[taken].startswith("\t" * (depth + 2))):
                taken += 1
            expression = "\n".join(each[depth + 2 :] for each in lines[at:taken]).strip()
            at = taken
        if found.group(2) is None and not found.group(3) and not described and said in FLAGS:
            owner.properties[said] = ""
            continue
        name = (found.group(2) or "").strip()
        if name.startswith("'"):
            name = name[1:-1].replace("''", "'")
        node = Node(found.group(1), name, expression, "\n".join(described))
        described = []
        owner.parts.append(node)
        stack.append((depth, node))
    return root


FLAGS = {"isHidden", "isKey", "discourageImplicitMeasures", "isAvailableInMdx", "isActive"}


class Project:
    """The texts of a project, read."""

    def __init__(self, texts, name="Autopulse"):
        self.texts = texts
        self.broken = []
        self.model = Node("file")
        self.pages = {}
        self.visuals = {}
        for path, text in sorted(texts.items()):
            try:
                self.take(path, text, name)
            except (ValueError, KeyError) as problem:
                self.broken.append(f"{path}: {problem}")

    def take(self, path, text, name):
        if path.endswith(".tmdl"):
            self.model.parts += parse(text).parts
            return
        value = json.loads(text)
        place = path.removeprefix(f"{name}.Report/definition/pages/").split("/")
        if place[-1] == "page.json":
            self.pages[place[0]] = value
        elif place[-1] == "visual.json":
            self.visuals.setdefault(place[0], {}).setdefault(place[2], {})["desk"] = value
        elif place[-1] == "mobile.json":
            self.visuals.setdefault(place[0], {}).setdefault(place[2], {})["phone"] = value

    @property
    def tables(self):
        """Returns the tables by their names."""
        return {table.name: table for table in self.model.all("table")}

    @property
    def filled(self):
        """Returns the tables that have rows, by their names."""
        return {name: table for name, table in self.tables.items() if not of_measures(table)}

    @property
    def columns(self):
        """Returns the columns by table and name."""
        return {(table.name, column.name): column for table in self.model.all("table") for column in table.all("column")}

    @property
    def measures(self):
        """Returns the measures by their names."""
        return {measure.name: measure for table in self.model.all("table") for measure in table.all("measure")}

    @property
    def relationships(self):
        """Returns the relationships: from table and column, to table and column, node."""
        found = []
        for node in self.model.all("relationship"):
            ends = [tuple(end(node.properties.get(key, ""))) for key in ("fromColumn", "toColumn")]
            found.append((ends[0], ends[1], node))
        return found

    def filters(self, table):
        """Returns the tables whose rows a filter of a table narrows, itself among them."""
        reached, new = set(), {table}
        while new:
            reached |= new
            new = {source[0] for source, target, _ in self.relationships if target[0] in reached} - reached
        return reached


def end(text):
    """Returns the table and column of an end of a relationship."""
    parts = re.fullmatch(r"('(?:[^']|'')*'|[^.]+)\.('(?:[^']|'')*'|.+)", text)
    if not parts:
        return "", ""
    return [part[1:-1].replace("''", "'") if part.startswith("'") else part for part in parts.groups()]


def relation(table):
    """Returns the relation, in small letters, that a table's query reads, and the columns that it takes."""
    source = next((part for part in table.all("partition")), Node("partition"))
    query = next((part.expression for part in source.all("source")), "")
    named = re.search(r'Relation = Schema\{\[Name = "(\w+)"', query)
    taken = re.search(r"Columns = Table\.SelectColumns\(\w+, \{([^}]*)\}\)", query)
    columns = re.findall(r'"(\w+)"', taken.group(1)) if taken else []
    return named.group(1).lower() if named else "", columns, query


def of_measures(table):
    """Whether a table is there for its measures alone: its query makes its columns and no row."""
    columns = ", ".join(f"{one.properties.get('sourceColumn')} = text" for one in table.all("column"))
    return bool(table.all("measure")) and relation(table)[2] == f"let\n\tSource = #table(type table [{columns}], {{}})\nin\n\tSource"
