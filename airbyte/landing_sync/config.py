"""Reads a connector's configuration: defaults and checks by the manifest's spec, secrets from the environment or files."""

import difflib
import os
import re
from pathlib import Path
from typing import Any, Iterator

import jsonschema
import yaml

from landing_sync.errors import WrongCall

class _Loader(yaml.SafeLoader):
    """Reads a moment such as 2024-01-01T00:00:00Z as the text that it is, with or without quotation marks."""


_Loader.yaml_implicit_resolvers = {
    first: [each for each in resolvers if each[0] != "tag:yaml.org,2002:timestamp"] for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_REFERENCE = re.compile(r"\$\{(file:)?([^}]+)\}")


def read_manifest(file: Path) -> dict[str, Any]:
    """Returns a manifest; the CDK checks its components when it runs it."""
    manifest = _yaml(file, "manifest")
    try:
        manifest["spec"]["connection_specification"]["properties"]
        names = [stream["name"] for stream in manifest["streams"]]
    except (KeyError, TypeError):
        names = []
    if not names:
        raise WrongCall(f"{file}: it is no connector manifest: it has no streams, or no spec.connection_specification.properties")
    return manifest


def reads_json(manifest: Any) -> bool:
    """Tells whether all answers are JSON, as they are unless a retriever names a decoder of its own."""
    if isinstance(manifest, dict):
        return "decoder" not in manifest and all(reads_json(each) for each in manifest.values())
    return all(reads_json(each) for each in manifest) if isinstance(manifest, list) else True


def read_config(file: Path, spec: dict[str, Any]) -> dict[str, Any]:
    """Returns the configuration with its secrets in it, or names everything that is wrong with it."""
    config = _yaml(file, "configuration")
    lines = _lines(file)
    problems: list[str] = []

    def problem(field: str, text: str) -> None:
        problems.append(f"{file}:{lines.get(field.split('.')[0], 1)}: {field}: {text}")

    properties = spec["properties"]
    for field in config:
        if field not in properties:
            near = difflib.get_close_matches(str(field), properties, n=1)
            problem(str(field), "the connector knows no such field." + (f' Did you mean "{near[0]}"?' if near else f" It knows {', '.join(properties)}"))
    for field, meaning in properties.items():
        if meaning.get("airbyte_secret") and isinstance(config.get(field), str) and not _REFERENCE.fullmatch(config[field]):
            problem(field, "it is a secret, and is not written into a file that may be shared. Write ${NAME} for an environment variable or ${file:PATH} for a file")
    resolved = {field: _resolve(value, lambda text, field=field: problem(field, text)) for field, value in config.items()}
    if problems:
        raise WrongCall(*problems)
    resolved = {field: meaning["default"] for field, meaning in properties.items() if "default" in meaning} | resolved
    for error in jsonschema.Draft7Validator(spec).iter_errors(resolved):
        field = ".".join(str(step) for step in error.absolute_path)
        if error.validator == "required":
            problems += _missing(file, error, properties)
        elif properties.get(field.split(".")[0], {}).get("airbyte_secret"):
            problem(field, f"the secret breaks the rule {error.validator}: {error.validator_value}")
        else:
            problem(field or "configuration", error.message)
    if problems:
        raise WrongCall(*dict.fromkeys(problems))
    return resolved


def _missing(file: Path, error: jsonschema.ValidationError, properties: dict[str, Any]) -> Iterator[str]:
    for field in error.validator_value:
        if field not in error.instance:
            meaning = properties.get(field, {})
            yield f"{file}: {field}: it is required and missing. " + meaning.get("description", meaning.get("title", "")).strip()


def _resolve(value: Any, problem: Any) -> Any:
    if isinstance(value, dict):
        return {key: _resolve(each, problem) for key, each in value.items()}
    if isinstance(value, list):
        return [_resolve(each, problem) for each in value]
    if isinstance(value, str):
        return _REFERENCE.sub(lambda match: _referred(match, problem), value)
    return value


def _referred(match: re.Match[str], problem: Any) -> str:
    if match[1]:
        try:
            return Path(match[2]).read_text().strip()
        except (OSError, UnicodeDecodeError) as e:
            problem(f"the file {match[2]} cannot be read: {getattr(e, 'strerror', None) or e}")
            return ""
    if not os.environ.get(match[2]):
        problem(f"the environment variable {match[2]} is not set")
        return ""
    return os.environ[match[2]]


def _yaml(file: Path, what: str) -> dict[str, Any]:
    try:
        content = yaml.load(file.read_text(), _Loader)
    except (OSError, UnicodeDecodeError) as e:
        raise WrongCall(f"the {what} {file} cannot be read: {getattr(e, 'strerror', None) or e}") from e
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        place = f"{file}:{mark.line + 1}" if mark else str(file)
        raise WrongCall(f"{place}: it is neither YAML nor JSON: {getattr(e, 'problem', None) or e}") from e
    if not isinstance(content, dict):
        raise WrongCall(f"{file}: the {what} must be a map of fields")
    return content


def _lines(file: Path) -> dict[str, int]:
    """Returns the line on which each field of a file begins."""
    tree = yaml.compose(file.read_text())
    return {key.value: key.start_mark.line + 1 for key, _ in tree.value}
