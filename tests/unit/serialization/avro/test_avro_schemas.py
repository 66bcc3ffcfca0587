"""Avro schemas that can't be used, and those that stand in several texts or files."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.avro.schema import AvroSchema

ORDER = {
    "type": "record",
    "name": "Order",
    "namespace": "shop",
    "fields": [{"name": "id", "type": "int"}, {"name": "customer", "type": "Customer"}],
}
CUSTOMER = {
    "type": "record",
    "name": "shop.Customer",
    "fields": [{"name": "name", "type": "string"}, {"name": "level", "type": "shop.Level"}],
}
LEVEL = {"type": "enum", "name": "Level", "namespace": "shop", "symbols": ["GOLD", "SILVER"]}
A_VALUE = {"id": 1, "customer": {"name": "Ada", "level": "GOLD"}}


def record(*fields: Any, name: str = "Order") -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": list(fields)}


def field(kind: Any, name: str = "a", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


def refusal(content: Any, *references: Any) -> str:
    text = content if isinstance(content, str) and content[:1] in ('"', "{", "[", "<", "") else json.dumps(content)
    start = time.thread_time()
    with pytest.raises(KeywordMisused) as refused:
        AvroSchema(text, "'order.avsc'", [json.dumps(one) for one in references])
    assert time.thread_time() - start < 5
    message = str(refused.value)
    assert message.startswith("The Avro schema 'order.avsc' ")
    return message.removeprefix("The Avro schema 'order.avsc' ").removeprefix("can't be used: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is not JSON: Expecting value: line 1 column 1 (char 0)"),
        ("<xml/>", "is not JSON: Expecting value"),
        ('{"type": NaN}', "is not JSON: NaN is not a JSON number"),
        (5, "5 is not a type"),
        (None, "null is not a type"),
        ({}, '{} has no "type"'),
        ({"type": 5}, '{"type": 5} has no "type"'),
        ({"type": "object", "properties": {}}, "the type 'object' is not defined"),
        (record(field("strng")), "the field 'a' of the record Order: the type 'strng' is not defined"),
        (record(field("strng")), "Did you mean 'string'?"),
        (record(field("record")), "the field 'a' of the record Order: \"record\" can't be alone"),
        (record(field({"type": "array"})), 'the field \'a\' of the record Order: {"type": "array"} has no "items"'),
        ({"type": "map", "values": "sting"}, "the type 'sting' is not defined"),
        ({"type": "record", "fields": []}, 'has no "name"'),
        ({"type": "record", "name": "Order"}, "the record Order has no list of fields"),
        (record("id"), 'the record Order: the field "id" has no name'),
        (record({"type": "int"}), 'the record Order: the field {"type": "int"} has no name'),
        (record({"name": "id"}), "the field 'id' of the record Order: there is no \"type\""),
        (record(field("int"), field("long")), "the record Order has the field 'a' twice"),
        (record(name="order-placed"), '"order-placed" can\'t be the name of a type'),
        (record(name="int"), "'int' is a type of Avro itself"),
        (record(name="shop..Order"), '"shop..Order" can\'t be the name of a type'),
        ({**record(), "namespace": "shop-1"}, '"shop-1" can\'t be the name of a namespace'),
        ({**record(), "namespace": 5}, "5 can't be the name of a namespace"),
        (record(field("int", "order id")), '"order id" can\'t be the name of a field'),
        (record(field("../../etc/passwd")), "can't be the name of a type"),
        ({"type": "enum", "name": "E"}, "the enum E has no list of symbols"),
        ({"type": "enum", "name": "E", "symbols": ["A", "A"]}, "the enum E has the symbol 'A' twice"),
        ({"type": "enum", "name": "E", "symbols": ["A B"]}, '"A B" can\'t be the name of a symbol of the enum E'),
        ({"type": "enum", "name": "E", "symbols": [["A"]]}, '["A"] can\'t be the name of a symbol of the enum E'),
        ({"type": "enum", "name": "E", "symbols": ["A"], "default": "B"}, 'default of the enum E, "B", is not one'),
        ({"type": "fixed", "name": "F"}, 'the fixed F has no "size"'),
        ({"type": "fixed", "name": "F", "size": -1}, 'the fixed F has no "size"'),
        ({"type": "fixed", "name": "F", "size": True}, 'the fixed F has no "size"'),
        ([], "a union needs at least one branch"),
        (["int", ["string"]], "a union can't have a union as its branch"),
        (["int", {"type": "int", "logicalType": "date"}], "a union has the branch 'int' twice"),
        (record(field(record(name="Order"))), "the type 'Order' is defined twice"),
        (record(field(LEVEL, "a"), field(LEVEL, "b")), "the type 'shop.Level' is defined twice"),
        (record(field("Order")), "the record Order contains itself without end"),
        (record(field(["Order"])), "the record Order contains itself without end"),
        (record(field(record(field("Order"), name="Inner"))), "contains itself without end"),
        ({**record(field("int")), "fields": {"a": "int"}}, "the record Order has no list of fields"),
    ],
)
def test_a_schema_that_is_none_is_refused_with_its_place(content: Any, message: str) -> None:
    assert message in refusal(content)


@pytest.mark.parametrize(
    ("kind", "default", "message"),
    [
        ("int", "5", "'5' should be a whole number"),
        ("int", 5.0, "5.0 should be a whole number"),
        ("int", 2**31, "should be an int, a 32-bit whole number"),
        ("boolean", 0, "0 should be true or false"),
        ("string", None, "None should be a text"),
        ("double", "x", "'x' should be a double"),
        ("bytes", "€", "up to U+00FF"),
        ("bytes", 5, "up to U+00FF"),
        (["null", "string"], 5, "5 should be null"),
        ({"type": "fixed", "name": "F", "size": 2}, "abc", "'abc' should be 2 bytes"),
        ({"type": "enum", "name": "E", "symbols": ["A"]}, "B", "'B' should be one of A"),
        ({"type": "array", "items": "int"}, {}, "{} should be a list"),
        ({"type": "array", "items": "int"}, ["a"], "'a' should be a whole number"),
        ({"type": "map", "values": "int"}, [], "[] should be an object"),
        (record(field("int"), name="I"), {}, "it has no field 'a' of the record I"),
        (record(field("int"), name="I"), 5, "5 should be an object"),
        (record(name="I"), {"b": 5}, "the record I has no field 'b'"),
        ({"type": "array", "items": "Order"}, [{}], "its default contains itself without end"),
    ],
)
def test_a_default_that_is_no_value_of_its_field_is_refused(kind: Any, default: Any, message: str) -> None:
    told = refusal(record(field(kind, default=default)))
    assert told.startswith("the field 'a' of the record Order: its default ")
    assert message in told


def test_a_schema_that_is_nested_too_deeply_is_refused() -> None:
    assert refusal("[" * 100_000) == "it is nested too deeply."
    assert refusal('{"type":"array","items":' * 400 + '"int"' + "}" * 400) == "it is nested too deeply."


def test_a_schema_that_grows_with_each_level_is_refused() -> None:
    levels = [record(field("null"), name="L0")]
    levels += [record(field(f"L{level}", "a"), field(f"L{level}", "b"), name=f"L{level + 1}") for level in range(40)]
    assert "has more than 100000 fields" in refusal(levels[-1], *levels[:-1])


def test_a_long_chain_of_records_is_no_trouble() -> None:
    chain = [record(field(["null", f"R{index + 1}"]), name=f"R{index}") for index in range(100)]
    chain.append(record(field("int"), name="R100"))
    schema = AvroSchema(json.dumps(chain[0]), "'chain.avsc'", [json.dumps(one) for one in chain[1:]])
    assert schema.read(schema.write({"a": None})) == {"a": None}


def test_names_are_found_in_the_namespace_around_them() -> None:
    inner = {**record(field("int"), name="Inner"), "namespace": "deep"}
    content = {
        **record(
            field(inner, "a"),
            field("deep.Inner", "b"),
            field(record(field("shop.Order2"), name="Next"), "c"),
            field({**record(field("int"), name="Bare"), "namespace": ""}, "d"),
            field({"type": "fixed", "name": "Order2", "size": 1}, "e"),
            field("Next", "f"),
        ),
        "namespace": "shop",
    }
    schema = AvroSchema(json.dumps(content), "'order.avsc'")
    value = {"a": {"a": 1}, "b": {"a": 2}, "c": {"a": "AA=="}, "d": {"a": 3}, "e": "AQ==", "f": {"a": "Ag=="}}
    assert schema.full_name == "shop.Order"
    assert schema.read(schema.write(value)) == value


def test_names_may_have_letters_of_any_script() -> None:
    schema = AvroSchema(json.dumps(record(field("int", "größe"), name="Größe")), "'order.avsc'")
    assert schema.read(schema.write({"größe": 5})) == {"größe": 5}


@pytest.mark.parametrize("order", [(CUSTOMER, LEVEL), (LEVEL, CUSTOMER), (LEVEL, CUSTOMER, LEVEL)])
def test_a_schema_may_refer_to_others_in_any_order(order: tuple[Any, ...]) -> None:
    schema = AvroSchema(json.dumps(ORDER), "'order.avsc'", [json.dumps(one) for one in order])
    assert schema.read(schema.write(A_VALUE)) == A_VALUE


def test_a_reference_that_is_not_given_is_refused() -> None:
    assert "the type 'shop.Level' is not defined" in refusal(ORDER, CUSTOMER)
    assert "the field 'customer' of the record shop.Order: the type 'Customer' is" in refusal(ORDER, LEVEL)


def test_a_reference_that_says_something_else_is_refused() -> None:
    other = {**LEVEL, "symbols": ["BRONZE"]}
    assert "the type 'shop.Level' is defined twice" in refusal(ORDER, CUSTOMER, LEVEL, other)


def saved(folder: Path, **contents: Any) -> Path:
    """Writes schemas, and gives the path of the first; ``__`` stands for a dot in a name."""
    for name, content in contents.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name.replace('__', '.')}.avsc").write_text(text, encoding="utf-8")
    return folder / f"{next(iter(contents)).replace('__', '.')}.avsc"


def test_types_are_looked_up_in_the_files_beside_a_schema(tmp_path: Path) -> None:
    schema = AvroSchema.of_file(saved(tmp_path, order=ORDER, shop__Customer=CUSTOMER, Level=LEVEL))
    assert (schema.name, schema.full_name) == ("'order.avsc'", "shop.Order")
    assert schema.read(schema.write(A_VALUE)) == A_VALUE
    assert [json.loads(one) for one in schema.references] == [CUSTOMER, LEVEL]


def test_files_may_refer_to_each_other(tmp_path: Path) -> None:
    node = record(field("Leaf", "leaf"), name="Node")
    leaf = record(field(["null", "Node"], "node"), name="Leaf")
    schema = AvroSchema.of_file(saved(tmp_path, Node=node, Leaf=leaf))
    value = {"leaf": {"node": {"leaf": {"node": None}}}}
    assert schema.read(schema.write(value)) == value


def test_a_file_that_changes_makes_a_schema_old(tmp_path: Path) -> None:
    path = saved(tmp_path, order=ORDER, Customer=CUSTOMER, Level=LEVEL)
    schema = AvroSchema.of_file(path)
    assert schema.is_current()
    assert AvroSchema('"int"', "that was given").is_current()
    os.utime(tmp_path / "Level.avsc", ns=(5, 5))
    assert not schema.is_current()
    schema = AvroSchema.of_file(path)
    (tmp_path / "Customer.avsc").unlink()
    assert not schema.is_current()


def test_a_file_without_the_type_it_is_named_as_is_of_no_use(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match="type 'Customer' is not defined"):
        AvroSchema.of_file(saved(tmp_path, order=ORDER, Customer=LEVEL))


def test_a_file_that_is_wrong_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match=r"The Avro schema 'Customer.avsc' is not JSON"):
        AvroSchema.of_file(saved(tmp_path, order=ORDER, Customer="{"))
    with pytest.raises(KeywordMisused, match="can't be read"):
        AvroSchema.of_file(tmp_path / "nothing.avsc")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_files_outside_of_the_folder_are_never_read(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    outside = saved(tmp_path, Customer=CUSTOMER)
    (inside / "Customer.avsc").symlink_to(outside)
    with pytest.raises(KeywordMisused, match="type 'Customer' is not defined"):
        AvroSchema.of_file(saved(inside, order=ORDER, Level=LEVEL))
