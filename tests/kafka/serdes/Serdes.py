"""Robot keywords for a Java program with serializers of its own."""

from __future__ import annotations

import json
from typing import Any

from robot.api.deco import keyword, library

from tests.kafka.serdes.java_serdes import JavaSerdes


@library(scope="GLOBAL")
class Serdes:
    def __init__(self) -> None:
        self._serdes: JavaSerdes | None = None

    @keyword
    def start_java_serdes(self, bootstrap_servers: str, registry_url: str = "") -> None:
        serdes = JavaSerdes(bootstrap_servers, registry_url)
        serdes.start()
        self._serdes = serdes

    @keyword
    def stop_java_serdes(self) -> None:
        serdes, self._serdes = self._serdes, None
        if serdes is not None:
            serdes.close()

    @keyword
    def java_writes(self, topic: str, format: str, value: str | None, **more: str | None) -> dict[str, int]:  # noqa: A002
        """Gives `partition` and `offset`. `value` is JSON text; `more` as `JavaSerdes.write` says: schema=, key=, …"""
        partition, offset = self._started().write(topic, format, value, **more)
        return {"partition": partition, "offset": offset}

    @keyword
    def java_reads(self, topic: str, format: str, partition: int, offset: int, **more: str | None) -> dict[str, Any]:  # noqa: A002
        """The event's `value` and `key` as Java understands them; `more` as `JavaSerdes.read` says."""
        answer = self._started().read(topic, format, partition, offset, **more)
        return {part: json.loads(text) for part, text in answer.items()}

    def _started(self) -> JavaSerdes:
        if self._serdes is None:
            raise RuntimeError("'Start Java Serdes' comes first.")
        return self._serdes
