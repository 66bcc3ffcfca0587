"""Schemas that are parts of documents: by a pointer or an anchor, in JSON and YAML, with what they refer to."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from KafkaLibrary.errors import KafkaLibraryError, KeywordMisused
from KafkaLibrary.serialization.json_schema import pointers
from KafkaLibrary.serialization.json_schema.schema import JsonSchema
from KafkaLibrary.serialization.schemas import yaml_text
from KafkaLibrary.serialization.schemas.json_and_yaml import parsed
from KafkaLibrary.serialization.schemas.schema_argument import LocalSchemas, SchemaSource, source_of

ORDER = {"type": "object", "required": ["orderId"], "properties": {"total": {"$ref": "#/components/schemas/Money"}}}
DOCUMENT = {
    "asyncapi": "3.0.0",
    "channels": {"orders": {"messages": {"Placed": {"payload": {"$ref": "#/components/schemas/Order"}}}}},
    "components": {
        "schemas": {"Order": ORDER, "Money": {"type": "number", "minimum": 0}, "a/b~c %": {"minLength": 2}},
        "messages": [{"payload": {"type": "string"}}, {"payload": True}],
        "": {"maxLength": 1},
    },
}
DRAFT_07 = "http://json-schema.org/draft-07/schema#"
DRAFT_04 = "http://json-schema.org/draft-04/schema#"
PROTO = 'syntax = "proto3"; message Order { int64 id = 1; } message Item { string sku = 1; }'


def part(text: Any, fragment: str) -> JsonSchema:
    return JsonSchema(text if isinstance(text, str) else json.dumps(text), "that was given", fragment=fragment)


def refusal(text: Any, fragment: str = "") -> str:
    with pytest.raises(KeywordMisused) as refused:
        part(text, fragment).violations({})
    return str(refused.value)


def given_as(schema: Any) -> SchemaSource:
    return source_of(schema, Path)


@pytest.mark.parametrize(
    ("fragment", "good", "bad"),
    [
        ("/components/schemas/Order", {"orderId": 1, "total": 5}, {"orderId": 1, "total": -5}),
        ("/channels/orders/messages/Placed/payload", {"orderId": 1}, {}),
        ("/components/schemas/a~1b~0c %", "ab", "a"),
        ("/components/schemas/a~1b~0c%20%25", "ab", "a"),
        ("%2Fcomponents/schemas/Money", 1, -1),
        ("/components/messages/0/payload", "a", 1),
        ("/components/", "a", "ab"),
    ],
)
def test_a_pointer_names_a_part_and_its_references_lead_into_the_whole(fragment: str, good: Any, bad: Any) -> None:
    schema = part(DOCUMENT, fragment)
    assert schema.violations(good) == []
    assert len(schema.violations(bad)) == 1


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("/components/schemas/Ordr", "#/components/schemas has no 'Ordr'. Did you mean 'Order'?"),
        ("/components/schema/Order", "#/components has no 'schema'. Did you mean 'schemas'?"),
        ("/components/messages/2", "#/components/messages is a list with elements 0 to 1, and has no '2'"),
        ("/components/messages/-1", "has no '-1'"),
        ("/components/messages/00", "has no '00'"),
        ("/components/messages/-", "has no '-'"),
        ("/components/messages/\u0661", "has no '\u0661'"),
        ("/asyncapi/0", "#/asyncapi has nothing inside"),
        ("/components/schemas/a~2b", "a ~ is written ~0 in a pointer"),
        ("/channels/orders/messages/Placed/payload/type", "That is a reference to '#/components/schemas/Order'"),
        ("components/schemas/Order", "A JSON pointer begins with a slash: #/components/schemas/Order"),
        ("Ordr", "there is no anchor 'Ordr'"),
        ("/%FF", "not UTF-8"),
        ("/", "# has no ''"),
        ("/components/messages", "is not a JSON object"),
        ("/components/messages/1/payload", "is not a JSON object"),
        ("/channels/orders", "checks nothing"),
    ],
)
def test_a_part_that_is_none_is_refused(fragment: str, said: str) -> None:
    assert said in refusal(DOCUMENT, fragment)


@pytest.mark.parametrize(
    "document",
    [
        {"$defs": {"a": {"$anchor": "paid", "type": "string"}}},
        {"$defs": {"a": {"$dynamicAnchor": "paid", "type": "string"}}},
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "definitions": {"a": {"$id": "#paid", "type": "string"}},
        },
        {"$schema": "http://json-schema.org/draft-04/schema#", "definitions": {"a": {"id": "#paid", "type": "string"}}},
        {"components": {"schemas": {"a": {"$anchor": "paid", "type": "string"}}}},
        {"examples": [{"$anchor": "paid"}], "$defs": {"a": {"$anchor": "paid", "type": "string"}}},
    ],
)
def test_an_anchor_names_a_part(document: Any) -> None:
    assert [one.rule for one in part(document, "paid").violations(1)] == ["type"]
    assert "Did you mean 'paid'?" in refusal(document, "payd")


def test_an_anchor_that_stands_twice_is_refused() -> None:
    assert "#/a, #/b" in refusal({"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}, "x")


def test_a_part_is_of_the_draft_of_its_document_unless_it_names_one() -> None:
    pair = {"items": [{"type": "integer"}]}
    old = {"$schema": "http://json-schema.org/draft-07/schema#"}
    assert part({**old, "a": pair}, "/a").violations(["x"])
    assert part({"a": {**old, **pair}}, "/a").violations(["x"])
    assert '"$schema": "http://json-schema.org/draft-07/schema#"' in refusal({"a": pair}, "/a")


@pytest.mark.parametrize("name", ["api.json", "api.yaml", "api.yml"])
def test_files_of_json_and_yaml_refer_to_each_other(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(json.dumps({"a": {"b": {"$ref": "common/order.yml#/Order"}}}))
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "order.yml").write_text("Order:\n  required: [id]\n  properties: {n: {$ref: n.json}}\n")
    (tmp_path / "common" / "n.json").write_text('{"type": "integer"}')
    schema = JsonSchema.of_file(tmp_path / name, "/a/b")
    assert [(one.steps, one.rule) for one in schema.violations({"n": "x"})] == [(("id",), "required"), (("n",), "type")]
    (tmp_path / "common" / "order.yml").write_text("Order: {type: object}\n")
    assert not schema.is_current()


@pytest.mark.parametrize("steps", [(), ("a",), ("", "~", "/", "%", 0, "%41", "#", "ü ?")])
def test_a_pointer_that_was_made_leads_back(steps: tuple[str | int, ...]) -> None:
    document: Any = {}
    for step in reversed(steps):
        document = [document] if isinstance(step, int) else {step: document}
    assert pointers.steps_of(document, pointers.pointer_to(steps), "x") == steps


@given(st.lists(st.text(max_size=3), max_size=4))
def test_every_name_can_be_pointed_to(names: list[str]) -> None:
    document: Any = {"end": 1}
    for name in reversed(names):
        document = {name: document}
    try:
        fragment = pointers.pointer_to(tuple(names))
    except UnicodeEncodeError:
        return
    assert pointers.at(document, pointers.steps_of(document, fragment, "x")) == {"end": 1} or not names


# What a tester writes.


@pytest.mark.parametrize(
    ("text", "path", "fragment"),
    [
        ("order.json#/definitions/Paid", "order.json", "/definitions/Paid"),
        ("order.yaml#paid", "order.yaml", "paid"),
        ("a#b/order.YML#/x#y", "a#b/order.YML", "/x#y"),
        ("order.json#", "order.json", None),
        ("order.json", "order.json", None),
        ("order.json#/", "order.json", "/"),
        ("order.proto#shop.Order", "order.proto", "shop.Order"),
    ],
)
def test_a_file_is_named_with_a_part(text: str, path: str, fragment: str | None) -> None:
    assert given_as(text) == SchemaSource(path=Path(path), fragment=fragment)


def test_a_subject_is_named_with_a_part() -> None:
    assert given_as("orders-value:3#/$defs/a") == SchemaSource(subject="orders-value", version=3, fragment="/$defs/a")


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        (f"{PROTO}#Item", "Item"),
        (f"{PROTO}\n# shop.Item\n", "shop.Item"),
        (f"{PROTO} // closes #Item", None),
        (f"{PROTO} // the end; #12", None),
        (f'{PROTO} option go_package = "http://x";#Item', "Item"),
        (PROTO, None),
        ('{"$defs": {"a": {}}} #/$defs/a', "/$defs/a"),
        ('{"a": "}#b"}', None),
        ('{"a": 1', None),
    ],
)
def test_a_text_is_given_with_a_part(text: str, fragment: str | None) -> None:
    assert given_as(text).fragment == fragment


def test_a_message_of_a_text_is_the_one_that_is_named() -> None:
    codec = LocalSchemas().codec(given_as(f"{PROTO}#Item"))
    assert codec.full_name == "Item"


def test_a_type_behind_an_avro_schema_is_its_own_or_refused() -> None:
    text = '{"type": "record", "name": "Order", "namespace": "shop", "fields": []}'
    for name in ("Order", "shop.Order", "/Order"):
        assert LocalSchemas().codec(given_as(f"{text}#{name}")).full_name == "shop.Order"
    with pytest.raises(KeywordMisused, match=r"is of the type shop\.Order, and '#Paid' can't be taken out of it"):
        LocalSchemas().codec(given_as(f"{text}#Paid"))


# All that can be reached is looked at before a value is.


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"$ref": "#/p", "p": {"items": [{}]}}, "at $.p.items"),
        ({"$ref": "#/p/0", "p": [{"properties": {"ab": {"items": [{}]}}}]}, "at $.p[0].properties.ab.items"),
        ({"not": {"$ref": "#/p"}, "p": {"required": True}}, "at $.p.required"),
        ({"$ref": "#/p", "p": {"exclusiveMinimum": True, "minimum": 1}}, "at $.p.exclusiveMinimum"),
        ({"$ref": "#/p", "p": [1]}, "at #/p a schema is expected"),
        ({"$ref": "#/p", "p": {"dependencies": {"a": ["b"]}}}, "at #/p is `dependencies`, which checks nothing"),
        ({"dependencies": {"a": ["b"]}, "type": "object"}, "read as 2020-12, and is written as in draft-07"),
        ({"$ref": "#/required/x", "required": ["a"]}, "has no 'x'"),
        ({"$ref": "#/type/x", "type": "object"}, "#/type has nothing inside"),
        ({"$schema": "http://json-schema.org/draft-04/schema#", "$ref": 5}, "a reference is expected"),
        (
            {
                "$schema": "http://json-schema.org/draft-07/schema#",
                "$ref": "#/p",
                "p": {"$schema": "https://json-schema.org/draft/2020-12/schema", "items": [{}]},
            },
            "at $.p.items",
        ),
    ],
)
def test_what_the_draft_can_not_take_is_refused_with_its_place(schema: Any, said: str) -> None:
    assert said in refusal(schema)


def test_a_dictionary_has_no_document_around_it() -> None:
    said = refusal({"$ref": "#/components/schemas/Order"})
    assert "refers to '#/components/schemas/Order', which it does not contain" in said
    assert "asyncapi.yaml#/components/schemas/Order" in said


KEYWORDS = """
$ref $dynamicRef $recursiveRef $id id $anchor $schema $defs definitions items additionalItems prefixItems properties
additionalProperties patternProperties dependencies dependentSchemas dependentRequired if then not allOf oneOf contains
propertyNames unevaluatedItems unevaluatedProperties type required enum minimum exclusiveMinimum maximum minLength
pattern x
"""
# fmt: off
_ANY = st.recursive(
    st.sampled_from(
        [True, False, None, 0, 1, "a", "object", "#/x", "#/x/items", "#/x/items/0", "#y", "http://a/b", "x.json"]
    ),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(KEYWORDS.split()),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
# fmt: on
_DRAFTS = [
    DRAFT_04,
    "http://json-schema.org/draft-06/schema#",
    DRAFT_07,
    "https://json-schema.org/draft/2019-09/schema",
    "https://json-schema.org/draft/2020-12/schema",
]


@settings(deadline=None, max_examples=400)
@given(_ANY, st.sampled_from([None, *_DRAFTS]), st.sampled_from([[["a"], 1], {"a": {"x": [1]}}, "a"]))
def test_whatever_is_wrong_with_a_schema_is_told(x: Any, draft: str | None, value: Any) -> None:
    schema = {"$ref": "#/x", "x": x, **({"$schema": draft} if draft else {})}
    for text, fragment in ((schema, ""), ({"a": schema, "x": x}, "/a"), ({"x": x, "items": []}, "/x")):
        with suppress(KafkaLibraryError):  # and nothing else
            part(text, fragment).violations(value)


# YAML.


def _doubled(times: int) -> str:
    """A list within which each is twice for the one before."""
    return "\n".join(["- &a0 x", *[f"- &a{n + 1} [*a{n}, *a{n}]" for n in range(times)]])


def of_yaml(text: str) -> Any:
    return parsed(text, "'x.yaml'", yaml=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("true", True),
        ("~", None),
        ("", None),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("-7", -7),
        ("1_000", "1_000"),
        ("1.10", Decimal("1.10")),
        ("1e3", Decimal("1e3")),
        ("2026-05-31", "2026-05-31"),
        ("12:30:45", "12:30:45"),
        ("'012'", "012"),
        ('"a\\/b"', "a/b"),
        ("!!str 012", "012"),
        ("{200: a, true: b, null: c}", {"200": "a", "true": "b", "null": "c"}),
        ("- &a {x: 1}\n- *a\n- {<<: *a, y: 2}", [{"x": 1}, {"x": 1}, {"x": 1, "y": 2}]),
        ("- &a {x: 1}\n- &b {x: 2, z: 3}\n- {x: 0, <<: [*a, *b]}", [{"x": 1}, {"x": 2, "z": 3}, {"x": 0, "z": 3}]),
        ('{"a":\t["\\ud83d\\ude00", 1e2]}', {"a": ["\U0001f600", Decimal("1e2")]}),
    ],
)
def test_yaml_is_read_by_the_core_rules_of_1_2(text: str, value: Any) -> None:
    assert of_yaml(text) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3", "the name 'a' is twice in one object"),
        ("1: a\n'1': b", "the name '1' is twice in one object"),
        ('{"a": 1, "a": 2}', "is twice"),
        ("a: [1", "line"),
        ("a: 1\n---\nb: 2", "document"),
        ("a: .inf", "is unknown to JSON in line 1, column 4: '.inf'"),
        ("a: .nan", "unknown to JSON"),
        ("!!python/object/apply:os.getcwd []", "unknown to JSON"),
        ("!!binary aGk=", "unknown to JSON"),
        ("!Ref x", "unknown to JSON"),
        ("[1, 2]: a", "a name is a list or an object"),
        ("&a [*a]", "an alias is inside what it names"),
        ("<<: 5", "merges only objects"),
        (
            "\n".join(["- &a [" + "x," * 1_000 + "]", "- [" + "*a," * 1_000 + "]"]),
            "more than",
        ),
        ("a: \x01", "YAML"),
    ],
)
def test_yaml_that_json_can_not_say_is_refused(text: str, said: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        of_yaml(text)
    assert said in str(refused.value)


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(KeywordMisused, match=r"nested too deeply|YAML"):
        of_yaml("[" * 5_000)


def test_without_the_package_yaml_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "KafkaLibrary.serialization.schemas.yaml_text", raising=False)
    monkeypatch.delattr("KafkaLibrary.serialization.schemas.yaml_text", raising=False)
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(KeywordMisused, match=r"needs the package PyYAML(.|\n)*robotframework-kafka-events\[yaml\]"):
        of_yaml("a: 1")
    assert of_yaml('{"a": 1}') == {"a": 1}


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(_PLAIN)
def test_what_yaml_writes_is_read_again(value: Any) -> None:
    assert yaml_text.read(yaml.safe_dump(value, default_style='"')) == value
