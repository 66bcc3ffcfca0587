"""What converters of registries make of a row change, recorded from the real ones: outside CI, for the tests to read.

python -m tests.kafka.converters   writes the recording anew, with the schemas that they registered.
"""

from __future__ import annotations

import base64
import json
import subprocess
import urllib.request
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from tests.kafka.jars import class_path
from tests.kafka.java import java
from tests.kafka.registry import SchemaRegistry

RECORDED = Path(__file__).with_name("recorded.json")
_POM, _PROGRAM = (Path(__file__).with_name(name) for name in ("pom.xml", "ApicurioConverters.java"))
_GLOBAL, _CONTENT, _CONFLUENT = "globalIds", "contentIds", 5
_ANSWER = 120.0


def record() -> dict[str, Any]:
    """Of each converter, and each way in which it tells its schema: key, value and headers as base64, and schemas."""
    with SchemaRegistry() as registry:
        own = registry.url.partition("/apis")[0] + "/apis/registry/v2"
        command = java(class_path(_POM), str(_PROGRAM), own, heap="256m")
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_ANSWER)
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        for line in lines:
            line["schemas"] = {part: _schema(own, line, part) for part in ("key", "value")}
    return {
        "written by": "io.apicurio:apicurio-registry-utils-converter:2.6.13.Final, on connect-api 3.9.0",
        "registered at": "Apicurio Registry, as tests/kafka/registry.pom.xml names it",
        "on": datetime.now(timezone.utc).date().isoformat(),
        "with": "python -m tests.kafka.converters",
        "events": lines,
    }


def _schema(own: str, line: dict[str, Any], part: str) -> Any:
    """The text of the schema that the part of the event names."""
    headers = {name: base64.b64decode(content) for name, content in line["headers"]}
    raw = base64.b64decode(line[part])
    if raw[:1] == b"{":
        kind, number = _GLOBAL, int(json.loads(raw)["schemaId"])
    elif f"apicurio.{part}.globalId" in headers:
        kind, number = _GLOBAL, int.from_bytes(headers[f"apicurio.{part}.globalId"], "big")
    elif f"apicurio.{part}.contentId" in headers:
        kind, number = _CONTENT, int.from_bytes(headers[f"apicurio.{part}.contentId"], "big")
    elif line["way"] == "as Confluent":
        kind, number = _CONTENT, int.from_bytes(raw[1:_CONFLUENT], "big")
    else:
        kind, number = _GLOBAL, int.from_bytes(raw[1:9], "big")
    with urllib.request.urlopen(f"{own}/ids/{kind}/{number}", timeout=_ANSWER) as answer:
        return json.loads(answer.read())
