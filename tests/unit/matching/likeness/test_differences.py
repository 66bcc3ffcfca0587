"""When a value is like an expected document, and what is told of each place where it is not."""

from __future__ import annotations

import contextlib
import copy
import json
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Fields
from KafkaLibrary.matching import MISSING, Difference, parse_likeness
from KafkaLibrary.matching.likeness import differences as comparing
from tests.unit.matching.samples import Broken, an_event, holding

AN_ID = "0b2e3b1c-6c1b-4a53-9d0b-6f4f3c2a1d10"


def differences(found: Any, expected: Any, *, strict: bool = False) -> list[Difference]:
    return list(parse_likeness(expected, strict=strict).differences(found))


def paths(found: Any, expected: Any, *, strict: bool = False) -> list[str]:
    """Where they differ."""
    return [difference.path for difference in differences(found, expected, strict=strict)]


def like(found: Any, expected: Any, *, strict: bool = False) -> bool:
    """Whether a field is like what stands for it in an object, as a variable and as JSON text."""
    answers = {
        not paths({} if found is MISSING else {"f": found}, document, strict=strict)
        for document in ({"f": expected}, json.dumps({"f": expected}))
    }
    assert len(answers) == 1, "A dictionary and its JSON text mean the same."
    return answers.pop()


# Plain values

ALIKE = [
    (42, 42),
    (42, 42.0),
    (42.0, 42),
    (Decimal("0.1"), 0.1),
    (2**70, 2**70),
    ("PAID", "PAID"),
    ("", ""),
    (True, True),
    (None, None),
    ([], []),
    ([1, [2]], [1, [2]]),
    ({}, {}),
    ({"a": 1, "b": 2}, {"b": 2}),
    ({"a": 1}, {}),
    ({"a": [{"b": 1, "c": 2}]}, {"a": [{"c": 2}]}),
]
UNLIKE = [
    (42, 43),
    (42, "42"),
    ("42", 42),
    (1, True),
    (False, 0),
    (True, "true"),
    (None, "null"),
    (None, False),
    (2**70, 2**70 + 1),
    (2**70, float(2**70 + 2**20)),
    ("PAID", "paid"),
    ("a", "a "),
    ([], {}),
    ({}, []),
    ([1, 2], [2, 1]),
    ([1, 2], [1]),
    ([1], [1, 2]),
    ([[1]], [1]),
    ([{"a": 1}], {"a": 1}),
    ({"a": None}, {"b": None}),
    ("[1", [1]),
    (MISSING, None),
    (MISSING, {}),
    (MISSING, []),
    (MISSING, ""),
]


@pytest.mark.parametrize(("found", "expected"), ALIKE)
def test_values_that_are_alike(found: Any, expected: Any) -> None:
    assert like(found, expected)


@pytest.mark.parametrize(("found", "expected"), UNLIKE)
def test_values_that_are_not_alike(found: Any, expected: Any) -> None:
    assert not like(found, expected)


def test_strictly_types_are_compared_at_any_depth() -> None:
    assert like({"a": [1]}, {"a": [1.0]})
    assert not like({"a": [1]}, {"a": [1.0]}, strict=True)
    assert like({"a": [1], "b": 2}, {"a": [1]}, strict=True)


def test_numbers_beyond_doubles_are_compared_exactly() -> None:
    assert paths({"f": Decimal("0.1000000000000000000001")}, '{"f": 0.1}') == ["$.f"]
    assert paths({"f": Decimal("0.1")}, '{"f": 0.10}') == []


def test_the_value_of_an_event_is_read_exactly() -> None:
    event = an_event('{"id": 12345678901234567890123, "price": 0.1000000000000000000001}')
    assert not list(
        parse_likeness('{"id": 12345678901234567890123, "price": 0.1000000000000000000001}').differences_of(event)
    )
    near = parse_likeness('{"id": 12345678901234567890124, "price": 0.1000000000000000000002}')
    assert [difference.path for difference in near.differences_of(event)] == ["$.id", "$.price"]


def test_values_of_other_formats_are_compared_too() -> None:
    moment = datetime(2026, 5, 31, tzinfo=timezone.utc)
    value = {"price": Decimal("9.90"), "at": moment, "raw": b"abc", "day": date(2026, 5, 31), "id": UUID(AN_ID)}
    expected = {"price": 9.9, "at": moment, "raw": "abc", "day": "#date", "id": "#uuid"}
    assert not list(parse_likeness(expected).differences_of(holding(value)))
    assert paths(value, {"raw": "abc"}, strict=True) == ["$.raw"]
    assert paths(value, {"day": "#datetime", "at": "#datetime"}) == ["$.day"]


