"""Prints the Terraform files of a folder as one JSON object: its blocks by kind, each with its labels. Expressions stay text."""

import json
import sys
from pathlib import Path

import hcl2


def main(folder: Path) -> None:
    """Reads every file: one that is no HCL ends this with its place."""
    blocks = [block for file in sorted(folder.glob("*.tf")) for block in _blocks(hcl2.loads(file.read_text()), file.name)]
    print(json.dumps(blocks))


def _blocks(content, file):
    for kind, found in content.items():
        if not kind.startswith("__"):
            for block in found:
                yield {"file": file, "kind": kind, **_unwrapped(block)}


def _unwrapped(block):
    labels = []
    while len(block) == 1 and next(iter(block)).startswith('"'):
        label, block = next(iter(block.items()))
        labels.append(label.strip('"'))
    return {"labels": labels, "body": _plain(block)}


def _plain(value):
    if isinstance(value, dict):
        return {name.strip('"'): _plain(each) for name, each in value.items() if not name.startswith("__")}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, str) and value.startswith('"') and value.endswith('"'):
        return value[1:-1]
    return value


if __name__ == "__main__":
    main(Path(sys.argv[1]))
