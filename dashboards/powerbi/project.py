"""Writes the whole project: python project.py [FOLDER]. The same files from the same lists, byte by byte; what no list names is deleted."""

import json
import shutil
import sys
from pathlib import Path

import pbir
import tmdl
from spec import HERE, Spec, tag

ITEM = "https://developer.microsoft.com/json-schemas/fabric/item"


def texts(spec):
    """Returns the project's texts by their paths."""
    name = spec.model["name"]
    report, model = f"{name}.Report", f"{name}.SemanticModel"
    made = {
        f"{name}.pbip": {
            "$schema": "https://developer.microsoft.com/json-schemas/fabric/pbip/pbipProperties/1.0.0/schema.json",
            "version": "1.0",
            "artifacts": [{"report": {"path": report}}],
            "settings": {"enableAutoRecovery": True},
        },
        f"{report}/.platform": platform("Report", name),
        f"{report}/definition.pbir": {
            "$schema": f"{ITEM}/report/definitionProperties/2.0.0/schema.json",
            "version": "4.0",
            "datasetReference": {"byPath": {"path": f"../{model}"}},
        },
        f"{report}/StaticResources/RegisteredResources/{pbir.THEME}": pbir.theme(spec),
        f"{model}/.platform": platform("SemanticModel", name),
        f"{model}/definition.pbism": {
            "$schema": f"{ITEM}/semanticModel/definitionProperties/1.0.0/schema.json",
            "version": "4.2",
            "settings": {},
        },
    }
    made |= {f"{report}/definition/{path}": value for path, value in pbir.files(spec).items()}
    written = {path: json.dumps(value, indent=2, ensure_ascii=False) + "\n" for path, value in made.items()}
    return written | {f"{model}/definition/{path}": text for path, text in tmdl.files(spec).items()}


def platform(kind, name):
    return {
        "$schema": "https://developer.microsoft.com/json-schemas/fabric/gitIntegration/platformProperties/2.0.0/schema.json",
        "metadata": {"type": kind, "displayName": name},
        "config": {"version": "2.0", "logicalId": tag("item", kind)},
    }


def read(spec, folder):
    """Returns the texts that are in a folder, of what this writes."""
    roots = [Path(folder) / f"{spec.model['name']}.{kind}" for kind in ("Report", "SemanticModel")]
    found = [Path(folder) / f"{spec.model['name']}.pbip", *(file for root in roots for file in root.rglob("*"))]
    return {str(file.relative_to(folder)): file.read_text(encoding="utf-8") for file in found if file.is_file()}


def write(spec, folder):
    """Writes the project into a folder."""
    for kind in ("Report", "SemanticModel"):
        shutil.rmtree(Path(folder) / f"{spec.model['name']}.{kind}", ignore_errors=True)
    for path, text in texts(spec).items():
        file = Path(folder) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Spec(), sys.argv[1] if len(sys.argv) > 1 else HERE)