def test_a_field_may_be_named_as_a_method_of_dictionaries() -> None:
    expected = Fields({"items": [1], "keys": None, "get": "x"})
    assert paths({"items": [1], "keys": None, "get": "x"}, expected) == []
    assert paths({"items": [2], "keys": 1, "get": "y"}, expected) == ["$.items[0]", "$.keys", "$.get"]


# Markers

KINDS: dict[str, tuple[list[Any], list[Any]]] = {
    "#present": ([None, 0, "", [], {}], [MISSING]),
    "#notpresent": ([MISSING], [None, 0, ""]),
    "#ignore": ([MISSING, None, 5, {"a": 1}], []),
    "#null": ([None], [MISSING, 0, "", "null", False]),
    "#notnull": ([0, "", False, []], [None, MISSING]),
    "#boolean": ([True, False], [0, 1, "true", None, MISSING]),
    "#number": ([0, -1.5, Decimal("1e400"), 2**80], [True, "1", None, [], MISSING]),
    "#string": (["", "x", "#string"], [1, None, True, [], {}, MISSING]),
    "#array": ([[], [1]], [{}, "[]", None, MISSING]),
    "#object": ([{}, {"a": 1}], [[], "{}", None, MISSING]),
    "#uuid": (
        [AN_ID, AN_ID.upper()],
        [AN_ID[1:], AN_ID + "0", AN_ID.replace("-", ""), f" {AN_ID}", f"{{{AN_ID}}}", 5, None, MISSING],
    ),
    "#date": (
        ["2026-05-31", "2024-02-29"],
        ["2026-02-29", "2026-5-31", "31.05.2026", "2026-05-31T10:00:00Z", " 2026-05-31", "٢٠٢٦-05-31", 20260531],
    ),
    "#datetime": (
        ["2026-05-31T17:03:11Z", "2026-05-31T17:03:11.120+02:00", "2026-05-31 17:03:11", "2026-05-31T17:03"],
        ["2026-05-31", "2026-05-31T25:00:00Z", "2026-05-31T17:03:11Z ", "17:03:11", 1_762_171_200_000, None],
    ),
    "#regex [A-Z]-[0-9]+": (["P-7", "A-123"], ["P-", "xP-7", "P-7x", "P-7\n", 7, None, MISSING]),
    "#regex a|ab": (["a", "ab"], ["abc", ""]),
    "#regex .*": (["", "x"], [5, None, "two\nlines"]),
    "#equals #FF00AA": (["#FF00AA"], ["FF00AA", "#FF00AB", "#FF00AA ", None, MISSING]),
    "#equals ": ([""], [" ", None, MISSING]),
    "#equals": ([""], ["#equals"]),
    "#equals  two ": ([" two "], ["two"]),
    "#[]": ([[], [1, "x", None]], [{}, None, "[]", MISSING]),
    "#[2]": ([[1, None]], [[], [1], [1, 2, 3], {}, None, MISSING]),
    "#[0]": ([[]], [[1], None]),
    "#[] #number": ([[], [1, 2.5]], [["1"], [1, None], [1, True], None]),
    "#[]#number": ([[1]], [["1"]]),
    "#[2] #uuid": ([[AN_ID, AN_ID]], [[AN_ID], [AN_ID, "x"]]),
    "#[] ##string": ([["a", None], []], [[1]]),
    "#[] #[2] #number": ([[[1, 2], [3, 4]], []], [[[1]], [1, 2], [["a", "b"]]]),
    '#[] {"sku": "#string"}': ([[{"sku": "P-7", "more": 1}], []], [[{"sku": 7}], [{}], ["P-7"]]),
    "#[] NEW": ([["NEW", "NEW"], []], [["NEW", "OLD"]]),
    "#[1] 5": ([[5], [5.0]], [["5"], [6], [5, 5]]),
    "#contains [1, 2]": ([[2, 3, 1]], [[1], [2, 3], [], "12", None, MISSING, {"1": 2}]),
    "#contains [1, 1]": ([[1, 2, 1.0]], [[1, 2]]),
    "#contains []": ([[], [1]], [None, {}]),
    "#contains new": ([["old", "new"]], [["newer"], "new", []]),
    "#contains 5": ([[4, 5]], [["5"]]),
    '#contains "5"': ([[4, "5"]], [[5]]),
    "#contains null": ([[None]], [["null"], []]),
    "#contains #uuid": ([[1, AN_ID]], [["x"], []]),
    '#contains ["#uuid", "#uuid"]': ([[AN_ID, 1, AN_ID]], [[AN_ID, 1]]),
    '#contains [{"a": 1}]': ([[{"b": 1}, {"a": 1, "b": 2}]], [[{"a": 2}], [{"b": 1}]]),
    "#contains [[1]]": ([[[1], 2]], [[1], [[1, 2]]]),
    "#only [1, 2]": ([[1, 2], [2, 1]], [[1], [1, 2, 2], [1, 2, 3], [], None]),
    "#only []": ([[]], [[1], {}]),
    "#only x": ([["x"]], [["x", "x"], []]),
    "##string": ([MISSING, None, "", "x"], [5, False]),
    "##number": ([MISSING, None, 0], ["0"]),
    "##[2] #number": ([MISSING, None, [1, 2]], [[1], ["a", "b"], []]),
    "##regex x+": ([MISSING, None, "xx"], ["y", ""]),
    "##equals #": ([MISSING, None, "#"], [""]),
    "##contains 1": ([MISSING, None, [1]], [[], 1]),
    "##notpresent": ([MISSING, None], [0]),
}
MET = [(marker, found) for marker, (met, _) in KINDS.items() for found in met]
UNMET = [(marker, found) for marker, (_, unmet) in KINDS.items() for found in unmet]


