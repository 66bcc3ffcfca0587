"""Messages as they were approved: a text a suite, and in it a part a test."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from tests.places import ROOT

# What changes from run to run, and what stands in its place.
_CHANGING = (
    (re.compile(r"\b([A-Za-z]+)(?:\.[a-z0-9]+)*\.[0-9a-f]{8}\b"), r"{\1}"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "{id}"),
    (re.compile(r"\b127\.0\.0\.1:\d+"), "{address}"),
    (re.compile(r"\b(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{3}\b"), "{time}"),
    (re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\b"), "{time}"),
    (re.compile(r"/\S+(?=/(?:certificates/|secured-\d))"), "{folder}"),
    (re.compile(r"\bsecured-\d[\d-]*(?=\.properties)"), "secured"),
    # Of an event just before the mark the sign may be either.
    (re.compile(r"[+-]\d+(\.\d+)? s since the mark\b"), "+{seconds} s since the mark"),
    (re.compile(r"\+\d+(\.\d+)? s\b"), "+{seconds} s"),
    (re.compile(r"\bafter \d+ ms\b"), "after {n} ms"),
    (re.compile(r"\b\d+\.\d(?= ms \((median|p95)\))"), "{n}"),
    (re.compile(r"\b\d+(\.\d+)?(?= (s|seconds?) (earlier|ago)\b)"), "{seconds}"),
    (re.compile(re.escape(str(ROOT))), "{checkout}"),
    # On a busy machine answers come late, and that is told.
    (re.compile(r"\n(Before that, )?Kafka answered after [^\n]*"), ""),
    # A registry counts all that is registered; in a frame the id stands in hexadecimal.
    (re.compile(r"(?<=\(id )\d+(?=\))"), "{id}"),
    (re.compile(r"(?<= names schema )(?!2147483647)\d+"), "{id}"),
    (re.compile(r"(?<=, schema )\d+(?= \()"), "{id}"),
    (re.compile(r"^\\x00(?!\\x7f).{2,16}?(?=\\xff|R$)", re.MULTILINE), "{frame}"),
    (re.compile(r"(?<=begins with 00 )(?!7f)(?:[0-9a-f]{2} ){3}[0-9a-f]{2}"), "{id}"),
)


def general(message: str) -> str:
    """The message without what is different in every run."""
    for changing, name in _CHANGING:
        message = changing.sub(name, message)
    return message


def written(messages: Mapping[str, str]) -> str:
    return "\n\n".join(f"=== {test}\n{message}" for test, message in messages.items()) + "\n"


def read(text: str) -> dict[str, str]:
    parts = re.split(r"^=== (.+)\n", text, flags=re.MULTILINE)[1:]
    return {test: message.strip("\n") for test, message in zip(parts[::2], parts[1::2], strict=True)}


def difference(approved: Mapping[str, str], received: Mapping[str, str]) -> str:
    """Nothing where each received message is the approved one."""
    parts = {test: approved.get(test, "") for test in received}
    lines = difflib.unified_diff(
        written(parts).splitlines(), written(received).splitlines(), "approved", "received", n=2, lineterm=""
    )
    return "\n".join(lines)
