"""YAML read as what JSON can say, exactly: by the core rules of YAML 1.2, with nothing guessed and nothing run.

PyYAML's own readers follow YAML 1.1, in which ``NO`` is false, ``012`` is ten and a date no text. So it finds the
nodes of a text here, and what they mean is said in this file.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, ClassVar

import yaml

from KafkaLibrary.json_errors import NoJson, each_once

_TAG = "tag:yaml.org,2002:"
_NULL, _BOOL, _INT, _FLOAT, _STR, _MAP, _SEQ, _MERGE = (
    f"{_TAG}{name}" for name in ("null", "bool", "int", "float", "str", "map", "seq", "merge")
)
_RULES = (
    (_NULL, r"~|null|Null|NULL|", [*"~nN", ""]),
    (_BOOL, r"true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    (_INT, r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", [*"-+0123456789"]),
    (_FLOAT, r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
     [*"-+.0123456789"]),
    (_MERGE, r"<<", ["<"]),
)  # fmt: skip
_MOST_NODES = 1_000_000
"""Values that the aliases of a document may stand for."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # the one in C where there is one
    """Finds nodes, and tells plain ones by the rules above."""

    yaml_implicit_resolvers: ClassVar[dict[Any, Any]] = {}


for _name, _pattern, _first in _RULES:
    _Loader.add_implicit_resolver(_name, re.compile(rf"(?:{_pattern})\Z"), _first)


def read(text: str) -> Any:
    """The document of a text, with a ``Decimal`` for each number with a fraction or an exponent.

    Raises ``NoJson`` for what is no YAML, or says what JSON can't.
    """
    root = nodes(text)
    return None if root is None else _Reader().value(root)


def nodes(text: str) -> Any:
    """The root of the nodes of a text, each with its place. Raises ``NoJson`` for what is no YAML."""
    try:
        return yaml.compose(text, _Loader)
    except yaml.YAMLError as problem:
        raise NoJson(_problem(problem)) from None


class _Reader:
    """Makes values of nodes."""

    def __init__(self) -> None:
        self._left = _MOST_NODES
        self._seen: set[int] = set()
        self._around: set[int] = set()

    def value(self, node: Any) -> Any:
        if id(node) in self._seen:
            self._left -= 1
            if self._left < 0:
                raise NoJson(f"its aliases make more than {_MOST_NODES:,} values")
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self._around:
            raise NoJson(f"an alias is inside what it names{_place(node)}")
        self._around.add(id(node))
        made = self._list(node) if isinstance(node, yaml.SequenceNode) else self._object(node)
        self._around.discard(id(node))
        return made

    def _list(self, node: Any) -> list[Any]:
        _check_tag(node, _SEQ)
        return [self.value(one) for one in node.value]

    def _object(self, node: Any) -> dict[str, Any]:
        _check_tag(node, _MAP)
        merged: dict[str, Any] = {}
        pairs: list[tuple[str, Any]] = []
        for name, value in node.value:
            if name.tag == _MERGE:
                merged = {**self._merged(value), **merged}
            else:
                pairs.append((_name_of(name), self.value(value)))
        return {**merged, **each_once(pairs)}

    def _merged(self, node: Any) -> dict[str, Any]:
        """What ``<<`` takes over: an object, or several, of which the first wins."""
        taken = self.value(node)
        several = taken if isinstance(taken, list) else [taken]
        if not all(isinstance(one, dict) for one in several):
            raise NoJson(f"<< merges only objects{_place(node)}")
        return {name: value for one in reversed(several) for name, value in one.items()}


def _name_of(node: Any) -> str:
    """A name as it is written: what looks like a number, as the statuses of an API do, is a text in JSON."""
    if not isinstance(node, yaml.ScalarNode):
        raise NoJson(f"a name is a list or an object{_place(node)}")
    return str(node.value)


def _scalar(node: Any) -> Any:
    text = str(node.value)
    try:
        return _MAKERS[node.tag](text)
    except (KeyError, ValueError, ArithmeticError):
        known = node.tag.removeprefix(_TAG)
        raise NoJson(f"{known} is unknown to JSON{_place(node)}: '{text[:80]}'") from None


def _integer(text: str) -> int:
    return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


def _number(text: str) -> Decimal:
    if text.lstrip("+-.")[:1] in ("i", "I", "n", "N"):
        raise ValueError(text)
    return Decimal(text)


_WORDS = {"true": True, "false": False}
_MAKERS: dict[str, Any] = {
    _NULL: lambda text: None,
    _BOOL: lambda text: _WORDS[text.lower()],
    _INT: _integer,
    _FLOAT: _number,
    _STR: str,
    _MERGE: str,
}


def _check_tag(node: Any, expected: str) -> None:
    if node.tag != expected:
        raise NoJson(f"{node.tag} is unknown to JSON{_place(node)}")


def _place(node: Any) -> str:
    return f" in line {node.start_mark.line + 1}, column {node.start_mark.column + 1}"


def _problem(problem: Any) -> str:
    mark = getattr(problem, "problem_mark", None)
    said = getattr(problem, "problem", None) or str(problem).replace("\n", " ")
    return str(said) if mark is None else f"{said} in line {mark.line + 1}, column {mark.column + 1}"
