"""In which line of a text of YAML or JSON a part of it begins."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from KafkaLibrary.serialization.json_schema.pointers import Steps

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],]|[^\s{}\[\],:"]+')


class Lines:
    """Made when a line is first asked for: most contracts have nothing to tell."""

    def __init__(self, text: str, *, is_json: bool) -> None:
        self._root: Any = _json_tree(text) if is_json else _yaml_nodes(text)

    def of(self, steps: Steps) -> int:
        """The line of the part, or of the nearest around it."""
        if isinstance(self._root, _Part):
            return _line_in_json(self._root, steps)
        return _line_in_yaml(self._root, steps)


def _yaml_nodes(text: str) -> Any:
    from KafkaLibrary.serialization.schemas import yaml_text  # noqa: PLC0415 - it needs a package of its own

    return yaml_text.nodes(text)


def _line_in_yaml(node: Any, steps: Sequence[str | int]) -> int:
    line = 1
    for step in steps:
        found = _child(node, step)
        if found is None:
            break
        place, node = found
        line = place.start_mark.line + 1
    return line


def _child(node: Any, step: str | int) -> tuple[Any, Any] | None:
    """The node that stands there, behind the one that tells where it begins."""
    if isinstance(step, int):
        within = node.value[step : step + 1] if node.id == "sequence" else []
        return (within[0], within[0]) if within else None
    if node.id != "mapping":
        return None
    merged: list[Any] = []
    for name, value in node.value:
        if name.value == step:
            return name, value
        if name.value == "<<":
            merged += value.value if value.id == "sequence" else [value]
    return next(filter(None, (_child(one, step) for one in merged)), None)


@dataclass(slots=True)
class _Part:
    line: int
    inside: dict[str | int, _Part] = field(default_factory=dict)
    is_object: bool = False


def _line_in_json(part: _Part, steps: Sequence[str | int]) -> int:
    for step in steps:
        if step not in part.inside:
            break
        part = part.inside[step]
    return part.line


def _json_tree(text: str) -> _Part:
    """The parts of a text that was read as JSON before."""
    ends = [sign.start() for sign in re.finditer("\n", text)]
    root = _Part(1)
    around, name, begins = [root], None, 0
    for token in _TOKEN.finditer(text):
        sign, part = token[0], around[-1]
        if sign in "}]":
            around.pop()
            name = None
        elif sign == ",":
            name = None
        elif part.is_object and name is None:
            name, begins = json.loads(sign), token.start()
        else:
            start = begins if part.is_object else token.start()
            made = _Part(bisect_right(ends, start) + 1, is_object=sign == "{")
            part.inside[len(part.inside) if name is None else name] = made
            if sign in "{[":
                around.append(made)
            name = None if sign in "{[" else name
    return root.inside.get(0, root)
