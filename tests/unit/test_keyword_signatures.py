"""The keywords and their arguments are what users rely on: a change of them is approved by hand."""

from __future__ import annotations

import difflib
import inspect
import os
from pathlib import Path

import pytest
from robot.libdocpkg import LibraryDocumentation

from KafkaLibrary import KafkaLibrary

APPROVED = Path(__file__).parent / "approved_signatures.txt"


def signatures() -> str:
    library = LibraryDocumentation("KafkaLibrary")
    lines = []
    for keyword in [*library.inits, *sorted(library.keywords, key=lambda one: str(one.name))]:
        name = "Library    KafkaLibrary" if keyword in library.inits else keyword.name
        lines += [str(name), *(f"    {_alike(str(argument))}" for argument in keyword.args), ""]
    return "\n".join(lines)


def _alike(argument: str) -> str:
    # Python 3.10 reads None as a default value into the type, later ones don't.
    return argument.replace(" | None = None", " = None")


def test_the_keywords_are_those_that_were_approved() -> None:
    found, approved = signatures(), APPROVED.read_text(encoding="utf-8")
    if found != approved and os.environ.get("APPROVE") == "1":
        APPROVED.write_text(found, encoding="utf-8")
        return
    if found != approved:
        changes = difflib.unified_diff(
            approved.splitlines(), found.splitlines(), "approved", "found", lineterm="", n=30
        )
        pytest.fail(
            "The keywords or their arguments have changed:\n"
            + "\n".join(changes)
            + "\nIf that is wanted, run this test once with APPROVE=1 and commit approved_signatures.txt.",
            pytrace=False,
        )


_BY_POSITION_TOO = ("Connections", "Topics", "Groups")
"""What keywords are about that take a timeout as their last cell; others have conditions, or values to publish."""


def test_a_timeout_is_the_last_cell_or_named_by_one_rule() -> None:
    wrong = []
    for name, method in KafkaLibrary().keywords.items():
        arguments = [
            one
            for one in inspect.signature(method).parameters.values()
            if one.kind is not inspect.Parameter.VAR_KEYWORD
        ]
        timeout = next((one for one in arguments if one.name == "timeout"), None)
        if timeout is None:
            continue
        by_position = type(method.__self__).__name__ in _BY_POSITION_TOO
        by_position |= name.endswith(("_transaction", "_is_quiet"))
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD if by_position else inspect.Parameter.KEYWORD_ONLY
        later = [one.name for one in arguments[arguments.index(timeout) + 1 :]]
        if timeout.kind is not kind or (by_position and later and name != "connect_to_kafka"):
            wrong.append(name)
    assert wrong == []


def test_every_keyword_has_documentation_with_an_example() -> None:
    library = LibraryDocumentation("KafkaLibrary")
    lacking = [keyword.name for keyword in library.keywords if "Example" not in keyword.doc]
    assert lacking == []
