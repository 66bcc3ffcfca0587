"""Holds the names in the code, and what the manual says of keywords, to the words of CONTEXT.md.

What testers read is held to plain English too, see `tests/phrases.py`.

python -m tests.words
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests import phrases
from tests.places import ROOT

LIBRARY = "KafkaLibrary"
Words = tuple[str, ...]
_Function = ast.FunctionDef | ast.AsyncFunctionDef

_IN_CODE, _ANOTHER_SENSE = "Inside the code", "In another sense"
_ADVICE = f"A word that has another sense there: see '{_ANOTHER_SENSE}' in CONTEXT.md."
_ROW = re.compile(r"\| (?P<word>[^|]+?) \| [^|]+?(?: \[(?P<bracket>[^]|]+)\])? \|")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_TOKEN = re.compile(rf"{_WORD.pattern}|[^\w\s-]")
"""A sign too: two words with a comma between are no phrase."""
_QUOTED = re.compile(r"``[^`]*``|`[^`]*`|\"[^\"\n]*\"")
_BETWEEN_SENTENCES = re.compile(r"[.:;?!](?=\s)|\n\s*(?=\n|[|-])")


@dataclass(frozen=True, slots=True)
class Context:
    """What CONTEXT.md says."""

    defined: Sequence[str]
    of_code: frozenset[Words]
    """Right in the code, whatever they are for users."""
    avoided: Mapping[Words, Sequence[str]]
    """What to say instead."""
    senses: Mapping[Words, Sequence[Words]]
    """What stands beside an avoided word that has another sense there."""


class Said(NamedTuple):
    """A name or a sentence."""

    called: str
    words: Words
    lines: Sequence[int]
    """That of each word."""
    beside: Words
    """What a reader of it sees too: the path, the names around it and its type, or the whole sentence."""
    to_users: bool


def read(text: str) -> Context:
    defined, of_code = list[str](), set[Words]()
    avoided, senses = dict[Words, list[str]](), dict[Words, list[Words]]()
    section = ""
    for line in text.splitlines():
        section = line.lstrip("# ") if line.startswith("#") else section
        if not line.startswith("| ") or line.startswith("| word |"):
            continue
        row = _ROW.fullmatch(line)
        if row is None:
            raise SystemExit(f"CONTEXT.md: this is no row of a word and a meaning: {line}")
        word, bracket = row["word"], [words_of(phrase) for phrase in (row["bracket"] or "").split(",") if phrase]
        if section == _ANOTHER_SENSE:
            senses.setdefault(words_of(word), []).extend(bracket)
            continue
        defined.append(word)
        if section == _IN_CODE:
            of_code.add(words_of(word))
        for phrase in bracket:
            avoided.setdefault(phrase, []).append(word)
    return Context(defined, frozenset(of_code), avoided, senses)


def words_of(text: str) -> Words:
    """The words of a name or a phrase, small and in the singular."""
    return tuple(map(_singular, _WORD.findall(text)))


def _singular(word: str) -> str:
    word = word.lower()
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def said_in(path: str, source: str) -> list[Said]:
    """The names that a module defines, its own first, and the sentences of its keywords' documentation."""
    said = _InModule(path.removesuffix(".py").removesuffix("/__init__").split("/"))
    said.visit(ast.parse(source))
    return said.found


