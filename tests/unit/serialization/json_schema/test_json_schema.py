"""Values held against JSON Schemas, with nothing rounded and nothing fetched."""

from __future__ import annotations

import json
import socket
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.serialization.json_schema.schema import JsonSchema
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.schemas import schema_argument
from KafkaLibrary.serialization.schemas.violations import Violation

DRAFT = "https://json-schema.org/draft/2020-12/schema"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("A schema was looked for on the network.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def a_schema(schema: Any) -> JsonSchema:
    return JsonSchema(schema if isinstance(schema, str) else json_format.write(schema).decode(), "that was given")


def violations(schema: dict[str, Any] | str, value: Any) -> list[Violation]:
    """``value`` as text is the JSON of an event."""
    raw = value if isinstance(value, str) else json.dumps(value)
    content = json_format.read_exact(raw.encode())
    return a_schema(schema).violations(content)


def found(schema: dict[str, Any] | str, value: Any) -> list[tuple[tuple[str | int, ...], str]]:
    return [(one.steps, one.rule) for one in violations(schema, value)]


def files(folder: Path, **contents: Any) -> Path:
    """Writes schemas, and gives the path of the first."""
    for name, content in contents.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return folder / f"{next(iter(contents))}.json"


def refusal(schema: dict[str, Any] | str) -> str:
    with pytest.raises(KeywordMisused) as refused:
        violations(schema, {})
    return str(refused.value)


ORDER = {
    "type": "object",
    "required": ["orderId", "status"],
    "properties": {
        "orderId": {"type": "integer", "minimum": 1},
        "status": {"enum": ["NEW", "PAID"]},
        "total": {"multipleOf": 0.01},
        "items": {"type": "array", "minItems": 1, "items": {"required": ["sku"]}},
    },
    "additionalProperties": False,
}


def test_a_value_that_matches_has_no_violations() -> None:
    assert violations(ORDER, {"orderId": 42, "status": "NEW", "total": 99.5, "items": [{"sku": "P-7"}]}) == []


def test_every_violation_is_given_with_its_place() -> None:
    value = {"orderId": "42", "statsu": "NEW", "items": [{"sku": 1}, {}], "total": 0.001}
    assert found(ORDER, value) == [
        (("items", 1, "sku"), "required"),
        (("orderId",), "type"),
        (("statsu",), "additionalProperties"),
        (("status",), "required"),
        (("total",), "multipleOf"),
    ]


@pytest.mark.parametrize(
    ("rules", "good", "bad"),
    [
        ({"type": "integer"}, "5", "5.5"),
        ({"type": "integer"}, "5.0", "true"),
        ({"type": "integer"}, "1e2", "1e-2"),
        ({"type": "integer"}, "123456789012345678901234567890", "123456789012345678901234567890.5"),
        ({"minimum": 9007199254740993}, "9007199254740993", "9007199254740992"),
        ({"maximum": 0.1}, "0.1", "0.1000000000000000000001"),
        ({"exclusiveMinimum": 18446744073709551616}, "18446744073709551617", "18446744073709551616"),
        ({"multipleOf": 0.01}, "19.99", "19.999"),
        ({"multipleOf": 0.01}, "4.35", "4.351"),
        ({"multipleOf": 0.01}, "123456789012345678901234567890.12", "123456789012345678901234567890.123"),
        ({"multipleOf": 0.1}, "1e400", "1.05"),
        ({"multipleOf": 3}, "3000000000000000000000000000003", "3000000000000000000000000000004"),
        ({"const": 1}, "1.0", "true"),
        ({"enum": [0.1]}, "0.10", "0.10000000000000000001"),
        ({"uniqueItems": True}, "[1, true, 0, false]", "[1, 1.0]"),
    ],
)
def test_numbers_are_exact(rules: dict[str, Any], good: str, bad: str) -> None:
    assert violations(rules, good) == []
    assert len(violations(rules, bad)) == 1


@settings(deadline=None)
@given(st.integers(-(10**20), 10**20), st.integers(0, 12))
def test_a_decimal_is_a_multiple_of_its_last_place(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    schema = f'{{"multipleOf": {Decimal(1).scaleb(-places):f}}}'
    assert violations(schema, f"{number:f}") == []
    assert len(violations(schema, f"{number:f}{'' if places else '.'}1")) == 1


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_of_json_matches_nothing(text: str) -> None:
    assert found({"properties": {"n": {"minimum": 0}}}, f'{{"n": {text}}}')[0] == (("n",), "number")


def test_a_number_too_long_to_divide_is_told() -> None:
    with pytest.raises(ExpectationFailed, match="a number that is too long"):
        violations({"multipleOf": 0.01}, "1e10001")


def test_floats_of_other_formats_are_the_decimals_they_show() -> None:
    assert a_schema({"multipleOf": 0.01}).violations(19.99) == []
    assert a_schema({"type": "integer"}).violations(5.0) == []


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("date-time", ["2026-05-31T17:03:11Z", "2026-05-31T17:03:11.123456789+02:00", "2016-12-31T23:59:60Z"],
         ["2026-05-31 17:03:11", "2026-05-31T17:03:11", "2026-02-30T00:00:00Z", "2026-05-31T25:00:00Z", "x",
          "2026-05-31T17:03:61Z", "2026-05-31T17:03:11Z\n", "2026-05-31T17:03:11+99:00"]),
        ("date", ["2024-02-29"], ["2023-02-29", "20240229", "2024-2-29"]),
        ("time", ["17:03:11Z", "17:03:11.5-01:00"], ["17:03:11", "17:03", "24:00:00Z"]),
        ("uuid", ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567", "g23e4567-e89b-12d3-a456-426614174000"]),
        ("email", ["ada@example.org"], ["ada"]),
        ("ipv4", ["127.0.0.1"], ["127.0.0.256", "localhost"]),
        ("ipv6", ["::1"], ["127.0.0.1"]),
        ("regex", ["^a+$"], ["("]),
        ("no-such-format", ["anything"], []),
    ],
)  # fmt: skip
def test_formats_are_checked(name: str, good: list[str], bad: list[str]) -> None:
    assert [text for text in good if violations({"format": name}, json.dumps(text))] == []
    assert [text for text in bad if not violations({"format": name}, json.dumps(text))] == []
    assert violations({"format": name}, "5") == []


def test_the_draft_is_the_one_that_is_named() -> None:
    draft_04 = {"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": True}
    assert found(draft_04, "1") == [((), "exclusiveMinimum")]
    assert found({"$schema": "http://json-schema.org/draft-04/schema", "type": "integer"}, "5.0") == [((), "type")]
    assert found({"$schema": "http://json-schema.org/draft-07/schema#", "exclusiveMinimum": 1}, "1")
    assert found({"$schema": "https://json-schema.org/draft/2019-09/schema", "dependentRequired": {"a": ["b"]}},
                 {"a": 1}) == [(("b",), "dependentRequired")]  # fmt: skip
    assert "exclusiveMinimum" in refusal({"minimum": 1, "exclusiveMinimum": True})


@pytest.mark.parametrize("draft", ["http://json-schema.org/draft-03/schema#", "https://example.org/x", 5])
def test_a_draft_that_nobody_knows_is_refused(draft: Any) -> None:
    assert "of an unknown draft" in refusal({"$schema": draft, "type": "object"})


@pytest.mark.parametrize(
    ("rules", "value", "expected"),
    [
        ({"dependencies": {"a": ["b", "c"]}, "$schema": "http://json-schema.org/draft-07/schema#"}, {"a": 1, "c": 1},
         [(("b",), "dependentRequired")]),
        ({"propertyNames": {"pattern": "^[a-z]+$"}}, {"Aa": 1, "b": 1}, [(("Aa",), "propertyNames")]),
        ({"properties": {"propertyNames": {"type": "string"}}}, {"propertyNames": 5}, [(("propertyNames",), "type")]),
        ({"properties": {"a": True}, "unevaluatedProperties": False}, {"a": 1, "b": 2},
         [(("b",), "unevaluatedProperties")]),
        ({"patternProperties": {"^x-": {}}, "additionalProperties": False}, {"x-a": 1, "y": 1},
         [(("y",), "additionalProperties")]),
        ({"properties": {"a": False}}, {"a": 1}, [((), "false")]),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"a": 1}, [(("b",), "required")]),
        ({"not": {"required": ["a"]}}, {"a": 1}, [((), "not")]),
        ({"contains": {"type": "string"}, "maxContains": 1}, ["a", "b"], [((), "maxContains")]),
        ({"prefixItems": [{}], "items": False}, [1, 2], [((), "items")]),
        ({"allOf": [{"required": ["a"]}, {"required": ["a"]}]}, {}, [(("a",), "required")]),
        ({"anyOf": [{"type": "string"}, {"type": ["null", "integer"]}]}, 5.5, [((), "type")]),
        ({"oneOf": [{"minimum": 1}, {"minimum": 2}]}, 3, [((), "oneOf")]),
        ({"oneOf": [False]}, 3, [((), "oneOf")]),
        ({"anyOf": [False, False]}, 3, [((), "anyOf")]),
    ],
)  # fmt: skip
def test_rules_say_where_they_are_not_met(rules: dict[str, Any], value: Any, expected: Any) -> None:
    assert found(rules, value) == expected


