"""How a wait for events of an outbox reads them: the event inside, be it in a text or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from KafkaLibrary.event import Decoded, Decoder, Event, FirstLook, own_tree
from KafkaLibrary.matching.values.json_texts import document_in
from KafkaLibrary.row_changes.outbox import plain_key


class OutboxDecoder:
    """Reads a topic's events by its formats, and opens the text that is the event."""

    # What is asked for may stand in a text, and the key in quotes.
    first_look = FirstLook(None, is_json=False)

    def __init__(self, formats: Decoder) -> None:
        self._formats = formats
        self.header, self.around_key = formats.header, formats.around_key

    def key(self, event: Event) -> Any:
        return plain_key(self._formats.key(event))

    def value(self, event: Event) -> Decoded:
        return _opened(self._formats.value(event), exact=False)

    def exact_value(self, event: Event) -> Decoded:
        return _opened(self._formats.exact_value(event), exact=True)

    def own_value(self, event: Event) -> Any:
        value = self._formats.own_value(event)
        document = document_in(value, exact=False)
        return value if document is None else own_tree(document)


def reading(formats: Callable[[str], Decoder]) -> Callable[[str], OutboxDecoder]:
    """The decoders of one wait, by topic."""
    return lambda topic: OutboxDecoder(formats(topic))


def _opened(decoded: Decoded, *, exact: bool) -> Decoded:
    document = document_in(decoded.content, exact)
    return decoded if document is None else decoded._replace(content=document, around=None)