@pytest.mark.parametrize(("marker", "found"), MET)
def test_a_marker_is_met(marker: str, found: Any) -> None:
    assert like(found, marker)


@pytest.mark.parametrize(("marker", "found"), UNMET)
def test_a_marker_is_not_met(marker: str, found: Any) -> None:
    assert not like(found, marker)


def test_a_marker_may_stand_for_the_whole_value() -> None:
    assert paths({"a": 1}, "#object") == []
    assert paths([1, 2], " #[] #number") == []
    assert paths({"a": 1}, "#array") == ["$"]


def test_a_sign_within_a_text_or_in_a_name_makes_no_marker() -> None:
    assert paths({"#uuid": "a #uuid"}, {"#uuid": "a #uuid"}) == []


def test_each_element_finds_its_own_place_in_any_order() -> None:
    one, both = {"a": 1}, {"a": 1, "b": 2}
    assert like([both, one], "#only " + json.dumps([one, both]))
    assert like([both, one, {"c": 3}], "#only " + json.dumps([{}, one, both]))
    assert not like([both, {"c": 3}], "#contains " + json.dumps([one, both]))


@given(some.lists(some.sets(some.integers(0, 4), max_size=3), max_size=5), some.randoms())
def test_a_list_in_any_order_is_like_parts_of_its_elements(elements: list[set[int]], chance: Any) -> None:
    found = [{str(name): name for name in names} for names in elements]
    parts = [dict(chance.sample(sorted(one.items()), chance.randint(0, len(one)))) for one in found]
    chance.shuffle(parts)
    assert like(found, "#only " + json.dumps(parts))
    assert not like(found, "#contains " + json.dumps([*parts, {}]))


# What is told

ORDER = {"id": 42, "status": "NEW", "customer": {"Id": 7}, "tags": ["new", "web"], "note": None}


def test_all_differences_are_told_in_the_order_of_what_is_expected() -> None:
    expected = '{"status": "PAID", "customer": {"id": "#number", "Id": 8}, "tags": [1, "web", 2], "id": 43, "note": 5}'
    found = [
        (difference.path, difference.found, difference.expected, difference.text)
        for difference in differences(ORDER, expected)
    ]
    assert found == [
        ("$.status", "NEW", "PAID", ""),
        ("$.customer.id", MISSING, "#number", ""),
        ("$.customer.Id", 7, 8, ""),
        ("$.tags", ["new", "web"], 3, "has 2 elements"),
        ("$.tags[0]", "new", 1, ""),
        ("$.id", 42, 43, ""),
        ("$.note", None, 5, ""),
    ]


