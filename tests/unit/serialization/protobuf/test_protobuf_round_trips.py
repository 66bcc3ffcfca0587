"""What is published reads back as it was, and Google's own JSON form agrees with it."""

from __future__ import annotations

import json
import struct
from typing import Any

from google.protobuf import json_format
from hypothesis import example, given
from hypothesis import strategies as st

from KafkaLibrary.serialization.protobuf.schema import ProtobufSchema

TYPES = {
    "int32": st.integers(-(2**31), 2**31 - 1),
    "int64": st.integers(-(2**63), 2**63 - 1),
    "uint32": st.integers(0, 2**32 - 1),
    "uint64": st.integers(0, 2**64 - 1),
    "sint32": st.integers(-(2**31), 2**31 - 1),
    "sint64": st.integers(-(2**63), 2**63 - 1),
    "fixed32": st.integers(0, 2**32 - 1),
    "fixed64": st.integers(0, 2**64 - 1),
    "sfixed32": st.integers(-(2**31), 2**31 - 1),
    "sfixed64": st.integers(-(2**63), 2**63 - 1),
    "double": st.floats(allow_nan=False, allow_infinity=False),
    # Older readers of Google refuse the very largest as they write it themselves: 3.4028235e+38.
    "float": st.floats(-(2.0**127), 2.0**127, width=32),
    "bool": st.booleans(),
    "string": st.text(max_size=5),
    "bytes": st.binary(max_size=5),
    "Kind": st.sampled_from(["NONE", "ONE", "MINUS"]),
}
KEYS = [name for name in TYPES if name not in ("double", "float", "bytes", "Kind")]


def fields() -> str:
    lines = []
    for number, name in enumerate(TYPES, 1):
        lines.append(f"{name} plain_{name} = {number}; optional {name} maybe_{name} = {number + 100};")
        lines.append(f"repeated {name} many_{name} = {number + 200}; map<string, {name}> map_{name} = {number + 300};")
    lines += [f"map<{name}, Deep> by_{name} = {number};" for number, name in enumerate(KEYS, 400)]
    return "\n".join(lines)


SCHEMA = ProtobufSchema(
    f"""syntax = "proto3"; package rich;
    import "google/protobuf/any.proto"; import "google/protobuf/struct.proto";
    import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto";
    import "google/protobuf/wrappers.proto"; import "google/protobuf/field_mask.proto";
    enum Kind {{ NONE = 0; ONE = 1; MINUS = -1; }}
    message Deep {{
      {fields()}
      Deep inner = 500; repeated Deep inners = 501;
      oneof choice {{ string a = 502; Deep b = 503; Kind c = 504; }}
      google.protobuf.Timestamp at = 505; google.protobuf.Duration took = 506; google.protobuf.Struct struct = 507;
      google.protobuf.Value value = 508; google.protobuf.Int64Value long = 509; google.protobuf.StringValue text = 510;
      google.protobuf.FieldMask mask = 511; google.protobuf.Any any = 512; google.protobuf.FloatValue float = 513;
    }}""",
    "'rich.proto'",
)

TIMES = st.integers(-62_135_596_800, 253_402_300_799)
NANOS = st.sampled_from([0, 1, 500_000_000, 120_000, 999_999_999])
JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=3) | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=5,
).filter(lambda value: "inf" not in repr(value).lower())


def own_fields(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    known: dict[str, st.SearchStrategy[Any]] = {}
    for name, values in TYPES.items():
        known[f"plain_{name}"] = known[f"maybe_{name}"] = values
        known[f"many_{name}"] = st.lists(values, max_size=2)
        known[f"map_{name}"] = st.dictionaries(st.text(max_size=2), values, max_size=2)
    for name in KEYS:
        known[f"by_{name}"] = st.dictionaries(TYPES[name], inner, max_size=1)
    known |= {
        "inner": inner,
        "inners": st.lists(inner, max_size=2),
        "struct": st.dictionaries(st.text(max_size=2), JSON),
    }
    known |= {"value": JSON, "long": TYPES["int64"], "text": TYPES["string"], "float": TYPES["float"]}
    known |= {
        "at": st.builds(lambda seconds, nanos: {"seconds": seconds, "nanos": nanos}, TIMES, NANOS),
        "took": st.builds(lambda seconds, nanos: {"seconds": seconds, "nanos": nanos}, st.integers(0, 10**9), NANOS),
        "mask": st.sampled_from(["", "a", "fooBar,a.bC"]),
        "any": inner.map(lambda value: {"@type": "type.googleapis.com/rich.Deep", **value}),
    }
    names = st.lists(st.sampled_from(sorted(known)), max_size=6, unique=True)
    chosen = names.flatmap(lambda some: st.fixed_dictionaries({name: known[name] for name in some}))
    choice = st.one_of(
        st.just({}),
        st.builds(lambda text: {"a": text}, TYPES["string"]),
        st.builds(lambda one: {"b": one}, inner),
        st.builds(lambda kind: {"c": kind}, TYPES["Kind"]),
    )
    return st.builds(lambda one, other: {**one, **other}, chosen, choice)


VALUES = own_fields(own_fields(own_fields(st.just({}))))


def message_of(raw: bytes) -> Any:
    message = SCHEMA._message
    assert message is not None
    return message.parse(raw)


def pool() -> Any:
    return SCHEMA._types.pool


@given(VALUES)
@example({"value": -0.0})
@example({"value": [-0.0, 0.0]})
def test_what_was_read_is_published_as_the_same_bytes(value: dict[str, Any]) -> None:
    raw = SCHEMA.write(value)
    tree = SCHEMA.read(raw)
    assert SCHEMA.read(SCHEMA.write(tree)) == tree
    assert SCHEMA.write(tree) == raw
    assert SCHEMA.violations(tree) == []


@given(VALUES)
def test_google_reads_the_same_message_from_the_tree(value: dict[str, Any]) -> None:
    tree = SCHEMA.read(SCHEMA.write(value))
    theirs = json_format.ParseDict(tree, type(message_of(b""))(), descriptor_pool=pool())
    assert SCHEMA.read(theirs.SerializeToString()) == tree


@given(VALUES)
def test_google_writes_the_same_tree_but_for_texts_of_large_numbers(value: dict[str, Any]) -> None:
    raw = SCHEMA.write(value)
    theirs = json_format.MessageToDict(
        message_of(raw), always_print_fields_with_no_presence=True, descriptor_pool=pool()
    )
    assert as_google(SCHEMA.read(raw)) == as_google(theirs)


LARGE = ("Int64", "Uint64", "Sint64", "Fixed64", "Sfixed64")


def as_google(tree: Any, name: str = "") -> Any:
    """Numbers of 64 bits as texts, and floats by their bits."""
    if isinstance(tree, dict):
        return {key: as_google(part, name if name.startswith("map") else key) for key, part in tree.items()}
    if isinstance(tree, list):
        return [as_google(one, name) for one in tree]
    if isinstance(tree, int) and not isinstance(tree, bool) and (name.endswith(LARGE) or name == "long"):
        return str(tree)
    if isinstance(tree, float) and name.lower().endswith("float"):
        return struct.pack("f", tree)
    return tree


def test_a_value_tree_is_plain_json() -> None:
    assert json.loads(json.dumps(SCHEMA.read(b""))) == SCHEMA.read(b"")
