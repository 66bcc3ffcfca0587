"""Conditions in their forms, and how they judge an event."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.matching import OPERATORS, Conditions, Judgement, State, parse_conditions, parse_path
from KafkaLibrary.matching.operators.foreign_operators import NEGATION
from tests.unit.matching.samples import OLD_FILTERS, Broken, JsonOrText, an_event, conditions, holding, holds

PAID = {"orderId": 42, "status": "PAID", "items": [{"sku": "A"}, {"sku": "B"}], "note": ""}


def judge(*cells: Any, on: Any, **parts: Any) -> Judgement:
    return conditions(*cells).judge(an_event(on, **parts))


def test_no_condition_matches_everything() -> None:
    assert Conditions().matches(an_event(b"x", decoder=Broken()))


def test_all_conditions_must_hold() -> None:
    assert not holds("orderId == 42", "status == NEW", on=PAID)


@pytest.mark.parametrize(
    "cells",
    [
        ("$.orderId == 42",),
        ("  $.orderId   ==   42  ",),
        ("$.orderId\t==\t42",),
        ("orderId == 42",),
        ("$.orderId", "==", "42"),
        ("$.orderId", " == ", 42),
        ({"$.orderId": 42},),
        ({"orderId": 42, "status": "PAID"},),
        ("orderId exists",),
        ("orderId", "exists"),
        ("$.missing does  not  exist",),
        ("$.missing", "does  not exist"),
        ("status not  contains NEW",),
        ("$.note ==",),
        ("$.note", "==", ""),
        ("$.note", "=="),
        ("orderId == 42", "status", "==", "PAID", {"note": ""}, "items[*].sku", "exists", "key == k"),
        ("status", "!=", "exists", "orderId exists"),
        ("$.items[?(@.sku == 'A')].sku == A",),
        ("$.items[?(@.sku != 'A' && @.sku > 'A')].sku in A, B",),
    ],
)
def test_conditions_come_in_one_cell_or_three_or_a_dictionary(cells: tuple[Any, ...]) -> None:
    assert holds(*cells, on=an_event(PAID, key=b"k"))


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        (["orderId == 42"], ["$.orderId == 42"]),
        (["$.status   *=   A"], ["$.status contains A"]),
        (["$.note =="], ['$.note == ""']),
        (["$.a", "==", 42], ["$.a == 42"]),
        (["$.a", "==", None], ["$.a == null"]),
        (["$.a", "in", ["x", 1, True]], ['$.a in ["x", 1, true]']),
        (["$.a", "==", " x "], ['$.a == " x "']),
        (["$.a", "==", "two\nlines\x1b[31m"], [r"$.a == two\nlines\x1b[31m"]),
        (["$.a exists", {"b": {"c": 1}}], ["$.a exists", '$.b == {"c": 1}']),
        (["$.a", "==", "x" * 500], ["$.a == " + "x" * 100 + "…"]),
        (["headers.a.b ^= x"], ["headers.a.b ^= x"]),
    ],
)
def test_each_condition_has_a_text_of_one_line(cells: list[Any], texts: list[str]) -> None:
    assert list(parse_conditions(cells).texts) == texts


def test_a_condition_tells_its_parts() -> None:
    (condition,) = parse_conditions(["orderId == 42"], strict=True)
    assert (condition.path.text, condition.operator.name, condition.expected, condition.strict) == (
        "$.orderId",
        "==",
        "42",
        True,
    )


def test_an_operator_inside_an_expected_text_is_text() -> None:
    assert holds("$.f == a == b > c", on={"f": "a == b > c"})


def test_a_header_may_have_spaces_in_its_name() -> None:
    assert holds("headers.my name == x", on=an_event({}, headers=(("my name", b"x"),)))


def test_conditions_without_the_value_are_judged_first() -> None:
    decoder = JsonOrText()
    conditions("$.orderId == 42", "key == other").matches(an_event(PAID, key=b"k", decoder=decoder))
    assert decoder.decoded == 0


def test_the_value_is_decoded_once_for_all_conditions() -> None:
    decoder = JsonOrText()
    conditions("$.orderId == 42", "$.status == PAID").matches(an_event(PAID, decoder=decoder))
    assert decoder.decoded == 1


def test_an_event_that_can_not_be_judged_is_told() -> None:
    with pytest.raises(Undecodable, match="not Avro"):
        conditions("$.a == 1", "key == k").matches(an_event(b"x", key=b"k", decoder=Broken()))


def test_an_event_that_fails_without_its_value_needs_no_judging() -> None:
    assert not conditions("$.a == 1", "key == other").matches(an_event(b"x", key=b"k", decoder=Broken()))


def test_a_text_can_fail_as_a_whole_though_it_has_no_fields() -> None:
    assert not holds("$.a == 1", "value == other", on=b"plain")


def test_a_tombstone_is_told_once_and_not_as_a_missing_field() -> None:
    judgement = judge("$.a == 1", "$.b exists", "value == 2", on=None)
    assert judgement.texts == ("is a tombstone",)
    assert {finding.state for finding in judgement.findings} == {State.TOMBSTONE}


QUOTES = "the quotes are part of the text"
ONE_CELL = "is part of the text, as one blank ends no cell"


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (["$.status == NEW"], "$.status was PAID"),
        (["$.orderId == 43"], "$.orderId was 42"),
        (["$.orderId", "==", "x"], "$.orderId was 42"),
        (["$.note == x"], '$.note was ""'),
        (["$.items[*].sku == C"], "$.items[*].sku was A, B"),
        (["$.orderID == 42"], "$.orderID is missing (there is orderId)"),
        (["$.sku == 42"], "$.sku is missing (there is $.items[0].sku)"),
        (["payload.orderId == 42"], "$.payload.orderId is missing (did you mean $.orderId?)"),
        (["$.body.orderId == 7"], "$.body.orderId is missing (did you mean $.orderId?)"),
        (["event.value.items[0].sku == C"], "$.event.value.items[0].sku is missing (did you mean $.items[0].sku?)"),
        (["status", "==", "'PAID'"], f"$.status was PAID ({QUOTES}; without them `$.status == PAID` meets it)"),
        (["status", "==", "`PAID`"], f"$.status was PAID ({QUOTES}; without them `$.status == PAID` meets it)"),
        (["status", "==", "'NEW'"], "$.status was PAID"),
        (['orderId == "42"'], "$.orderId was 42 (in quotes it is a text; without them `$.orderId == 42` meets it)"),
        (
            ["status", "==", "PAID msg=no"],
            f"$.status was PAID (`msg=no` {ONE_CELL}; `$.status == PAID` meets it)",
        ),
        (["$.orderId does not exist"], "$.orderId exists and is 42"),
        (["$.status not contains AI"], "$.status was PAID"),
        (["$.items == []"], '$.items was [{"sku": "A"}, {"sku": "B"}]'),
    ],
)
def test_a_failed_condition_tells_what_was_there(cells: list[str], text: str) -> None:
    assert judge(*cells, on=PAID).texts == (text,)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("id", "did you mean $.payload.id?"),
        ("value.id", "did you mean $.payload.id?"),
        ("data.id", "did you mean $.payload.id?"),
        ("other.id", "there is $.payload.id"),
        ("payload.iid", "there is id"),
    ],
)
def test_what_is_put_around_a_value_is_told_where_it_is(path: str, told: str) -> None:
    document = {"payload": {"id": 1}, "other": {"a": 1}}
    assert judge(f"{path} == 1", on=document).texts[0].endswith(f" is missing ({told})")


@pytest.mark.parametrize(("path", "told"), [("a.b", "$['a.b']"), ("$.a.b", "$['a.b']"), ("$.o.c.d", "$.o['c.d']")])
def test_a_near_name_that_needs_brackets_is_told_with_its_path(path: str, told: str) -> None:
    assert judge(f"{path} == 1", on={"a.b": 1, "o": {"c.d": 1}}).texts[0].endswith(f" is missing (there is {told})")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("42", '$.f was "42"'),
        ("true", '$.f was "true"'),
        ("null", '$.f was "null"'),
        (" x", '$.f was " x"'),
        ('"x"', '$.f was ""x""'),
        (True, "$.f was true"),
        (None, "$.f was null"),
        ("two\nlines\x1b[2J\u202e\u2028x", r"$.f was two\nlines\x1b[2J\u202e\u2028x"),
        ("x" * 100, "$.f was " + "x" * 60 + "…"),
        (list(range(100)), "$.f was [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 1…"),
    ],
)
def test_what_was_there_is_shown_in_one_short_line(value: Any, text: str) -> None:
    assert judge("$.f == something", on={"f": value}).texts == (text,)


@pytest.mark.parametrize(
    ("cells", "strict", "text"),
    [
        (["key", "==", 43], False, 'key was "42"'),
        (["key", "==", 42], True, 'key was "42" (text), expected 42 (number)'),
        (["headers.n", "==", 8], False, 'headers.n was "7"'),
        (["headers.n", "<", 7], False, 'headers.n was "7"'),
        (["headers.n", "==", 7], True, 'headers.n was "7" (text), expected 7 (number)'),
        (["$.t", "==", 7], False, '$.t was "7" (text), expected 7 (number) (in one cell `$.t == 7` meets it)'),
        (["$.t", "<", 8], False, '$.t was "7" (in one cell `$.t < 8` meets it)'),
        (["$.f", "==", "x"], False, "$.f was 1"),
        (["$.f", "==", [1]], False, "$.f was 1 (number), expected [1] (list)"),
        (["$.f", "==", True], False, "$.f was 1 (number), expected true (boolean)"),
        (["$.f", "==", None], False, "$.f was 1"),
        (["$.f", "==", 2], False, "$.f was 1"),
        (["key == 42"], True, 'key was "42" (text), expected 42 (number)'),
        (['$.f == "1"'], True, '$.f was 1 (number), expected "1" (text)'),
    ],
)
def test_a_type_that_counts_and_differs_is_told(cells: list[Any], strict: bool, text: str) -> None:
    event = an_event({"f": 1, "t": "7"}, key=b"42", headers=(("n", b"7"),))
    assert conditions(*cells, strict=strict).judge(event).texts == (text,)


def test_a_number_that_was_there_is_shown_as_it_was_written() -> None:
    assert judge("$.f == 1", on='{"f": 18446744073709551617}').texts == ("$.f was 18446744073709551617",)


@pytest.mark.parametrize(
    ("operator", "expected"),
    [("==", "same " * 30 + "end"), ("^=", "same " * 30 + "end"), ("==", '"' + "same " * 30 + 'end"')],
)
def test_long_texts_that_differ_late_are_shown_from_there(operator: str, expected: str) -> None:
    assert judge("$.f", operator, expected, on={"f": "same " * 30 + "other"}).texts == (
        f"$.f was …{'same ' * 4}other, expected …{'same ' * 4}end",
    )


@pytest.mark.parametrize("operator", ["==", "^="])
def test_long_texts_that_differ_at_once_are_shown_from_the_beginning(operator: str) -> None:
    shown = judge("$.f", operator, "other " * 30, on={"f": "same " * 30}).texts
    assert shown == (f"$.f was {'same ' * 12}…",)


def test_many_results_are_counted() -> None:
    assert judge("$[*] == 9", on=[1, 2, 3, 4, 5]).texts == ("$[*] was 1, 2, 3 and 2 more",)


def test_what_could_not_be_judged_says_why_in_one_line() -> None:
    judgement = judge("$.a == 1", "$.b == 1", "key == k", on=b"x", key=b"k", decoder=Broken())
    assert judgement.texts == ("could not be judged: the value is not Avro",)


def test_a_judgement_tells_the_state_of_each_condition() -> None:
    findings = judge("key == k", "$.a == 1", "$.b exists", on={"a": 2}, key=b"k").findings
    assert [finding.state for finding in findings] == [State.HELD, State.FAILED, State.MISSING]


def test_a_judgement_counts_the_conditions_that_held() -> None:
    assert judge("key == k", "$.a == 1", "$.b exists", on={"a": 2}, key=b"k").held == 1


def test_an_event_is_undecided_where_only_its_value_could_tell() -> None:
    assert judge("key == k", "$.a == 1", on=b"x", key=b"k", decoder=Broken()).undecided


def test_an_event_that_fails_another_condition_is_not_undecided() -> None:
    assert not judge("key == other", "$.a == 1", on=b"x", key=b"k", decoder=Broken()).undecided


def test_conditions_can_be_counted_and_walked() -> None:
    both = conditions("$.a == 1", "$.b exists")
    assert (len(both), [str(one) for one in both], both[0].text) == (2, ["$.a == 1", "$.b exists"], "$.a == 1")


def test_the_same_cells_give_equal_conditions() -> None:
    assert conditions("$.a == 1", {"b": [1]}) == conditions("$.a == 1", {"b": [1]})


def test_deep_expected_values_have_a_short_text() -> None:
    deep: Any = 1
    for _ in range(50_000):
        deep = [deep]
    assert len(conditions("$.a", "==", deep).texts[0]) < 120


words = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), max_size=8)
expected_texts = st.one_of(words, st.integers().map(str), st.sampled_from(["", "true", '"x"', "[1, 2]", "a, b", "a b"]))
FILTERED = [] if OLD_FILTERS else ["$.a[?(@ == 1)]"]
paths = st.sampled_from(["$.a", "a", "$['a b']", "$.a[*]", *FILTERED, "key", "headers.x-y", "value.a[0]", "$..a"])
with_value = st.sampled_from([spelling for spelling, operator in OPERATORS.items() if operator.takes_expected])
scalars = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.floats(), words)
values = st.one_of(
    scalars, st.lists(scalars, max_size=3), st.dictionaries(st.sampled_from(["a", "a b"]), scalars, max_size=2)
)


def readable(path: str, operator: str, expected: Any) -> Conditions:
    try:
        return conditions(path, operator, expected)
    except KeywordMisused:
        assume(False)
        raise


@given(paths, with_value, expected_texts, values)
def test_one_cell_and_three_cells_mean_the_same(path: str, operator: str, expected: str, value: Any) -> None:
    three = readable(path, operator, expected)
    one = conditions(f"{path} {operator} {expected}")
    event = holding({"a": value, "a b": value})
    assert one.matches(event) is three.matches(event)


@given(paths, with_value, st.one_of(expected_texts, scalars, st.lists(scalars, max_size=3)))
def test_the_text_of_a_condition_reads_back_as_itself(path: str, operator: str, expected: Any) -> None:
    (text,) = readable(path, operator, expected).texts
    assume(len(text) < 100)
    try:
        again = conditions(text)
    except KeywordMisused:
        assert operator in ("in", "not in") and isinstance(expected, list)  # noqa: PT018 (NaN is not JSON)
    else:
        assert again.texts == (text,)


@given(paths, with_value, expected_texts, values, st.binary(max_size=3))
def test_judging_agrees_with_matching(path: str, operator: str, expected: str, value: Any, key: bytes) -> None:
    both = Conditions([*readable(path, operator, expected), *conditions("key == x")])
    event = holding({"a": value})
    try:
        matched: bool | None = both.matches(event)
    except Undecodable:
        matched = None
    judgement = both.judge(event)
    assert (judgement.matches, judgement.undecided) == (matched is True, matched is None)


@given(paths, with_value, expected_texts, values)
def test_opposites_are_never_both_met(path: str, operator: str, expected: str, value: Any) -> None:
    opposite = NEGATION.get(OPERATORS[operator].name)
    assume(opposite)
    # Of several results each may meet one of two orders.
    assume("*" not in path or OPERATORS[operator].negated or OPERATORS[str(opposite)].negated)
    event = holding({"a": value})
    with suppress(Undecodable):  # of a text that may be a number in bytes: it is judged as neither
        assert not (
            readable(path, operator, expected).matches(event) and conditions(path, opposite, expected).matches(event)
        )


@pytest.mark.parametrize(
    ("written", "name", "is_meant"),
    [
        ("orderID", "orderId", True),
        ("order_id", "orderId", True),
        ("ordrId", "orderId", True),
        ("oderrId", "orderId", False),
        ("odrerId", "orderId", True),
        ("cancelledBy", "cancelledAt", False),
        ("addressLine2", "addressLine1", False),
        ("error", "errors", False),
        ("customerNo", "customerId", False),
        ("previousState", "previousStatus", False),
        ("refundId", "refunded", False),
        ("a", "b", False),
    ],
)
def test_a_slip_of_the_pen_is_no_name_of_its_own(written: str, name: str, is_meant: bool) -> None:
    assert bool(parse_path(written).name_meant(an_event({name: 1}))) is is_meant


def test_a_header_that_is_put_in_front_is_the_newest_of_its_name() -> None:
    event = an_event(headers=(("dead-letter-topic", b"orders-dlt"), ("dead-letter-topic", b"orders")))
    assert conditions("headers.dead-letter-topic == orders-dlt").matches(event)
    judged = conditions("headers.dead-letter-topic == orders").judge(event)
    assert judged.texts == (
        "headers.dead-letter-topic was orders-dlt (the first of that name; headers.dead-letter-topic[1] meets it)",
    )
