"""Texts that are JSON: paths go on in them, and objects and lists equal them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.event import Event
from KafkaLibrary.matching import LenientConditions, parse_likeness, parse_path
from KafkaLibrary.matching.values.json_texts import document_in, outside_texts, unfolded
from tests.unit.matching.samples import OLD_FILTERS, Ready, an_event, conditions, holding, holds

ANSWER = {"status": 200, "items": [{"sku": "P-7", "n": 1.1}, {"sku": "P-8", "n": 2}], "note": "as it is"}
FILTERED = [] if OLD_FILTERS else ["res.items[?(@.n > 1.5)].sku", "$.res.items[?(@.sku == 'P-8')].sku"]


def text(value: Any, times: int = 1) -> Any:
    for _ in range(times):
        value = json.dumps(value)
    return value


def event(times: int = 1, **more: Any) -> Event:
    return an_event({"res": text(ANSWER, times), **more})


@pytest.mark.parametrize("times", [0, 1, 2, 3])
@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("res.status", [200]),
        ("$['res']['status']", [200]),
        ("value.res.status", [200]),
        ("res.items[0].sku", ["P-7"]),
        ("res.items[-1].sku", ["P-8"]),
        ("res.items[*].sku", ["P-7", "P-8"]),
        ("res.*", list(ANSWER.values())),
        ("$.*.status", [200]),
        ("$..sku", ["P-7", "P-8"]),
        ("$..res.status", [200]),
        ("res..n", [1.1, 2]),
        ("res.items[0:1].sku", ["P-7"]),
        ("res.items[0, 1].n", [1.1, 2]),
        *((path, ["P-8"]) for path in FILTERED),
        ("res.missing", []),
        ("res.status.deeper", []),
        ("res[0]", []),
        ("res.note.status", []),
    ],
)
def test_a_path_goes_on_in_a_text_that_is_json(path: str, found: list[Any], times: int) -> None:
    assert parse_path(path).find(event(times)) == found


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("path", ["status", "$.status", "value.status", "$..status"])
def test_the_whole_value_may_be_such_a_text(path: str, times: int) -> None:
    assert parse_path(path).find(an_event(json.dumps(text(ANSWER, times)))) == [200]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_so_may_the_key(times: int) -> None:
    assert parse_path("key.id").find(an_event({}, key=text({"id": 7}, times).encode())) == [7]


def test_each_element_of_a_list_may_be_one() -> None:
    value = {"log": [text({"n": 1}), {"n": 2}, "no JSON", text([3]), text({"n": 4}, 2)]}
    assert parse_path("log[*].n").find(an_event(value)) == [1, 2, 4]


@pytest.mark.parametrize("path", ["log[0:5].n", "log[0, 1, 4].n", *([] if OLD_FILTERS else ["log[?(@.n > 0)].n"])])
def test_texts_and_objects_may_stand_side_by_side_for_a_slice_too(path: str) -> None:
    value = {"log": [text({"n": 1}), {"n": 2}, "no JSON", text([3]), text({"n": 4}, 2)]}
    assert parse_path(path).find(an_event(value)) == [1, 2, 4]


@pytest.mark.skipif(OLD_FILTERS, reason="its filters can't judge values of mixed types")
def test_a_filter_still_finds_a_text_by_its_letters() -> None:
    value = {"log": [{"doc": '{"a": 1}', "n": 1}, {"doc": "x", "n": 2}]}
    assert parse_path("log[?(@.doc == '{\"a\": 1}')].n").find(an_event(value)) == [1]
    assert parse_path("log[?(@.doc.a == 1)].n").find(an_event(value)) == [1]


@pytest.mark.parametrize("path", ["res", "$..res", "$['res']"])
def test_what_a_path_ends_at_stays_the_text(path: str) -> None:
    assert parse_path(path).find(event()) == [text(ANSWER)]


@pytest.mark.parametrize(
    "content",
    ["no JSON", "{", '{"status": 200', "[1, 2", '"', '"x"', "200", "true", "", " ", "{" * 100_000, '{"status": 200} x'],
)
def test_another_text_has_no_fields(content: str) -> None:
    assert holds("res.status does not exist", "res[0] does not exist", on={"res": content})


def test_bytes_have_no_fields_whatever_is_in_them() -> None:
    assert holds("res.status does not exist", on=holding({"res": b'{"status": 200}'}))


def test_a_field_itself_is_taken_before_one_in_a_text() -> None:
    value = {"status": 500, "res": text({"status": 200}), "deep": {"status": 404}}
    assert parse_path("status").find(an_event(value)) == [500]
    assert parse_path("$..status").find(an_event(value)) == [500, 404]


@pytest.mark.parametrize(("exact", "kind"), [(False, float), (True, Decimal)])
@pytest.mark.parametrize("path", ["res.items[0].n", "res..n", "res.items[0:1].n"])
def test_numbers_in_texts_are_as_exact_as_others(path: str, exact: bool, kind: type) -> None:
    assert type(parse_path(path).find(event(), exact)[0]) is kind


@pytest.mark.parametrize(
    ("expected", "is_equal"), [("18446744073709551617", True), ("18446744073709551616", False), ("1.10", True)]
)
def test_they_are_compared_without_rounding(expected: str, is_equal: bool) -> None:
    value = {"res": '{"a": [18446744073709551617, 1.1]}'}
    assert holds(f"res.a[*] == {expected}", on=value) is is_equal


@pytest.mark.parametrize("path", ["res.status", "res.items[*].sku", "$..sku", "res.items[0:1].sku"])
def test_where_types_count_a_text_is_a_text(path: str) -> None:
    assert holds(f"{path} does not exist", on=event(), strict=True)


DOCUMENT = '{"b": [1, 2.50], "a": null}'


@pytest.mark.parametrize("cells", [("f == %s",), ("f in %s",), ("f[*] == %s",)])
@pytest.mark.parametrize("expected", [DOCUMENT, '{"a":null,"b":[1.0,2.5]}', '{"a": null, "b": [1, 25e-1]}'])
@pytest.mark.parametrize("times", [1, 2])
def test_an_object_equals_the_text_that_is_its_json(cells: tuple[str, ...], expected: str, times: int) -> None:
    found = DOCUMENT if times == 1 else text(DOCUMENT)
    value = {"f": [found] if "[*]" in cells[0] else found}
    assert holds(*(cell % (f"[{expected}]" if " in " in cell else expected) for cell in cells), on=value)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ('{"a": 1}', {"a": 1}),
        ("[1, [2]]", [1, [2]]),
        ({"doc": '{"a": 1}'}, {"doc": {"a": 1}}),
        ([{"doc": '["x", {"y": "[]"}]'}], [{"doc": ["x", {"y": []}]}]),
    ],
)
def test_a_dictionary_or_list_does_so_at_any_depth(found: Any, expected: Any) -> None:
    assert holds("f", "==", expected, on={"f": found})
    assert holds({"f": expected}, on={"f": found})
    assert holds("f", "in", [expected], on={"f": found})
    assert holds("l", "contains", expected, on={"l": [found]})
    assert not holds("f", "!=", expected, on={"f": found})
    assert not holds("f", "==", expected, on={"f": found}, strict=True)


def test_an_object_behind_in_is_one_value_with_all_its_commas() -> None:
    assert holds('f in {"a": 1, "b": 2}', on={"f": '{"b":2,"a":1}'})
    assert holds('f in {"a": 1, "b": 2}', on={"f": {"b": 2, "a": 1}})


@pytest.mark.parametrize(
    ("found", "cell"),
    [
        ('{"a": 1}', 'f == {"a": 2}'),
        ('{"a": "1"}', 'f == {"a": 1}'),
        ('{"a": 1}', "f == [1]"),
        ('{"a": 1', 'f == {"a": 1}'),
        ("1", "f == [1]"),
        ({"a": 1}, 'f == "{"a": 1}"'),
        ('"x"', "f == x"),
    ],
)
def test_other_texts_differ(found: Any, cell: str) -> None:
    assert not holds(cell, on={"f": found})


@pytest.mark.parametrize("cell", ['key == {"id": 10}', 'key == {"id":10}', 'key in {"id": 10}', "key.id == 10"])
@pytest.mark.parametrize("key", [b'{"id": 10}', b'{"id":10}', b'"{\\"id\\":10}"'])
def test_a_key_that_is_an_object_is_compared_by_its_fields(cell: str, key: bytes) -> None:
    assert holds(cell if " in " not in cell else 'key in [{"id": 10}]', on=an_event({}, key=key))


@pytest.mark.parametrize("key", [b'"42"', b'"\\"42\\""', b"42"])
@pytest.mark.parametrize(
    "cell", ["key == 42", 'key == "42"', "key in 41, 42", "key > 41", "key ^= 4", "key matches ^42$", "key != 43"]
)
def test_quotes_that_json_puts_around_a_key_do_not_count(cell: str, key: bytes) -> None:
    assert holds(cell, on=an_event({}, key=key))


@pytest.mark.parametrize("cell", ["key != 42", "key < 40", "key not contains 42", "key == 41", "key in 1, 2"])
def test_nor_do_they_for_what_a_key_is_not(cell: str) -> None:
    assert not holds(cell, on=an_event({}, key=b'"42"'))


def test_the_key_with_its_quotes_is_still_that() -> None:
    quoted = an_event({}, key=b'"42"')
    assert holds('key == ""42""', on=quoted)
    assert not holds("key == 42", on=quoted, strict=True)
    assert not holds('key == ""42""', on=an_event({}, key=b"42"))


@pytest.mark.parametrize("key", [b'"42', b'"', b'42"', b'"4" 2"'])
def test_a_key_with_other_quotes_is_that_text(key: bytes) -> None:
    assert not holds("key == 42", on=an_event({}, key=key))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("res.status == 404", "$.res.status was 200 ($.res is JSON in a text)"),
        ("res.stauts == 200", "$.res.stauts is missing (there is status; $.res is JSON in a text)"),
        ("status == 200", "$.status is missing (there is $.res.status)"),
        ("$..sku == X", "$..sku was P-7, P-8 ($.res is JSON in a text)"),
        ("res.items[*].sku == X", "$.res.items[*].sku was P-7, P-8 ($.res is JSON in a text)"),
        ("n == 2", "$.n was 1"),
    ],
)
def test_a_message_says_that_a_text_was_read_as_json(cell: str, told: str) -> None:
    assert conditions(cell).judge(event(n=1)).texts == (told,)


def test_it_says_so_of_many_texts_and_of_one_compared_as_a_whole() -> None:
    many = an_event({"log": [text({"n": one}) for one in range(4)]})
    (told,) = conditions("log[*].n == 9").judge(many).texts
    assert told.endswith("($.log[0], $.log[1] and 2 more are JSON in a text)")
    (told,) = conditions('f == {"a": 2}').judge(an_event({"f": '{"a": 1}'})).texts
    assert told == '$.f was {"a": 1} ($.f is JSON in a text)'


def test_where_types_count_it_says_that_no_text_was_looked_into() -> None:
    (told,) = conditions("res.status == 200", strict=True).judge(event()).texts
    assert told == "$.res.status is missing ($.res is JSON in a text, and strict=True looks into none)"


def test_a_match_says_so_too() -> None:
    asked = conditions("res.status == 200", "n == 1", "key does not exist")
    assert asked.notes_on(event(n=1)) == ("$.res is JSON in a text",)


def test_a_field_that_stands_in_a_text_is_found_elsewhere() -> None:
    asked = conditions("status == 200")
    assert asked[0].held_elsewhere(event()) == "$.res.status"
    assert conditions("status == 200", strict=True)[0].held_elsewhere(event()) == ""


@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("res.status", [("res",)]),
        ("res.items[*].sku", [("res",)]),
        ("$..sku", [("res",)]),
        ("res", [("res",)]),
        ("log[*].n", [("log", 0), ("log", 1, "n")]),
    ],
)
def test_what_is_found_in_a_text_stands_where_the_text_does(path: str, places: list[Any]) -> None:
    assert parse_path(path).found_at(event(log=[text({"n": 1}), {"n": 2}])) == places


def test_the_same_in_a_value_of_another_format() -> None:
    avro = an_event(b"...", decoder=Ready({"doc": '{"a": 1}'}))
    assert holds("doc.a == 1", 'doc == {"a":1}', "$..a == 1", on=avro)


@pytest.mark.parametrize(
    ("expected", "places"),
    [
        ({"res": {"status": 200}}, []),
        ({"res": {"items": [{"sku": "P-7"}, {"n": "#number"}]}}, []),
        ({"res": {"status": 404, "more": 1}}, ["$.res.status", "$.res.more"]),
        ({"res": "#object"}, ["$.res"]),
        ({"res": "#string"}, []),
    ],
)
def test_an_event_is_like_what_is_in_its_texts(expected: Any, places: list[str]) -> None:
    assert [one.path for one in parse_likeness(expected).differences_of(event())] == places
    assert [one.path for one in parse_likeness(expected).differences_of(event(0))][:1] != ["$.res.status"] or places


def test_not_where_types_count() -> None:
    assert [one.path for one in parse_likeness({"res": {}}, strict=True).differences_of(event())] == ["$.res"]


def test_a_negative_that_a_number_in_a_text_nearly_met_is_told() -> None:
    asked = conditions('f == {"a": "1"}')
    slip = LenientConditions(asked).nearly_met(an_event({"f": '{"a": 1}'}))
    assert slip is not None
    assert slip.condition is asked[0]


leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4), st.just("[]"), st.just('{"a": 1}'))
names = st.sampled_from(["a", "b", "ü", '"', "\\"])
trees = st.recursive(
    leaves, lambda one: st.one_of(st.lists(one, max_size=3), st.dictionaries(names, one, max_size=3)), max_leaves=8
)


@st.composite
def folded(draw: st.DrawFn, tree: Any) -> Any:
    """The same with some of its objects and lists as texts."""
    if isinstance(tree, dict):
        tree = {name: draw(folded(part)) for name, part in tree.items()}
    elif isinstance(tree, list):
        tree = [draw(folded(part)) for part in tree]
    else:
        return tree
    return text(tree, draw(st.sampled_from([0, 1, 2])))


@given(st.data(), trees)
def test_whatever_is_written_as_a_text_equals_itself(data: st.DataObject, tree: Any) -> None:
    document = {"f": [tree]}
    assert holds("$", "==", document, on=holding(data.draw(folded(document))))


@given(st.data(), trees)
def test_a_path_finds_the_same_whether_there_are_texts_or_not(data: st.DataObject, tree: Any) -> None:
    plain, wrapped = holding({"f": tree}), holding(data.draw(folded({"f": tree})))
    for path in ("f.a", "f[0]", "f[*].b", "f[*][*]", "f.a.b", "$['f']['ü']"):
        opened = [unfolded({"x": one}) for one in parse_path(path).find(wrapped)]
        assert opened == [unfolded({"x": one}) for one in parse_path(path).find(plain)]


@given(trees)
def test_a_value_without_such_texts_is_not_copied(tree: Any) -> None:
    copied = unfolded(tree)
    assert copied is tree or '"' in json.dumps(tree)
    assert unfolded(copied) == copied


def test_steps_end_at_the_text_that_they_lead_into() -> None:
    value = {"a": [text({"b": {"c": 1}})], "t": "text"}
    assert outside_texts(value, ("a", 0, "b", "c")) == ("a", 0)
    assert outside_texts(value, ("a", 0)) == ("a", 0)
    assert outside_texts(value, ("t", "x")) == ("t", "x")
    assert outside_texts(value, ("no", "x")) == ("no", "x")


def test_a_deep_text_is_no_trouble() -> None:
    assert document_in("[" * 1_000_000, exact=False) is None


def test_a_byte_order_mark_may_stand_before_it() -> None:
    event = an_event({"f": '\ufeff{"a": 1}'}, key='\ufeff{"a": 1}'.encode())
    for cell in ("f.a == 1", 'f == {"a": 1}', "key.a == 1", 'key == {"a": 1}', "$..a == 1"):
        assert holds(cell, on=event), cell


def test_a_document_in_a_text_has_the_numbers_that_are_written() -> None:
    event = an_event({"text": '{"n": 0.10000000000000000001}'})
    assert holds({"text": {"n": Decimal("0.10000000000000000001")}}, on=event)
    assert not holds({"text": {"n": Decimal("0.1")}}, on=event)


def test_blanks_in_front_of_json_in_a_text_count_for_nothing() -> None:
    assert holds("text.n == 7", "$..n == 7", on={"text": ' \r\n\t{"n": 7}'})