def test_the_types_of_alternatives_are_told_together() -> None:
    (one,) = violations({"anyOf": [{"type": "string"}, {"type": ["null", "integer"]}]}, "5.5")
    assert one.asked == ["string", "null", "integer"]


def test_the_nearest_alternative_is_the_one_with_the_same_fixed_value() -> None:
    kinds = {
        "oneOf": [
            {"type": "string"},
            {"properties": {"type": {"const": "ItemRemoved"}}, "required": ["type"]},
            {"properties": {"type": {"const": "ItemAdded"}}, "required": ["type", "quantity", "price", "cartId"]},
        ]
    }
    (one,) = violations(kinds, {"type": "ItemAdded", "price": 5})
    assert (one.rule, one.asked) == ("oneOf", 3)
    assert [inner.steps for inner in one.inner] == [("quantity",), ("cartId",)]


def test_an_alternative_that_takes_nothing_is_the_nearest_to_nothing() -> None:
    (one,) = violations(
        {"anyOf": [False, {"required": ["sku"], "properties": {"count": {"minimum": 1}}}]}, {"count": 0}
    )
    assert {inner.steps for inner in one.inner} == {("sku",), ("count",)}


def test_alternatives_deep_inside_keep_their_place() -> None:
    schema = {"properties": {"items": {"items": {"anyOf": [{"required": ["sku"]}, {"required": ["id", "name"]}]}}}}
    (one,) = violations(schema, {"items": [{"sku": 1}, {}]})
    assert (one.steps, [inner.steps for inner in one.inner]) == (("items", 1), [("items", 1, "sku")])


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('{"type": "object",}', "is not JSON"),
        ('{"type": "strng"}', r"can't be used: at $.type 'strng'"),
        ('{"properties": {"a": {"minimum": "5"}}}', "at $.properties.a.minimum"),
        ('{"properties": {"a": {"pattern": "("}}}', "at $.properties.a.pattern"),
        ('{"minimum": NaN}', "NaN is not a JSON number"),
        ('{"minimum": 1e99999999999999999999}', "a number that is too large"),
        ('{"minimum": %s}' % ("1" * 5000), "a number with too many digits"),
        ('{"type": "object", "type": "array"}', "'type' is twice"),
        ("{}", "checks nothing"),
        ('{"orderId": 42, "status": "NEW"}', "checks nothing"),
        ('{"$ref": "#/$defs/order"}', "refers to '#/$defs/order', which it does not contain"),
        ('{"$ref": "#"}', "refers to itself without end"),
        ('{"$ref": "order.json"}', "It may refer to parts of itself only."),
        ('{"$ref": "https://example.org/order.json"}', "nothing is fetched"),
        ('{"$schema": "http://json-schema.org/draft-04/schema#", "patternProperties": {"(": {}}}', "pattern"),
    ],
)
def test_a_schema_that_is_none_is_refused(text: str, part: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        violations(text, {"a": 1})
    assert part in str(refused.value)


@pytest.mark.parametrize("text", ["[]", "true", "5", '"order.json"'])
def test_a_file_without_an_object_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match="is not a JSON object"):
        JsonSchema.of_file(files(tmp_path, order=text))


