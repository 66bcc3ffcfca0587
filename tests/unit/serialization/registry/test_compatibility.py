"""What breaks the rule for new versions, in words: of Avro, of Protobuf and of JSON Schemas."""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

import pytest

from KafkaLibrary.serialization.protobuf.compiler import compile_schema
from KafkaLibrary.serialization.registry.compatibility.changes import Source
from KafkaLibrary.serialization.registry.compatibility.reasons import Version, reasons

BACKWARD = ": a reader with the new schema can't read events of version 1 (BACKWARD)"
FORWARD = ": a reader with version 1 can't read events of the new schema (FORWARD)"
REFUSED = ": some registries refuse that (BACKWARD)"
REFERENCES = (("other.proto", 'syntax = "proto3"; package shop; message Other {}'),)


def told(kind: str, old: Any, new: Any, level: str) -> tuple[str, ...]:
    """The reasons where a subject has one version."""
    needed = REFERENCES if kind == "protobuf" else ()
    before, after = (Source(one if isinstance(one, str) else json.dumps(one), needed) for one in (old, new))
    return reasons(kind, after, [Version(1, kind, before)], level)


def record(*fields: Any, name: str = "Order", **more: Any) -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": list(fields), **more}


def of(name: str, kind: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


def enum(*symbols: str, **more: Any) -> dict[str, Any]:
    return {"type": "enum", "name": "Status", "symbols": list(symbols), **more}


ID = of("id", "long")
ORDER = record(ID)


class TestLevels:
    ADDED = record(ID, of("total", "double"))
    REASON = "$.total was added without a default"

    def test_backward(self) -> None:
        assert told("avro", ORDER, self.ADDED, "BACKWARD") == (self.REASON + BACKWARD,)
        assert told("avro", self.ADDED, ORDER, "BACKWARD") == ()

    def test_forward(self) -> None:
        assert told("avro", ORDER, self.ADDED, "FORWARD") == ()
        assert told("avro", self.ADDED, ORDER, "FORWARD") == ("$.total was removed and had no default" + FORWARD,)

    def test_full_is_both(self) -> None:
        changed = told("avro", self.ADDED, record(ID, of("sum", "double")), "FULL")
        assert changed == (
            "$.sum was added without a default" + BACKWARD,
            "$.total was removed and had no default" + FORWARD,
        )

    def test_none(self) -> None:
        assert told("avro", ORDER, self.ADDED, "NONE") == ()

    def test_the_last_version_counts_unless_the_rule_is_transitive(self) -> None:
        versions = [Version(number, "avro", Source(json.dumps(ORDER))) for number in (1, 2)]
        versions.append(Version(4, "avro", Source(json.dumps(self.ADDED))))
        new = Source(json.dumps(self.ADDED))
        assert reasons("avro", new, versions, "BACKWARD") == ()
        assert reasons("avro", new, versions, "BACKWARD_TRANSITIVE") == (
            self.REASON + ": a reader with the new schema can't read events of versions 1, 2 (BACKWARD)",
        )

    def test_another_type_of_schema(self) -> None:
        versions = [Version(1, "protobuf", Source("message A {}"))]
        assert reasons("avro", Source('"int"'), versions, "BACKWARD") == (
            "version 1 has a schema of the type protobuf, not avro",
        )

    @pytest.mark.parametrize("kind", ["avro", "json-schema", "protobuf"])
    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "1", "null", '{"type": 5}', '{"properties": 5}', "message A {", "}"]
    )
    def test_what_is_no_schema_gives_no_reason(self, kind: str, text: str) -> None:
        assert isinstance(told(kind, text, text, "FULL"), tuple)
        assert isinstance(told(kind, '{"type":"object","properties":{"a":{}}}', text, "FULL"), tuple)