@pytest.mark.parametrize(
    ("found", "marker", "text"),
    [
        ([1], "#[3]", "has 1 element"),
        ([1, 2], "#contains [3, 1, 4]", "lacks 3, 4"),
        ([1, 2, 5], "#only [3, 1]", "lacks 3, has also 2, 5"),
        (["a", "b"], "#only a", "has also b"),
        ([], "#only [1, 2, 3, 4, 5]", "lacks 1, 2, 3 and 2 more"),
        (None, "#contains 1", ""),
    ],
)
def test_what_a_list_has_instead(found: Any, marker: str, text: str) -> None:
    assert [difference.text for difference in differences({"f": found}, {"f": marker})] == [text]


ITEMS = [{"sku": "P-7", "quantity": 1, "gift": True}, {"sku": "P-8", "quantity": 2}, {"sku": "P-9"}, "P-6"]


@pytest.mark.parametrize(
    ("marker", "near"),
    [
        ('#contains {"sku": "P-8", "quantity": 3}', "$.f[1] is like it but for $.f[1].quantity"),
        (
            '#only [{"sku": "P-9", "quantity": 3, "gift": false}]',
            "$.f[2] is like it but for $.f[2].quantity, $.f[2].gift",
        ),
        ('#contains [{"sku": "P-7"}, {"sku": "P-7", "quantity": 2}]', "$.f[1] is like it but for $.f[1].sku"),
        ('#contains {"sku": "P-5"}', ""),
        ("#contains P-5", ""),
    ],
)
def test_for_an_object_that_is_lacking_the_nearest_element_is_told(marker: str, near: str) -> None:
    told = differences({"f": ITEMS}, {"f": marker})[0].text
    assert near in told
    assert ("is like it" in told) is bool(near)


def test_a_tombstone_is_like_nothing() -> None:
    with pytest.raises(Undecodable, match="tombstone"):
        parse_likeness("null").differences_of(an_event(None))


@pytest.mark.parametrize("event", [an_event("no JSON"), an_event(b"\xff"), an_event("x", decoder=Broken())])
def test_what_has_no_fields_is_like_nothing(event: Any) -> None:
    with pytest.raises(Undecodable):
        parse_likeness("#ignore").differences_of(event)


# What is refused


@pytest.mark.parametrize(
    ("expected", "parts"),
    [
        ('{"id": "#nubmer"}', ["no marker `#nubmer`", "'#number'", "$.id"]),
        ({"a": [{"b": "##uiud"}]}, ["no marker `#uiud`", "'#uuid'", "$.a[0].b"]),
        ("#text", ["'#string'"]),
        ({"color": "#FF00AA"}, ["`#equals #FF00AA`"]),
        ({"f": "#"}, ["no marker `#`"]),
        ({"f": "##"}, ["no marker `#`"]),
        ({"f": "###string"}, ["no marker `##string`"]),
        ({"f": "#? _ > 5"}, ["operator is missing", "$.f"]),
        ({"f": "#(id)"}, ["never run as code"]),
        ({"f": "#uuid 4"}, ["`#uuid` takes nothing after it", "#uuid 4\n          ^"]),
        ({"f": "#[three]"}, ["`#[three]`", "`#[3]`"]),
        ({"f": "#[-1]"}, ["`#[-1]`"]),
        ({"f": "#[3"}, ["`#[3`"]),
        ({"f": "#regex"}, ["missing after `#regex`"]),
        ({"f": "#regex [A"}, ["unterminated character set", "#regex [A\n           ^", "$.f"]),
        ({"f": "#contains"}, ["missing after `#contains`"]),
        ({"f": "#only  "}, ["missing after `#only`"]),
        ({"f": "#contains [1, "}, ["after `#contains` is not JSON", "$.f"]),
        ({"f": '#[] {"a" 1}'}, ["after `#[]` is not JSON"]),
        ({"f": "#[] #nubmer"}, ["no marker `#nubmer`", "$.f"]),
        ({"f": '#contains [{"a": "#nubmer"}]'}, ["no marker `#nubmer`", "$.f"]),
        ({"f": "#[] " * 50 + "5"}, ["Too many markers"]),
        ("{'a': 1}", ["not JSON", "{'a': 1}\n     ^"]),
        ("PAID", ["not JSON", 'double quotes: "PAID"']),
        ("", ["not JSON"]),
        ('{"a": "two\nlines"}', ["not JSON", "write \\\\n inside"]),
        ('{"a": NaN}', ["NaN"]),
        ('{"a": 1, "a": 2}', ["a is twice"]),
        ('{"a": 1e99999999999999999999}', ["a number that is too large"]),
        ("[" * 100_000, ["nested too deeply"]),
        (None, ["not NoneType"]),
        (b"{}", ["not bytes"]),
        ({"a": {1: 2}}, ["a text, not int (1)", "$.a"]),
    ],
)
def test_what_can_not_be_read_is_refused_with_its_place(expected: Any, parts: list[str]) -> None:
    with pytest.raises(KeywordMisused) as refusal:
        parse_likeness(expected)
    assert [part for part in parts if part not in str(refusal.value)] == []


