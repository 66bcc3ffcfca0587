"""Headers that an answer takes over from its question: what correlates the two, and the trace that both are part of."""

from __future__ import annotations

import re
from collections.abc import Iterable

Header = tuple[str, "bytes | None"]

_TRACES = (
    "traceparent", "tracestate", "baggage",  # W3C: OpenTelemetry, and most others beside their own
    "b3", "x-b3-",  # Brave and Zipkin
    "x-datadog-", "dd-pathway-ctx-base64",
    "elasticapmtraceparent",
    "uber-trace-id", "uberctx-",  # Jaeger
    "x-amzn-trace-id",
)  # fmt: skip
_NO_LETTERS = re.compile(r"[^a-z0-9]")
_CORRELATION = "correlationid"
_OF_CLOUD_EVENTS = ("ce_", "ce-", "cloudevents")
"""Attributes of the event itself: an answer has its own."""


def carried(headers: Iterable[tuple[str, bytes | str | None]]) -> list[Header]:
    """Those of the question that its answer has too, with the same bytes and in their order."""
    return [(name, value.encode() if isinstance(value, str) else value) for name, value in headers if _is_carried(name)]


def _is_carried(name: str) -> bool:
    folded = name.casefold()
    if folded.startswith(_OF_CLOUD_EVENTS):
        return False
    prefixes = tuple(one for one in _TRACES if one.endswith("-"))
    return folded in _TRACES or folded.startswith(prefixes) or _NO_LETTERS.sub("", folded).endswith(_CORRELATION)
