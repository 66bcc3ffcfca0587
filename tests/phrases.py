"""Holds what testers read to plain English: messages, the keyword manual, the README and the guide.

A part of `python -m tests.words`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.places import ROOT

LIBRARY = "KafkaLibrary"
PAGES = ("README.md", "docs/guide")
APPROVED = "tests/robot/approved"
"""Messages as testers see them, put together of the parts that are in the code."""


class Avoided(NamedTuple):
    phrase: re.Pattern[str]
    better: str


def _avoided(phrase: str, better: str) -> Avoided:
    return Avoided(re.compile(rf"(?<!\w)(?:{phrase})", re.IGNORECASE), better)


_NOT_A_NOUN = "longer|larger|smaller|older|newer|less|different|more|other|such|need|use|way|reason|doubt"
_NOUN = rf"(?!(?:{_NOT_A_NOUN})\b)[a-z{{]"
AVOIDED = (
    _avoided(rf"(?P<fine>(?:there|so)\s+)?(?:is|are|was) no {_NOUN}", "is not a …"),
    _avoided(r"(?P<fine>there\s+)?(?:is|are) none(?! of\b)(?=[.,;:)]| (?:for|that|when|where)\b)", "is not one"),
    _avoided(r"there is no such", "… does not exist"),
    _avoided(r"no such (?:group|topic|subject)\b(?!')", "… does not exist"),
    _avoided(r"(?P<fine>(?:is|are|left|far|offsets?|\d+|\{\})\s+)?behind\b", "after"),
    _avoided(r"(?:is|are|was|were) away\b", "unreachable"),
    _avoided(r"(?:stands?|stood)(?! for\b| in for\b| out\b)\b", "is"),
    _avoided(r"hardly (?:means|meant)\b", "probably a mistake"),
    _avoided(r"hair's breadth", "only just"),
    _avoided(r"what is wrong is", "name it"),
    _avoided(r"tells? of\b", "says, reports"),
    _avoided(r"can't be told\b", "is unknown"),
    _avoided(r"(?:is|are) asked (?:of|by)\b", "needs, is checked by"),
    _avoided(r"(?:is|are|was) needed, not\b", "expected …, not …"),
    _avoided(r"(?:made|makes) again\b", "recreated"),
    _avoided(r"any more\b", "no longer"),
    _avoided(r"did not permit\b", "denied permission"),
    _avoided(r"(?:is|are) not as (?:it|they) should be\b", "did not match"),
    _avoided(r"should not have come\b", "unexpected"),
    _avoided(r"(?:is|was) waited for\b", "expected"),
    _avoided(r"was looked for\b", "searched"),
    _avoided(r"as it stands\b", "as it is"),
    _avoided(r"held against\b", "checked against"),
    _avoided(r"gives? (?:it|them|the (?:event|events|mark|value|values|name|names|id|list))(?=[.,])", "returns"),
    _avoided(r"Gives (?:a|an|the|its|how|whether|facts)\b", "Returns"),
    _avoided(r"since a number was compared with a text", "a number was compared with a text"),
)
_CODE = re.compile(r"^```.*?^```$|``[^`]*``|`[^`]*`|\$\{[^}]*\}", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^=== .*$", re.MULTILINE)
"""The name of a test among approved messages."""


def avoided_in(text: str) -> Iterator[tuple[int, str]]:
    """The lines with a phrase to avoid, and what to say. What is quoted as code is not said."""
    said = _CODE.sub(lambda quoted: re.sub(r"[^\n]", "`", quoted[0]), text)
    for one in AVOIDED:
        for found in one.phrase.finditer(said):
            if not found.groupdict().get("fine"):
                phrase = " ".join(found[0].split())
                yield text.count("\n", 0, found.start()) + 1, f"'{phrase}': say '{one.better}'"


def messages(source: str) -> Iterator[tuple[int, str]]:
    """The sentences that a module has for testers: its texts, and the documentation of keywords and of the import."""
    tree = ast.parse(source)
    left_out = {id(one) for one in _internal(tree)}
    for one in ast.walk(tree):
        if isinstance(one, ast.JoinedStr):
            parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in one.values)
            yield one.lineno, "".join(parts)
        elif isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in left_out:
            yield one.lineno, one.value


def _internal(tree: ast.Module) -> Iterator[ast.expr]:
    """The documentation of what is not a keyword, and the parts of texts that are put together."""
    for one in ast.walk(tree):
        if isinstance(one, ast.JoinedStr):
            yield from one.values
        elif isinstance(one, ast.Module | ast.ClassDef) or (isinstance(one, ast.FunctionDef) and not _is_read(one)):
            yield from (step.value for step in one.body if isinstance(step, ast.Expr))


def _is_read(function: ast.FunctionDef) -> bool:
    """Whether testers read its documentation: that of a keyword, and of the library's import."""
    documentation = ast.get_docstring(function) or ""
    is_import = function.name == "__init__" and "=Argument=" in documentation
    return is_import or any("keyword" in ast.unparse(one) for one in function.decorator_list)


def _pages(root: Path) -> Iterator[Path]:
    for place in PAGES:
        yield from [root / place] if (root / place).is_file() else sorted((root / place).rglob("*.md"))
    yield from sorted((root / APPROVED).glob("*.txt"))


def problems(root: Path = ROOT) -> list[str]:
    found: list[str] = []
    for file in sorted((root / LIBRARY).rglob("*.py")):
        for line, text in messages(file.read_text(encoding="utf-8")):
            found += _placed(root, file, text, line)
    for file in _pages(root):
        found += _placed(root, file, _HEADING.sub("", file.read_text(encoding="utf-8")), 1)
    return found


def _placed(root: Path, file: Path, text: str, line: int) -> list[str]:
    place = file.relative_to(root).as_posix()
    return [f"{place}:{line + number - 1}: {problem}" for number, problem in avoided_in(text)]