def test_a_file_that_is_broken_is_named_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match=r"'order.json' is not JSON: .*line 2 column 1"):
        JsonSchema.of_file(files(tmp_path, order='{"type":\n}'))


def test_a_byte_order_mark_is_no_part_of_a_schema(tmp_path: Path) -> None:
    assert JsonSchema.of_file(files(tmp_path, order='\ufeff{"type": "integer"}')).violations(5) == []


@pytest.mark.parametrize("identity", [{}, {"$id": "https://shop.example/schemas/order.json"}, {"$id": "order.json"}])
def test_neighbouring_files_are_read(identity: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "common").mkdir()
    files(tmp_path / "common", customer={"$ref": "name.json#/$defs/name"}, name={"$defs": {"name": {"minLength": 1}}})
    order = {**identity, "properties": {"customer": {"$ref": "common/customer.json"}}}
    schema = JsonSchema.of_file(files(tmp_path, order=order))
    assert schema.violations({"customer": "Ada"}) == []
    assert [one.steps for one in schema.violations({"customer": ""})] == [("customer",)]


def test_a_neighbour_of_another_draft_keeps_its_draft(tmp_path: Path) -> None:
    old = {"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": True}
    schema = JsonSchema.of_file(files(tmp_path, order={"$schema": DRAFT, "$ref": "old.json"}, old=old))
    assert [one.rule for one in schema.violations(1)] == ["exclusiveMinimum"]