class TestAvro:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (ORDER, ORDER),
            (ORDER, record(ID, of("total", "double", default=0))),
            (record(ID, of("total", "double")), ORDER),
            (record(of("id", "int")), ORDER),
            (record(of("id", "int")), record(of("id", "double"))),
            (record(of("id", "string")), record(of("id", "bytes"))),
            (ORDER, record(of("number", "long", aliases=["id"]))),
            (ORDER, record(ID, name="Purchase", aliases=["Order"])),
            (ORDER, record(ID, namespace="shop")),
            (ORDER, record(of("id", ["null", "long"]))),
            (record(of("id", ["null", "int"])), record(of("id", ["long", "null"]))),
            (enum("A"), enum("A", "B")),
            (enum("A", "B"), enum("A", default="A")),
            ({"type": "array", "items": "int"}, {"type": "array", "items": "long"}),
            (record(of("next", ["null", "Order"])), record(of("next", ["null", "Order"]))),
            (
                record(of("a", record(ID, name="A")), of("b", "A")),
                record(of("a", record(ID, name="A")), of("b", "A")),
            ),
            ({"type": {"type": "string"}}, '"string"'),
            ({"type": "long", "logicalType": "timestamp-millis"}, '"long"'),
        ],
    )
    def test_what_can_be_read(self, old: Any, new: Any) -> None:
        assert told("avro", old, new, "BACKWARD") == ()

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (ORDER, record(of("id", "int")), "$.id changed from long to int"),
            (ORDER, record(of("id", "string")), "$.id changed from long to string"),
            (record(of("id", ["null", "long"])), ORDER, "$.id changed from [null, long] to long"),
            (record(of("id", ["null", "long"])), record(of("id", ["long", "string"])), "$.id no longer takes null"),
            (ORDER, record(of("id", ["null", "string"])), "$.id changed from long to [null, string]"),
            (ORDER, record(ID, name="Cart"), "$ changed from record Order to record Cart"),
            (enum("A", "B", "C"), enum("A"), "$ lost B, C of its symbols, and has no default for them"),
            (
                {"type": "fixed", "name": "Id", "size": 8},
                {"type": "fixed", "name": "Id", "size": 16},
                "$ changed from fixed Id of 8 bytes to fixed Id of 16 bytes",
            ),
            ({"type": "array", "items": "long"}, {"type": "array", "items": "int"}, "$[*] changed from long to int"),
            ({"type": "map", "values": "long"}, {"type": "map", "values": "int"}, "$.* changed from long to int"),
            (
                record(of("at", ["null", record(of("x", "long"), name="Place")])),
                record(of("at", ["null", record(of("x", "long"), of("y", "long"), name="Place")])),
                "$.at.y was added without a default",
            ),
            (record(ID, namespace="a"), record(of("id", "int"), namespace="b"), "$.id changed from long to int"),
        ],
    )
    def test_what_can_not_be_read(self, old: Any, new: Any, reason: str) -> None:
        assert told("avro", old, new, "BACKWARD") == (reason + BACKWARD,)

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (enum("A"), enum("A", "B"), "$ got new symbols, B, and had no default for them"),
            (ORDER, record(of("id", ["null", "long"])), "$.id changed from long to [null, long]"),
            (
                record(of("id", ["null", "long"])),
                record(of("id", ["null", "long", "string"])),
                "$.id now takes string",
            ),
        ],
    )
    def test_what_an_older_reader_can_not_read(self, old: Any, new: Any, reason: str) -> None:
        assert told("avro", old, new, "FORWARD") == (reason + FORWARD,)

    def test_types_of_references_are_known(self) -> None:
        place = (("shop.Place", json.dumps(record(of("x", "long"), name="Place", namespace="shop"))),)
        moved = (("shop.Place", json.dumps(record(of("x", "string"), name="Place", namespace="shop"))),)
        text = json.dumps(record(of("at", "shop.Place")))
        found = reasons("avro", Source(text, moved), [Version(1, "avro", Source(text, place))], "BACKWARD")
        assert found == ("$.at.x changed from long to string" + BACKWARD,)


PROTO = """
syntax = "proto3";
package shop;
import "other.proto";
option java_package = "shop";
message Order {
  int64 id = 1; // the number
  string name = 2 [deprecated = true, json_name = "name"];
  repeated Item items = 3;
  map<string, Item> by_name = 4;
  enum Status { NEW = 0; }
  Status status = 5;
  oneof paid { string card = 6; bool cash = 7; }
  Other other = 13;
  message Item { string sku = 1; /* more; later */ }
  reserved 8, 10 to 12, 100 to max;
  reserved "old";
}
service Shop { rpc Get (Order) returns (Order) { option deprecated = true; } }
"""


