"""Schema files as JSON or YAML, read exactly and each name once."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path as File
from typing import Any

from KafkaLibrary.errors import KeywordMisused, how_to_install
from KafkaLibrary.json_errors import NoJson, each_once, json_problem, no_constant

YAML = (".yaml", ".yml")


def is_yaml(name: str) -> bool:
    """Whether a file of that name is read as YAML."""
    return File(name).suffix.lower() in YAML


def parsed(text: str, name: str, *, yaml: bool = False, what: str = "schema") -> Any:
    """The content of a schema's text. Raises ``KeywordMisused`` where it is none; ``name`` is how messages name it."""
    try:
        return _of_yaml(text) if yaml else _of_json(text)
    except RecursionError:
        raise KeywordMisused(f"The {what} {name} can't be used: it is nested too deeply.") from None
    except ImportError as problem:
        raise KeywordMisused(
            f"The {what} {name} is YAML, which needs the package PyYAML: {problem}.\n{how_to_install('yaml')}"
        ) from None
    except (ValueError, ArithmeticError) as problem:
        found = f"not YAML: {problem}" if yaml and isinstance(problem, NoJson) else json_problem(problem)
        raise KeywordMisused(f"The {what} {name} is {found}.") from None


def _of_json(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_constant=no_constant, object_pairs_hook=each_once)


def _of_yaml(text: str) -> Any:
    if text.lstrip()[:1] in ("{", "["):
        try:
            return _of_json(text)  # JSON is YAML, and a reader of YAML takes neither its tabs nor its escapes
        except ValueError:
            pass
    from KafkaLibrary.serialization.schemas import yaml_text  # noqa: PLC0415 - it needs a package of its own

    return yaml_text.read(text)