def test_the_first_wrong_marker_is_the_one_that_is_told() -> None:
    with pytest.raises(KeywordMisused, match="#one"):
        parse_likeness({"a": ["#one", "#two"], "b": "#three"})


# Deep and wide ones


def deep(levels: int, value: Any) -> Any:
    for level in range(levels):
        value = {"a": value} if level % 2 else [value]
    return value


def test_deep_values_are_compared() -> None:
    assert paths(deep(100_000, 1), deep(100_000, "#number")) == []
    found = differences(deep(100_000, 1), deep(100_000, 2))
    assert len(found) == 1
    assert len(found[0].steps) == 100_000
    assert len(found[0].path) < 250


def test_a_variable_that_holds_itself_is_compared_as_far_as_the_value_goes() -> None:
    endless: dict[str, Any] = {}
    endless["a"] = endless
    assert paths({"a": {"a": 1}}, endless) == ["$.a.a"]


def test_a_variable_that_holds_the_same_parts_many_times_is_read_once() -> None:
    many: Any = "#uuid"
    for _ in range(100):
        many = [many, many]
    assert paths([1, [1, 2]], many) == ["$[0]", "$[1][0]", "$[1][1]"]


def test_wide_values_are_compared() -> None:
    wide = {f"field{number}": number for number in range(100_000)}
    assert paths(wide, dict(wide)) == []
    assert len(paths({}, wide)) == 100_000


def test_long_lists_of_texts_and_numbers_are_compared_in_any_order() -> None:
    many = [*range(10_000), *(f"text {number}" for number in range(10_000))]
    assert paths({"f": many[::-1]}, {"f": "#only " + json.dumps(many)}) == []


def test_a_thousand_objects_are_compared_in_any_order() -> None:
    many = [{"number": number} for number in range(1_000)]
    assert paths({"f": many[::-1]}, {"f": "#only " + json.dumps(many)}) == []


def test_a_list_that_is_too_long_for_any_order_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MOST_TRIED", 10_000)
    many = [{"number": number} for number in range(200)]
    with pytest.raises(KeywordMisused, match=r"\$\.f is too long"):
        paths({"f": many[::-1]}, {"f": "#only " + json.dumps(many)})


# Whatever the value

leaves = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(max_size=8).filter(lambda text: not text.startswith("#"))
)
names = some.text(max_size=4)
documents = some.recursive(
    leaves,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(names, inner, max_size=4),
    max_leaves=20,
)


def read(document: Any) -> Any:
    """The document as the value of an event."""
    return json.loads(json.dumps(document), parse_float=Decimal)