class _InModule(ast.NodeVisitor):
    """Leaves out a function's own variables, and what is imported: others have named it."""

    def __init__(self, way: Sequence[str]) -> None:
        self._around = words_of(" ".join(way[:-1]))
        self._in_function = False
        self._in_keyword = False
        self.found: list[Said] = []
        self._name(way[-1], 1)
        self._around = words_of(" ".join(way))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._name(node.name, node.lineno)
        self._inside(node, in_function=False)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def _function(self, node: _Function) -> None:
        is_keyword = any("keyword" in ast.unparse(one) for one in node.decorator_list)
        self._name(node.name, node.lineno, to_users=is_keyword)
        before, self._in_keyword = self._in_keyword, is_keyword
        self._inside(node, in_function=True)
        self._in_keyword = before
        if is_keyword:
            self._documentation(node)

    def visit_arg(self, node: ast.arg) -> None:
        self._name(node.arg, node.lineno, node.annotation, to_users=self._in_keyword)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.target, ast.Name) and not self._in_function:
            self._name(node.target.id, node.lineno, node.annotation)
        else:
            self.visit(node.target)
        if node.value:
            self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store) and not self._in_function:
            self._name(node.id, node.lineno)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.ctx, ast.Store):
            self._name(node.attr, node.lineno)
        self.visit(node.value)

    def _inside(self, node: ast.ClassDef | _Function, *, in_function: bool) -> None:
        before = self._around, self._in_function
        self._around, self._in_function = (*self._around, *words_of(node.name)), in_function
        self.generic_visit(node)
        self._around, self._in_function = before

    def _name(self, name: str, line: int, type_: ast.expr | None = None, *, to_users: bool = False) -> None:
        words = words_of(name)
        beside = (*self._around, *words, *(words_of(ast.unparse(type_)) if type_ else ()))
        self.found.append(Said(f"'{name}'", words, [line] * len(words), beside, to_users))

    def _documentation(self, node: _Function) -> None:
        self.found += sentences(ast.get_docstring(node, clean=False) or "", node.body[0].lineno)


def sentences(text: str, line: int = 1) -> Iterator[Said]:
    """The sentences and table rows of a text. What they quote is not said; it only stands beside."""
    own = _QUOTED.sub(lambda quoted: re.sub(r"\S", ",", quoted[0]), text)
    ends = [*(end.end() for end in _BETWEEN_SENTENCES.finditer(own)), len(text)]
    for begin, end in zip([0, *ends], ends, strict=False):
        tokens = list(_TOKEN.finditer(own, begin, end))
        yield Said(
            "the manual",
            tuple(_singular(token[0]) for token in tokens),
            [line + text.count("\n", 0, token.start()) for token in tokens],
            words_of(text[begin:end]),
            True,
        )


class Check:
    """Finds what is said otherwise than CONTEXT.md has it, and what stands there in vain."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._met: set[tuple[Words, Words]] = set()

    def drift(self, file: str, said: Said) -> Iterator[str]:
        for phrase, better in self._context.avoided.items():
            places = _places(phrase, said.words)
            if not places or (phrase in self._context.of_code and not said.to_users):
                continue
            senses = [one for one in self._context.senses.get(phrase, ()) if _places(one, said.beside)]
            self._met.update((phrase, one) for one in senses)
            if not senses:
                instead = " or ".join(f"'{word}'" for word in better)
                for at in places:
                    yield f"{file}:{said.lines[at]}: '{' '.join(phrase)}' in {said.called}: say {instead}"

    def in_vain(self, texts: str) -> Iterator[str]:
        """Once all is said: ``texts`` are the names that there are, and the documentation."""
        for phrase, senses in self._context.senses.items():
            for one in senses:
                if (phrase, one) not in self._met:
                    yield f"CONTEXT.md: nothing has '{' '.join(phrase)}' beside '{' '.join(one)}' any more: take it out"
        texts = texts.lower()
        for word in self._context.defined:
            if not re.search(rf"(?<![a-z]){word.replace(' ', '[ _-]?')}", texts):
                yield f"CONTEXT.md: '{word}' is said nowhere any more: take it out"


def _places(phrase: Words, words: Words) -> list[int]:
    if phrase[0] not in words:
        return []
    return [at for at in range(len(words)) if words[at : at + len(phrase)] == phrase]


def main(root: Path = ROOT) -> int:
    check = Check(read((root / "CONTEXT.md").read_text(encoding="utf-8")))
    problems: list[str] = []
    texts = [file.read_text(encoding="utf-8") for file in (root / "docs").rglob("*.md")]
    for file in sorted((root / LIBRARY).rglob("*.py")):
        path = file.relative_to(root).as_posix()
        for said in said_in(path, file.read_text(encoding="utf-8")):
            texts.append(said.called)
            problems += check.drift(path, said)
    problems += check.in_vain("\n".join(texts))
    if problems:
        problems.append(_ADVICE)
    problems += phrases.problems(root)
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