class TestProtobuf:
    def test_the_same(self) -> None:
        assert told("protobuf", PROTO, PROTO, "FULL") == ()

    @pytest.mark.parametrize(
        ("text", "by", "reasons"),
        [
            ("int64 id = 1;", "string id = 1;", ["Order.id = 1 changed from int64 to string" + BACKWARD]),
            ("int64 id = 1;", "sint64 id = 1;", ["Order.id = 1 changed from int64 to sint64" + BACKWARD]),
            (
                "int64 id = 1;",
                "repeated int64 id = 1;",
                ["Order.id = 1 changed from int64 to repeated int64" + BACKWARD],
            ),
            ("int64 id = 1;", "int32 id = 1;", ["Order.id = 1 changed from int64 to int32" + REFUSED]),
            ("Status status", "int32 status", ["Order.status = 5 changed from Order.Status to int32" + REFUSED]),
            ("int64 id = 1;", "int64 number = 1;", ["Order.number = 1 changed its name from id to number" + REFUSED]),
            (
                "bool cash = 7;",
                "",
                ["Order.cash = 7 was removed, and its number and name are not reserved" + REFUSED],
            ),
            ("bool cash = 7; }", '} reserved 7; reserved "cash";', []),
            ("repeated Item items", "repeated Order.Item items", []),
            (
                "map<string, Item>",
                "map<int32, Item>",
                ["Order.by_name = 4 changed from map<string,Order.Item> to map<int32,Order.Item>" + BACKWARD],
            ),
            (
                "Item",
                "Thing",
                [
                    "Order.items = 3 changed from repeated Order.Item to repeated Order.Thing" + BACKWARD,
                    "Order.by_name = 4 changed from map<string,Order.Item> to map<string,Order.Thing>" + BACKWARD,
                    "Order.Item was removed" + BACKWARD,
                ],
            ),
            (
                "Status status",
                "repeated Status status",
                ["Order.status = 5 changed from Order.Status to repeated Order.Status" + BACKWARD],
            ),
            (
                "Other other",
                "repeated Other other",
                ["Order.other = 13 changed from Other to repeated Other" + REFUSED],
            ),
            ("int64 id = 1;", "int64 id = 1; string note = 9;", []),
        ],
    )
    def test_a_change(self, text: str, by: str, reasons: list[str]) -> None:
        assert text in PROTO
        assert list(told("protobuf", PROTO, PROTO.replace(text, by), "BACKWARD")) == reasons

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (
                "message A {} message M { A a = 1; }",
                "message A {} message M { int32 a = 1; }",
                "M.a = 1 changed from A to int32" + BACKWARD,
            ),
            (
                "enum A { X = 0; } message M { A a = 1; }",
                "enum A { X = 0; } message M { int32 a = 1; }",
                "M.a = 1 changed from A to int32" + REFUSED,
            ),
            (
                "message M { message I {} I a = 1; } message O { message I {} }",
                "message M { message I {} O.I a = 1; } message O { message I {} }",
                "M.a = 1 changed from M.I to O.I" + BACKWARD,
            ),
            (
                "message M { map<string, int32> a = 1; }",
                "message M { map<string, int64> a = 1; }",
                "M.a = 1 changed from map<string,int32> to map<string,int64>" + REFUSED,
            ),
        ],
    )
    def test_names_are_told_by_what_they_stand_for(self, old: str, new: str, reason: str) -> None:
        before, after = (f'syntax = "proto3"; {one}' for one in (old, new))
        assert told("protobuf", before, after, "BACKWARD") == (reason,)

    def test_without_the_compiler_or_what_is_imported_there_is_no_reason(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before, after = Source(PROTO), Source(PROTO.replace("int64", "string"))
        assert reasons("protobuf", after, [Version(1, "protobuf", before)], "BACKWARD") == ()
        rules = "KafkaLibrary.serialization.registry.compatibility.protobuf_rules"
        monkeypatch.delattr(rules)
        monkeypatch.setitem(sys.modules, rules, None)
        assert told("protobuf", PROTO, PROTO.replace("int64", "string"), "BACKWARD") == ()

    def test_a_descriptor_that_a_registry_keeps_in_base64_is_taken(self) -> None:
        def kept(kind: str) -> str:
            compiled = compile_schema(f"message A {{ optional {kind} a = 1; }}", "'a.proto'", {})
            return base64.b64encode(compiled.file.serialized_pb).decode()

        assert told("protobuf", kept("int64"), kept("string"), "BACKWARD") == (
            "A.a = 1 changed from int64 to string" + BACKWARD,
        )

    def test_what_is_required(self) -> None:
        old, new = "message A { optional int32 a = 1; }", "message A { optional int32 a = 1; required int32 b = 2; }"
        assert told("protobuf", old, new, "BACKWARD") == ("A.b = 2 is required now" + BACKWARD,)
        assert told("protobuf", new, old, "FORWARD") == ("A.b = 2 was removed, and was required" + FORWARD,)

    def test_what_breaks_reading_comes_first(self) -> None:
        old, new = "A { int32 a = 1; int32 b = 2; }", "A { int32 c = 1; string b = 2; }"
        old, new = (f'syntax = "proto3"; message {one}' for one in (old, new))
        assert told("protobuf", old, new, "BACKWARD") == (
            "A.b = 2 changed from int32 to string" + BACKWARD,
            "A.c = 1 changed its name from a to c" + REFUSED,
        )


def fields(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


TEXT, NUMBER = {"type": "string"}, {"type": "number"}


class TestJsonSchema:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (fields(a=TEXT), fields(a=TEXT)),
            (fields(a={"type": "integer"}), fields(a=NUMBER)),
            (fields(a=TEXT), fields(a={"type": ["string", "null"]})),
            ({**fields(a=TEXT), "required": ["a"]}, fields(a=TEXT)),
            (fields(a={"enum": ["A"]}), fields(a={"enum": ["A", "B"]})),
            (fields(a={"const": "A"}), fields(a={"enum": ["A", "B"]})),
            (fields(a={"minimum": 2}), fields(a={"minimum": 1})),
            ({**fields(a=TEXT), "additionalProperties": False}, fields(a=TEXT)),
            ({**fields(a=TEXT), "additionalProperties": False}, fields(a=TEXT, b=TEXT)),
            (fields(a=TEXT), {**fields(a={**TEXT, "default": ""}), "required": ["a"]}),
            (fields(a=TEXT), fields(a={"anyOf": [TEXT, NUMBER]})),
            ({"anyOf": [TEXT]}, {"oneOf": [NUMBER, TEXT]}),
            ({"$ref": "#/$defs/a", "$defs": {"a": TEXT}}, TEXT),
            (
                {"$defs": {"n": fields(next={"$ref": "#/$defs/n"})}, "$ref": "#/$defs/n"},
                {"$defs": {"n": fields(next={"$ref": "#/$defs/n"})}, "$ref": "#/$defs/n"},
            ),
            (fields(a=TEXT), True),
        ],
    )
    def test_what_is_taken(self, old: Any, new: Any) -> None:
        assert told("json-schema", old, new, "BACKWARD") == ()

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (fields(a=TEXT), fields(a=NUMBER), "$.a changed from string to number"),
            (fields(a=NUMBER), fields(a={"type": "integer"}), "$.a changed from number to integer"),
            (fields(a={}), fields(a=TEXT), "$.a changed from any type to string"),
            (fields(a=TEXT), {**fields(a=TEXT), "required": ["a"]}, "$.a is required now"),
            (fields(a=TEXT), fields(a=TEXT, b=TEXT), "$.b has rules now, and could have any value before"),
            (fields(a={"enum": ["A", "B"]}), fields(a={"enum": ["A"]}), '$.a no longer takes "B"'),
            (fields(a={}), fields(a={"enum": ["A"]}), "$.a takes the values of an enum only"),
            (fields(a={"minimum": 1}), fields(a={"minimum": 2}), "$.a changed from minimum 1 to minimum 2"),
            (fields(a={}), fields(a={"maxLength": 2}), "$.a changed from no maxLength to maxLength 2"),
            (fields(a={"pattern": "a"}), fields(a={"pattern": "b"}), '$.a changed from pattern "a" to pattern "b"'),
            (fields(a={}), fields(a={"uniqueItems": True}), "$.a changed from no uniqueItems to uniqueItems true"),
            (
                fields(a=TEXT),
                {**fields(a=TEXT), "additionalProperties": False},
                "$ no longer takes additional fields",
            ),
            (
                {**fields(a=TEXT, b=TEXT), "additionalProperties": False},
                {**fields(a=TEXT), "additionalProperties": False},
                "$.b is no longer allowed",
            ),
            ({"items": TEXT}, {"items": NUMBER}, "$[*] changed from string to number"),
            ({"anyOf": [TEXT, NUMBER]}, {"anyOf": [TEXT]}, "$ no longer takes alternative 2 of anyOf"),
            (NUMBER, {"oneOf": [TEXT]}, "$ no longer takes all of its values"),
            (fields(a=TEXT), fields(a=False), "$.a no longer takes any value"),
            (
                fields(a={"$ref": "#/$defs/x"}) | {"$defs": {"x": TEXT}},
                fields(a={"$ref": "#/$defs/x"}) | {"$defs": {"x": NUMBER}},
                "$.a changed from string to number",
            ),
        ],
    )
    def test_what_is_not_taken_any_more(self, old: Any, new: Any, reason: str) -> None:
        assert told("json-schema", old, new, "BACKWARD") == (reason + BACKWARD,)

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ({**fields(a=TEXT), "required": ["a"]}, fields(a=TEXT), "$.a is no longer required"),
            (fields(a={"enum": ["A"]}), fields(a={"enum": ["A", "B"]}), '$.a takes "B" now'),
            (
                {**fields(a=TEXT), "additionalProperties": False},
                {**fields(a=TEXT, b=TEXT), "additionalProperties": False},
                "$.b is new, and was not allowed before",
            ),
        ],
    )
    def test_what_an_older_reader_does_not_take(self, old: Any, new: Any, reason: str) -> None:
        assert told("json-schema", old, new, "FORWARD") == (reason + FORWARD,)

    def test_references_are_followed(self) -> None:
        text = json.dumps(fields(a={"$ref": "a.json"}))
        old, new = Source(text, (("a.json", json.dumps(TEXT)),)), Source(text, (("a.json", json.dumps(NUMBER)),))
        found = reasons("json-schema", new, [Version(1, "json-schema", old)], "BACKWARD")
        assert found == ("$.a changed from string to number" + BACKWARD,)
