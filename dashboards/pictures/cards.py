"""The statements of Metabase's questions, as Metabase runs them: cards.py FOLDER writes each one's name and SQL as JSON.

It is what NativeSql.java does: a tag has its value, or its default; what is in [[ ]] is left out if a tag in it has neither.
"""

import json
import re
import sys
from pathlib import Path

import measures

FOLDER = Path(__file__).resolve().parent.parent / "metabase"
TAG = re.compile(r"\{\{\s*([^}]*?)\s*\}\}")
OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


def read(folder=FOLDER):
    """Returns the contents of a folder by their files, those of a model such as Card."""
    files = sorted(Path(folder).rglob("*.yaml"))
    return {str(file.relative_to(folder)): measures.yaml_of(file) for file in files}


def model_of(content):
    """Returns what a content is: Card, Dashboard or Collection."""
    return content["serdes/meta"][-1]["model"]


def compiled(card, values=()):
    """Returns the statement of a card with the values of tags."""
    stage = card["dataset_query"]["stages"][0]
    tags = {tag["name"]: tag for tag in stage.get("template-tags", [])}
    given = {name: str(tag.get("default", "")) for name, tag in tags.items()} | dict(values)

    def kept(part):
        known = all(given.get(name) for name in TAG.findall(part.group(1)))
        return part.group(1) if known else ""

    return TAG.sub(lambda tag: written(tags.get(tag.group(1), {}), given.get(tag.group(1), "")), OPTIONAL.sub(kept, stage["native"]))


def written(tag, value):
    """Returns the SQL of a tag: a text, or of a column the condition that it has the value."""
    literal = "'" + value.replace("'", "''") + "'"
    if tag.get("type") != "dimension":
        return literal
    return ".".join(tag["dimension"][2][1:]) + f" in ({literal})" if value else "1 = 1"


def main(folder):
    statements = [[file.removesuffix(".yaml"), compiled(card)] for file, card in read(folder).items() if model_of(card) == "Card"]
    json.dump(statements, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else FOLDER)
