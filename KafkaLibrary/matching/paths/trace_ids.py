"""The path ``trace``: the trace of an event from ``traceparent``, ``b3`` and other headers of tracers.

They write one and the same trace in several forms; here it is 32 digits in lower case, as W3C Trace Context has it.
What differs from hop to hop, the span and the flags, is left aside. Seen in events of OpenTelemetry (Python 0.66b1,
Java agent 2.33.1), Brave 6.3.0, Datadog (Java agent 1.68.1, ddtrace 4.16.0) and Elastic (Java agent 1.55.1, Python
6.26.2); the forms of Jaeger and AWS X-Ray are those of their documentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from KafkaLibrary.matching.one_line_texts import show_value
from KafkaLibrary.matching.syntax_error import SyntaxFault

_DIGITS = 32
_NONE = "0" * _DIGITS
_NO_UPPER = "0" * (_DIGITS // 2)
_ELASTIC = slice(2, 18)
_ELASTIC_BYTES = 29
_W3C = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?")
_B3 = re.compile(r"([0-9a-f]{32}|[0-9a-f]{16})(?:-.*)?")
_HEX = re.compile(r"[0-9a-f]{1,32}")
_DECIMAL = re.compile(r"[0-9]{1,20}")
_JAEGER = re.compile(r"([0-9a-f]{1,32}):.*")
_X_RAY = re.compile(r"(?:.*;)?\s*root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;.*)?")
_HIGH = re.compile(r"(?:.*,)?_dd\.p\.tid=([0-9a-f]{16})(?:,.*)?")
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{16}")

Read = Callable[[bytes, Sequence[tuple[str, bytes | str | None]]], str]


def traces_of(headers: Sequence[tuple[str, bytes | str | None]]) -> list[str]:
    """The traces that the headers name, each once; of headers of one name the last comes first."""
    return list(dict.fromkeys(_found(headers)))


def _found(headers: Sequence[tuple[str, bytes | str | None]]) -> Iterator[str]:
    for name, content in reversed(headers):
        read = _READERS.get(name.casefold())
        if read is not None and content is not None:
            trace = read(content.encode() if isinstance(content, str) else content, headers).zfill(_DIGITS)
            if trace != _NONE:
                yield trace


def _text(content: bytes) -> str:
    return content.decode(errors="replace").strip().casefold()


def _by(pattern: re.Pattern[str]) -> Read:
    def read(content: bytes, headers: Sequence[tuple[str, bytes | str | None]]) -> str:
        found = pattern.fullmatch(_text(content))
        return "".join(found.groups() or (found[0],)) if found else ""

    return read


def _datadog(content: bytes, headers: Sequence[tuple[str, bytes | str | None]]) -> str:
    """The lower half as a decimal number; the upper half stands in another header, or there is none."""
    text = _text(content)
    if not _DECIMAL.fullmatch(text):
        return ""
    high = ""
    for name, tags in headers:
        if name.casefold() == "x-datadog-tags" and tags is not None:
            found = _HIGH.fullmatch(_text(tags.encode() if isinstance(tags, str) else tags))
            high = found[1] if found else high
    return f"{high}{int(text):016x}"


def _elastic(content: bytes, headers: Sequence[tuple[str, bytes | str | None]]) -> str:
    return content[_ELASTIC].hex() if len(content) == _ELASTIC_BYTES else ""


_READERS: dict[str, Read] = {
    "traceparent": _by(_W3C),
    "b3": _by(_B3),
    "x-b3-traceid": _by(_HEX),
    "x-datadog-trace-id": _datadog,
    "elasticapmtraceparent": _elastic,
    "uber-trace-id": _by(_JAEGER),
    "x-amzn-trace-id": _by(_X_RAY),
}
HEADERS = tuple(_READERS)
"""Names of headers that are looked at, in whatever case they are written."""


def is_same_trace(one: str, other: str) -> bool:
    """Whether both are ids of one trace. Some tracers pass on the lower half alone, or know no other."""
    lower = slice(_DIGITS // 2, None)
    halved = one.startswith(_NO_UPPER) or other.startswith(_NO_UPPER)
    return one[lower] == other[lower] if halved else one == other


def read_trace(expected: object) -> str:
    """The trace of a condition: its id of 16 or 32 digits, or a whole ``traceparent``. Raises ``SyntaxFault``."""
    text = expected.strip().strip('"').casefold() if isinstance(expected, str) else ""
    whole = _W3C.fullmatch(text)
    if whole:
        return whole[1]
    if not _ID.fullmatch(text):
        raise SyntaxFault(
            f"This is not a trace id: {show_value(expected)}.",
            0,
            "It has 32 hexadecimal digits, or 16, or is a `traceparent`. A field of that name is `$.trace`.",
        )
    return text.zfill(_DIGITS)
