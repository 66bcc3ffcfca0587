"""Event templates: a JSON file, with fields set by path."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.event_templates import filled
from KafkaLibrary.serialization.schemaless import json_format

ORDER = """
{"orderId": 42, "price": 1.5, "paid": false, "status": "NEW", "note": null, "big": 123456789012345678901234567890,
 "customer": {"name": "Ada"}, "items": [{"sku": "P-1"}, {"sku": "P-2"}]}
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "order.json"
    path.write_text(ORDER, encoding="utf-8")
    return path


def test_a_template_without_fields_is_the_value_of_its_file(template: Path) -> None:
    assert filled(template, {}) == json_format.read_own(ORDER.encode())


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("orderId", "43", 43),
        ("orderId", "-1", -1),
        ("orderId", "12345678901234567890", 12345678901234567890),
        ("orderId", "1.5", 1.5),
        ("price", "2", 2),
        ("price", "2.25", 2.25),
        ("paid", "true", True),
        ("paid", "False", False),
        ("status", "42", "42"),
        ("status", "", ""),
        ("note", "42", "42"),
        ("customer", '{"name": "Eve"}', {"name": "Eve"}),
        ("items", "[]", []),
    ],
)
def test_text_takes_the_type_that_the_template_has(template: Path, name: str, text: str, value: Any) -> None:
    found = filled(template, {name: ([name], text)})[name]
    assert (found, isinstance(found, bool)) == (value, isinstance(value, bool))


@pytest.mark.parametrize("value", [43, None, True, {"a": 1}, [1]])
def test_a_variable_is_put_in_as_it_is(template: Path, value: Any) -> None:
    assert filled(template, {"status": (["status"], value)})["status"] is value


def test_a_field_inside_an_object_is_set(template: Path) -> None:
    assert filled(template, {"customer.name": (["customer", "name"], "Eve")})["customer"]["name"] == "Eve"


def test_a_field_inside_a_list_is_set(template: Path) -> None:
    value = filled(template, {"items[1].sku": (["items", 1, "sku"], "P-9")})
    assert [item["sku"] for item in value["items"]] == ["P-1", "P-9"]


def test_an_element_of_a_list_is_set(template: Path) -> None:
    assert filled(template, {"items[0]": (["items", 0], "{}")})["items"][0] == {}


def test_large_numbers_of_the_template_stay_exact(template: Path) -> None:
    assert filled(template, {})["big"] == 123456789012345678901234567890


def test_a_number_keeps_the_digits_it_is_given(template: Path) -> None:
    value = filled(template, {"price": (["price"], "0.10000000000000000001")})
    assert b"0.10000000000000000001" in json_format.write(value)


@pytest.mark.parametrize("text", ["0.12345678901234567891", "12345678901234567890.12", "1E+400"])
def test_numbers_in_a_list_keep_the_digits_they_are_given(template: Path, text: str) -> None:
    value = filled(template, {"items": (["items"], f'[{{"rate": {text}}}]')})
    assert json_format.write(value["items"]) == f'[{{"rate":{text}}}]'.encode()


def test_objects_in_a_list_that_is_set_have_fields_by_name(template: Path) -> None:
    assert filled(template, {"items": (["items"], '[{"sku": "P-9"}]')})["items"][0].sku == "P-9"


def test_zero_keeps_its_sign(template: Path) -> None:
    assert json_format.write(filled(template, {"orderId": (["orderId"], "-0")})["orderId"]) == b"-0"


def test_why_a_text_is_no_list_is_told(template: Path) -> None:
    with pytest.raises(KeywordMisused, match="is not JSON: the name 'sku' is twice in one object"):
        filled(template, {"items": (["items"], '[{"sku": 1, "sku": 2}]')})


@pytest.mark.parametrize("text", ["1e30", "1e9999999"])
def test_a_number_is_not_written_out_beyond_all_reason(template: Path, text: str) -> None:
    found = filled(template, {"orderId": (["orderId"], text)})["orderId"]
    assert (type(found), found) == (Decimal, Decimal(text))


@pytest.mark.parametrize(
    ("name", "steps", "text"),
    [
        ("paid", ["paid"], "yes, certainly"),
        ("orderId", ["orderId"], "many"),
        ("price", ["price"], "NaN"),
        ("orderId", ["orderId"], "1_000"),
        ("orderId", ["orderId"], "٤٢"),
        ("items", ["items"], "[NaN]"),
        ("items", ["items"], '[{"sku": 1, "sku": 2}]'),
        ("orderId", ["orderId"], "Infinity"),
        ("customer", ["customer"], "Ada"),
        ("items", ["items"], "P-1"),
        pytest.param("customer", ["customer"], "[" * 100_000, id="brackets"),
    ],
)
def test_text_that_does_not_fit_the_type_is_refused(template: Path, name: str, steps: list[str], text: str) -> None:
    with pytest.raises(KeywordMisused, match=f"The field '{name}' of the template is"):
        filled(template, {name: (steps, text)})


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("orderid", ["orderid"]),
        ("customer.nam", ["customer", "nam"]),
        ("items[2]", ["items", 2]),
        ("items.sku", ["items", "sku"]),
        ("customer[0]", ["customer", 0]),
        ("status.code", ["status", "code"]),
        ("note.text", ["note", "text"]),
    ],
)
def test_a_field_that_the_template_does_not_have_is_refused(template: Path, name: str, steps: list[str | int]) -> None:
    with pytest.raises(KeywordMisused) as refusal:
        filled(template, {name: (steps, "x")})
    assert f"The template has no field '{name}'" in str(refusal.value)


def test_a_field_that_is_nearly_right_is_told(template: Path) -> None:
    with pytest.raises(KeywordMisused, match=r"Did you mean 'orderId'\?"):
        filled(template, {"orderid": (["orderid"], "1")})


def test_a_template_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match="can't be read"):
        filled(tmp_path / "none.json", {})


def test_a_template_that_is_not_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "order.json").write_text("{", encoding="utf-8")
    with pytest.raises(KeywordMisused, match="is not JSON"):
        filled(tmp_path / "order.json", {})


def test_a_template_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "order.json").write_bytes(b'\xef\xbb\xbf{"a": 1}')
    assert filled(tmp_path / "order.json", {}) == {"a": 1}


def test_each_loading_gives_a_value_of_its_own(template: Path) -> None:
    filled(template, {})["items"].clear()
    assert len(filled(template, {})["items"]) == 2


def test_a_number_that_a_double_has_not_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "payment.json"
    file.write_text('{"fee": 0.1, "large": 12345678901234567890.12, "small": 0.10000000000000000001, "far": 1e400}')
    value = filled(file, {"fee": (("fee",), "10.10")})
    assert json_format.write(value) == (
        b'{"fee":10.10,"large":12345678901234567890.12,"small":0.10000000000000000001,"far":1E+400}'
    )


def test_a_number_that_is_exact_in_the_template_can_be_set(tmp_path: Path) -> None:
    file = tmp_path / "payment.json"
    file.write_text('{"large": 12345678901234567890.12}')
    assert json_format.write(filled(file, {"large": (("large",), "1")})) == b'{"large":1}'
