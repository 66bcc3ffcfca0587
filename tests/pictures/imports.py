"""Which rooms use which, read from the import statements."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from importlib.util import resolve_name
from pathlib import Path

Uses = Mapping[str, set[str]]
"""What each one uses."""


def imports_of(package: Path) -> dict[str, set[str]]:
    """The modules of a package, each with those of them that it imports, be it for types alone or at first use."""
    found = {_name(file, package): file for file in sorted(package.rglob("*.py"))}
    return {name: {one for one in _imported(name, file) if one in found} for name, file in found.items()}


def among(parent: str, imports: Uses) -> dict[str, set[str]]:
    """The rooms and files right inside a package, and which others of them each uses."""
    inside = f"{parent}."
    depth = inside.count(".") + 1
    uses: dict[str, set[str]] = {}
    for name, imported in imports.items():
        if name.startswith(inside):
            user = _up_to(name, depth)
            used = {_up_to(one, depth) for one in imported if one.startswith(inside)}
            uses.setdefault(user, set()).update(used - {user})
    return uses


def _up_to(name: str, depth: int) -> str:
    return ".".join(name.split(".")[:depth])


def _name(file: Path, package: Path) -> str:
    parts = file.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(name: str, file: Path) -> Iterator[str]:
    """Names of modules, and of what is in them: which is which is known where all modules are."""
    around = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), around)
            yield module
            yield from (f"{module}.{one.name}" for one in node.names)