def places(value: Any, steps: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to all leaves, empty lists and empty objects."""
    parts = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    return [place for step, part in parts for place in places(part, (*steps, step))] if parts else [steps]


def put(document: Any, steps: tuple[Any, ...], value: Any) -> Any:
    """A copy of the document with another value at one place."""
    if not steps:
        return value
    changed = copy.deepcopy(document)
    parent = changed
    for step in steps[:-1]:
        parent = parent[step]
    parent[steps[-1]] = value
    return changed


@given(documents)
def test_every_value_is_like_itself(document: Any) -> None:
    for strict in (False, True):
        assert paths(read(document), json.dumps(document), strict=strict) == []
    assert paths(read(document), document if isinstance(document, (dict, list)) else json.dumps(document)) == []


@given(documents, some.dictionaries(names, leaves, min_size=1))
def test_more_fields_keep_a_value_alike(document: Any, more: dict[str, Any]) -> None:
    def grown(value: Any) -> Any:
        if isinstance(value, dict):
            return {**more, **{name: grown(part) for name, part in value.items()}}
        return [grown(part) for part in value] if isinstance(value, list) else value

    assert paths(read(grown(document)), json.dumps(document)) == []


@given(documents, some.data())
def test_one_changed_place_is_told_with_its_path(document: Any, data: some.DataObject) -> None:
    place = data.draw(some.sampled_from(places(document)))
    found = differences(read(put(document, place, "changed")), json.dumps(put(document, place, ["expected"])))
    assert [difference.steps for difference in found] == [place]


@given(documents)
def test_all_changed_places_are_told(document: Any) -> None:
    changed = document
    for place in places(document):
        changed = put(changed, place, "changed beyond recognition")
    found = differences(read(changed), json.dumps(document))
    assert [difference.steps for difference in found] == places(document)


@given(documents)
def test_a_missing_field_is_told_and_nothing_else(document: Any) -> None:
    found = differences({"there": read(document)}, {"there": document, "absent": document})
    assert [(difference.path, difference.found) for difference in found] == [("$.absent", MISSING)]


@given(documents, documents)
def test_no_document_breaks_the_comparison(one: Any, other: Any) -> None:
    for difference in differences(read(one), json.dumps(other)):
        assert difference.path.startswith("$")


@given(some.text(max_size=20))
def test_no_marker_breaks_the_reading(text: str) -> None:
    with contextlib.suppress(KeywordMisused):
        paths({"f": [1]}, {"f": f"#{text}"})


@pytest.mark.parametrize(
    ("marker", "alike", "unlike"),
    [
        ("#? > 5", [6, 5.5, 10**30, "7"], [5, None, True, [6]]),
        ("#? >= 99.95", [99.95, 100], [99.94]),
        ("#? in NEW, PAID", ["NEW", "PAID"], ["LOST", None]),
        ("#? contains web", ["on the web", ["new", "web"]], ["", []]),
        ("#? matches ^P-[0-9]+$", ["P-7"], ["P-"]),
        ("#? != PAID", ["NEW", None], ["PAID"]),
        ("#? exists", [None, 1], []),
        ("##? > 5", [None, 6], [5]),
        ("#[] #? > 0", [[], [1, 2]], [[1, 0]]),
    ],
)
def test_a_condition_may_stand_for_a_value(marker: str, alike: list[Any], unlike: list[Any]) -> None:
    for value in alike:
        assert not differences({"a": value}, {"a": marker}), value
    for value in unlike:
        assert differences({"a": value}, {"a": marker}), value


def test_a_missing_field_meets_a_condition_only_by_not_being_there() -> None:
    assert not differences({}, {"a": "#? does not exist"})
    assert differences({}, {"a": "#? != PAID"})


@pytest.mark.parametrize("marker", ["#?", "#? 5", "#? exists 5", "#? matches (", "#?_ > 5", "#(5)"])
def test_a_condition_that_can_not_be_read_is_refused(marker: str) -> None:
    with pytest.raises(KeywordMisused):
        differences({}, {"a": marker})


@pytest.mark.parametrize(
    ("marker", "verdict"),
    [
        ("#? < 9,99", "no comma"),
        ("#? != 'LOST'", "Single quotes"),
        ("#? != ['A']", "double quotes"),
        ("#? != LOST and b == 5", "holds one condition"),
        ("#? >", "nothing after `>`"),
    ],
)
def test_a_condition_in_a_marker_that_hardly_means_what_it_says_is_refused(marker: str, verdict: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        parse_likeness({"a": marker})
    said = str(refused.value).split("\n")
    assert verdict in said[0]
    assert (said[2].strip(), "two cells" in said[-1]) == (marker, False)


@pytest.mark.parametrize(
    ("marker", "found", "is_like"),
    [
        ("#? > 100", 101, True),
        ("#? > 100", "101", True),
        ("#? > 100", "n/a", False),
        ('#? > "100"', "n/a", True),
        ("#? < 20 EUR", 1500, False),
        ("#? > 2026-01-01", "2026-05-31", True),
        ("##? > 100", None, True),
    ],
)
def test_an_order_in_a_marker_is_not_met_by_letters_where_one_side_is_a_number(
    marker: str, found: Any, is_like: bool
) -> None:
    assert (not list(parse_likeness({"a": marker}).differences({"a": found}))) is is_like


def test_a_document_in_a_text_has_the_numbers_that_are_written() -> None:
    likeness = parse_likeness('{"text": {"n": 0.1}}')
    assert list(likeness.differences_of(an_event({"text": '{"n": 0.10}'}))) == []
    assert len(list(likeness.differences_of(an_event({"text": '{"n": 0.10000000000000000001}'})))) == 1
