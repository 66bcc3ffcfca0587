"""Protobuf schemas in a contract: written in it as text, or in a file."""

from __future__ import annotations

from typing import Any

from KafkaLibrary.contracts.documents.documents import Found
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.schemas.codecs import Codec, ProtobufCodec, codec_of_file, codec_of_text


def codec_of(found: Found, names: tuple[str, ...]) -> Codec:
    """Of several messages of the schema, the one that is called as the contract's. Raises ``KeywordMisused``."""
    if not isinstance(found.content, str):
        raise KeywordMisused("it is not a Protobuf schema, which is a text")
    part = found.part or None
    if found.place.document.kind == "protobuf":
        codec = codec_of_file(found.place.document.path, "protobuf", part)
    else:
        codec = codec_of_text("protobuf", found.content, f"in {found.place}", fragment=part)
    schema: Any = codec.schema
    known = schema.message_names
    if part is not None or len(known) == 1:
        return ProtobufCodec(schema.of_message(part or known[0]))
    called = [one for one in known if {one, one.rpartition(".")[2]} & set(names)]
    if len(called) == 1:
        return ProtobufCodec(schema.of_message(called[0]))
    try:
        return ProtobufCodec(schema.of_message(schema.full_name))
    except KeywordMisused:
        shown = ", ".join(known[:10])
        raise KeywordMisused(
            f"it has the messages {shown}, and none is called as the message of the contract"
        ) from None
