"""Keys or values that are declared `connect-json`: Kafka Connect's JSON in its envelope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Decoded, FirstLook
from KafkaLibrary.serialization.connect.envelope import CONNECT_JSON, Envelopes
from KafkaLibrary.serialization.frames import RawHeaders
from KafkaLibrary.serialization.keys_and_values.key_or_value import Depth, Written, beginning
from KafkaLibrary.serialization.schemaless.formats import FORMATS

_NAMES_NO_SCHEMA = "The format connect-json is for reading: publish its values as whole envelopes, with their schema."


class ConnectJson:
    """Each in an envelope with its schema. What is published has its envelope around it already."""

    name = CONNECT_JSON

    def __init__(self) -> None:
        self._envelopes = Envelopes()
        self.first_look = FirstLook(None, is_json=False, enveloped=self._envelopes.declared)

    def write(self, value: Any, topic: str) -> Written:
        return Written(self._written(value))

    def encoder(self, topic: str) -> Callable[[Any], bytes]:
        return self._written

    def _written(self, value: Any) -> bytes:
        raw = FORMATS["json"].write(value)
        try:
            self._envelopes.read_declared(raw, "read")
        except Undecodable as reason:
            raise KeywordMisused(f"{_NAMES_NO_SCHEMA}\nThis one is {reason}.") from None
        return raw

    def read(self, raw: bytes, headers: RawHeaders, depth: Depth) -> Decoded:
        try:
            return self._envelopes.read_declared(raw, depth)
        except Undecodable as reason:
            raise beginning(reason, raw) from None