def test_parts_of_the_file_may_have_an_address_of_their_own(tmp_path: Path) -> None:
    part = {"$id": "https://shop.example/money", "type": "integer"}
    order = {"properties": {"total": {"$ref": "https://shop.example/money"}}, "$defs": {"money": part}}
    schema = JsonSchema.of_file(files(tmp_path, order=order))
    assert [one.steps for one in schema.violations({"total": "5"})] == [("total",)]


@pytest.mark.parametrize(
    ("reference", "part"),
    [
        ("https://example.org/order.json", "nothing is fetched for a check"),
        ("file:///etc/passwd", "nothing is fetched for a check"),
        ("//example.org/order.json", "nothing is fetched for a check"),
        ("../order.json", "outside of its folder"),
        ("/etc/passwd", "outside of its folder"),
        ("%2e%2e/order.json", "outside of its folder"),
        ("missing.json", "can't be read"),
        ("broken.json", "'broken.json' is not JSON"),
        ("wrong.json", "'wrong.json' can't be used: at $.type"),
        ("order.json#/nowhere", "which it does not contain"),
    ],
)
def test_nothing_is_read_from_elsewhere(reference: str, part: str, tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    files(tmp_path, order={"type": "object"})
    path = files(tmp_path / "schemas", order={"$ref": reference}, broken="{", wrong={"type": "strng"})
    with pytest.raises(KeywordMisused) as refused:
        JsonSchema.of_file(path).violations({})
    assert part in str(refused.value)


def test_a_refusal_is_not_its_own_cause() -> None:
    with pytest.raises(KeywordMisused) as refused:
        violations({"$ref": "https://example.org/order.json"}, {})

    def follow(error: BaseException | None, before: tuple[BaseException, ...]) -> None:
        if error is not None:
            assert all(error is not one for one in before)
            follow(error.__cause__, (*before, error))
            follow(error.__context__, (*before, error))

    follow(refused.value, ())


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    files(tmp_path, secret={"type": "object"})
    path = files(tmp_path / "schemas", order={"$ref": "link.json"})
    (tmp_path / "schemas" / "link.json").symlink_to(tmp_path / "secret.json")
    with pytest.raises(KeywordMisused, match="outside of its folder"):
        JsonSchema.of_file(path).violations({})


def test_the_drafts_themselves_may_be_referred_to() -> None:
    assert violations({"$ref": DRAFT}, {"type": "object"}) == []
    assert violations({"$ref": DRAFT}, {"type": 5})


def test_a_schema_is_kept_until_one_of_its_files_changes(tmp_path: Path) -> None:
    known = schema_argument.LocalSchemas()
    path = schema_argument.SchemaSource(path=files(tmp_path, order={"$ref": "total.json"}, total={"type": "integer"}))
    first = known.codec(path)
    assert first.schema.violations(5) == []
    assert known.codec(path) is first
    files(tmp_path, total={"type": "string"})
    assert known.codec(path).schema.violations(5)


@pytest.mark.parametrize("hidden", ["jsonschema", "referencing"])
def test_without_the_package_the_way_to_install_it_is_told(hidden: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("KafkaLibrary.serialization.json_schema")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, hidden, None)
    with pytest.raises(KeywordMisused, match=r"pip install 'robotframework-kafka-events\[jsonschema\]'"):
        schema_argument.LocalSchemas().codec(schema_argument.SchemaSource(text='{"type": "object"}'))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(JSON)
def test_every_value_matches_the_schema_that_is_itself(value: Any) -> None:
    schema = a_schema({"const": value})
    assert schema.violations(value) == []
    assert len(schema.violations([value, "more"])) == 1
