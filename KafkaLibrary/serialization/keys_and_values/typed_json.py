"""JSON without a schema, some fields of which are of types that were declared: ``types=total:decimal(2), d:days``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Decoded, FirstLook
from KafkaLibrary.serialization.connect_types.declared import Types
from KafkaLibrary.serialization.frames import RawHeaders
from KafkaLibrary.serialization.keys_and_values.key_or_value import Depth, Written, beginning
from KafkaLibrary.serialization.schemaless import formats, json_format


class TypedJson:
    """What is declared of a value is neither spelled in its bytes as a test asks for it, nor written as it is given."""

    name = "json"

    def __init__(self, types: Types) -> None:
        self._types = types
        self.first_look = FirstLook(lambda raw: self._content(raw, "read"), is_json=False)

    def write(self, value: Any, topic: str) -> Written:
        return Written(self._written(value))

    def encoder(self, topic: str) -> Callable[[Any], bytes]:
        return self._written

    def _written(self, value: Any) -> bytes:
        raw = formats.FORMATS["json"].write(value)
        try:
            content = json_format.read_whole(raw)
        except Undecodable as reason:
            raise KeywordMisused(f"The value is {reason}.") from None
        written = json_format.write(self._types.write(content))
        # What is already as a connector writes it goes out with its own blanks.
        return raw if json_format.read_exact(raw) == json_format.read_exact(written) else written

    def read(self, raw: bytes, headers: RawHeaders, depth: Depth) -> Decoded:
        try:
            return Decoded(self._content(raw, depth), self.name, schema=f"types {self._types.text}")
        except Undecodable as reason:
            raise beginning(reason, raw) from None

    def _content(self, raw: bytes, depth: str) -> Any:
        return self._types.read(lambda depth: getattr(json_format, depth)(raw), depth)
