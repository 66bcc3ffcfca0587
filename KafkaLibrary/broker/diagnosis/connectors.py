"""What became of the connectors of a Kafka Connect: asked where a wait for what they write has failed."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

_SECONDS = 3.0
_TRACE_LINES = 3
_MOST = 3


def not_running(address: str) -> list[str]:
    """Lines on each connector that does not run, with the beginning of its trace; one where nobody answers."""
    shown = _without_login(address)
    try:
        answer = _asked(f"{address.rstrip('/')}/connectors?expand=status")
    except (urllib.error.URLError, OSError, ValueError) as problem:
        reason = getattr(problem, "reason", problem)
        return [f"Kafka Connect at {shown} did not list its connectors: {reason}."]
    connectors = answer if isinstance(answer, dict) else {}
    if not connectors:
        return [f"Kafka Connect at {shown} has no connector."]
    told = [line for name, facts in sorted(connectors.items()) for line in _told(name, facts.get("status") or {})]
    return told or [f"All connectors of Kafka Connect at {shown} are running: {', '.join(sorted(connectors)[:_MOST])}."]


def _told(name: str, status: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    parts = [("The connector", status.get("connector") or {})]
    parts += [(f"Task {task.get('id')} of the connector", task) for task in status.get("tasks") or []]
    for what, part in parts:
        if part.get("state") not in ("RUNNING", None):
            trace = [line.strip() for line in str(part.get("trace", "")).splitlines() if line.strip()]
            causes = [line for line in trace if line.startswith("Caused by")]
            lines.append(f"{what} '{name}' is {part.get('state')}{':' if trace else '.'}")
            lines += [f"    {line}" for line in [*trace[:1], *causes][:_TRACE_LINES]]
    return lines if lines or status.get("tasks") else [f"The connector '{name}' has no task."]


def _asked(address: str) -> Any:
    if urlsplit(address).scheme not in ("http", "https"):
        raise ValueError("its address begins with http:// or https://")
    with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310 - the scheme is known
        return json.loads(answer.read())


def _without_login(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.scheme else address
