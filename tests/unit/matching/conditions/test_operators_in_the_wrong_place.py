"""What is said of operators that are none, or stand where the expected value should: it leads to what was meant."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.matching import OPERATORS, Condition, parse_conditions, parse_likeness
from KafkaLibrary.matching.operators.foreign_operators import EMPTY_FOR, LIKE_FOR, NEGATION, OPERATOR_FOR
from tests.unit.matching.samples import an_event, holds

PATHS = ["status", "$.a.b", "items[0].sku", "items[*].sku", "key", "headers.source", "$['first name']", "$..a"]
VALUES = [
    "PAID",
    "two words",
    "42",
    "-9.5",
    "PA.D",
    "A, B",
    '["A", "B"]',
    "true",
    "null",
    '"quoted"',
    "2026-05-31",
    "5%",
]


def refusal(*cells: Any) -> list[str]:
    with pytest.raises(KeywordMisused) as refused:
        parse_conditions(cells)
    return str(refused.value).split("\n")


def proposed(*cells: Any) -> Condition:
    """The condition that the refusal of these cells says to write."""
    advice = refusal(*cells)[-1]
    form = re.search(r"[Ww]rite `(.*?)`(?:\.|,|;| in two| For|\Z)", advice)
    assert form, advice
    (condition,) = parse_conditions(re.split(r"\s{4}", form[1]))
    return condition


def same(condition: Condition, path: str, operator: str, expected: Any) -> bool:
    meant = parse_conditions([path, operator, expected] if OPERATORS[operator].takes_expected else [path, operator])[0]
    return (condition.path, condition.operator, condition.expected) == (meant.path, meant.operator, meant.expected)


def expected_by(operator: str, value: str) -> str:
    return "2" if OPERATORS[operator].of_length else value


slips = st.sampled_from(sorted(OPERATOR_FOR))
in_a_cell = st.sampled_from(PATHS), slips, st.sampled_from(VALUES)


@given(*in_a_cell, st.sampled_from([str, str.upper, str.title]), st.booleans())
def test_every_slip_leads_to_the_operator_that_it_stands_for(
    path: str, slip: str, value: str, spelled: Any, three: bool
) -> None:
    operator = OPERATOR_FOR[slip]
    expected = expected_by(operator, value) if OPERATORS[operator].takes_expected else ""
    cells = [path, spelled(slip), expected] if three else [f"{path} {spelled(slip)} {expected}"]
    assert same(proposed(*cells), path, operator, expected)


@pytest.mark.parametrize("slip", sorted(OPERATOR_FOR))
def test_no_slip_is_an_operator_or_reads_as_one_with_a_value(slip: str) -> None:
    assert slip not in OPERATORS
    assert proposed(f"$.a {slip} 2").operator.name == OPERATORS[OPERATOR_FOR[slip]].name


@given(
    st.sampled_from(PATHS), slips, st.sampled_from(["'PAID'", "== PAID", "matches PA.D", "/PAID/", "(A, B)", "9,50"])
)
def test_what_is_proposed_can_always_be_read(path: str, slip: str, value: str) -> None:
    assume(not f"{slip} {value}".startswith("not matches"))  # which is right
    said = refusal(f"{path} {slip} {value}")[-1]
    for form in re.findall(r"`([^`]* [^`]*)`", said):
        if form.startswith(path):
            parse_conditions(re.split(r"\s{4}", form))


@pytest.mark.parametrize("slip", sorted(EMPTY_FOR))
def test_what_is_empty_has_no_length(slip: str) -> None:
    assert same(proposed(f"items {slip}"), "items", EMPTY_FOR[slip], "0")


@pytest.mark.parametrize("slip", sorted(LIKE_FOR))
@pytest.mark.parametrize(
    ("pattern", "operator", "expected"),
    [
        ("PA%", "^=", "PA"),
        ("'%ID'", "$=", "ID"),
        ("%AI%", "contains", "AI"),
        ("PA_D", "matches", "^PA.D$"),
        ("P%D", "matches", "^P.*D$"),
        ("1.5_", "matches", "^1[.]5.$"),
        ("PA*", "^=", "PA"),
        ("^PA.*D$", "matches", "^PA.*D$"),
        ("PAID", "==", "PAID"),
        ("%", "exists", None),
    ],
)
def test_a_pattern_of_sql_becomes_what_it_means(slip: str, pattern: str, operator: str, expected: str | None) -> None:
    meant = operator if LIKE_FOR[slip] else NEGATION[operator]
    assert same(proposed(f"status {slip} {pattern}"), "status", meant, expected)


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("total between 5 and 10", "Write `total >= 5    total <= 10` in two cells."),
        ("total between [5, 10]", "Write `total >= 5    total <= 10` in two cells."),
        ("total between", "Write `total >= LEAST    total <= MOST` in two cells."),
        ("total in 5..10", "Write `$.total >= 5    $.total <= 10` in two cells."),
        ("total not between 5 and 10", "use two negative keywords"),
        ("total ~ 9.99", "Write `total == 9.99`. For a range, use two cells"),
        ("status ~ PA.D", "Write `status matches PA.D`."),
        ("status does not match PA.D", "Write `status not matches PA.D`."),
        ("status not matches", 'The empty text is written `""`.'),
        ("or", "`PATH in A, B`"),
        ("AND", "All conditions must hold"),
        ("status is 'PAID'", "Write `status == PAID`."),
        ("id equals == 5", "Write `id == 5`."),
        ("status matches /PA.D/", "Write `$.status matches PA.D`."),
        ("status not matches /pa.d/gi", "Write `$.status not matches (?i)pa.d`."),
        (r"status matches /a\/b/", "Write `$.status matches a/b`."),
        ("status in (PAID, NEW)", "Write `$.status in PAID, NEW`."),
        ("status not in ('PAID','NEW')", "Write `$.status not in PAID, NEW`."),
        ("status in {PAID, NEW}", "Write `$.status in PAID, NEW`."),
        ("total == 9,50", "`total == 9.50`"),
        ("total != 1.000,50", "`total != 1000.50`"),
        ("length(items) == 2", "Write `items length == 2`."),
        ("len($.items) >= 2", "Write `$.items length >= 2`."),
        ("items.length() equals 2", "Write `items length == 2`."),
        ("items.size() > 2", "Write `items length > 2`."),
        ("items has length 2", "Write `items length == 2`."),
        ("items length 2", "Write `items length == 2`."),
        ("items length == two", "Write, say, `PATH length == 2`."),
        ("items length == -1", "Write, say, `PATH length == 2`."),
        ("offset length == 2", "has no length"),
    ],
)
def test_what_was_meant_is_told(cell: str, advice: str) -> None:
    assert advice in "\n".join(refusal(cell))


@pytest.mark.parametrize(
    ("cells", "advice"),
    [
        (["items", "length", "2"], "Write `items    length ==    2`."),
        (["items length", "==", "2"], "Write `items    length ==    2`."),
        (["length(items)", ">=", "2"], "Write `items    length >=    2`."),
        (["status", "not", "PAID"], "Write `status    !=    PAID`."),
        (["status", "like", "PA%"], "Write `status    ^=    PA`."),
        (["status", "in", "(PAID, NEW)"], "Write `$.status in PAID, NEW`."),
        (["status", "matches", "/PAID/"], "Write `$.status matches PAID`."),
        (["status == NEW", "or", "status == PAID"], "`PATH in A, B`"),
    ],
)
def test_what_was_meant_by_several_cells_is_told(cells: list[str], advice: str) -> None:
    assert advice in "\n".join(refusal(*cells))


@pytest.mark.parametrize(
    ("written", "operator", "expected"),
    [
        ("== ==", "==", "PAID"),
        ("== =", "==", "PAID"),
        ("contains contains", "contains", "PAID"),
        ("not contains contains", "not contains", "PAID"),
        ("contains not contains", "not contains", "PAID"),
        ("> =", ">=", "PAID"),
        ("< >", "!=", "PAID"),
        ("! =", "!=", "PAID"),
        ("!= matches", "not matches", "PAID"),
        ("!= ^=", "not ^=", "PAID"),
        ("!= in", "not in", "PAID"),
        ("!= starts with", "not ^=", "PAID"),
        ("== not in", "not in", "PAID"),
        ("== matches", "matches", "PAID"),
        ("!= not $=", "not $=", "PAID"),
        ("== length ==", "length ==", "2"),
        ("== does not exist", "does not exist", ""),
        ("!= exists", "does not exist", ""),
    ],
)
def test_two_operators_in_a_row_are_refused_for_the_one_that_was_meant(
    written: str, operator: str, expected: str
) -> None:
    assert same(proposed(f"status {written} {expected}".rstrip()), "status", operator, expected)


doubled = st.sampled_from(sorted(OPERATORS)), st.sampled_from(sorted(OPERATORS)), st.sampled_from(VALUES)


@given(*doubled)
def test_an_operator_behind_an_operator_is_refused_or_may_be_prose(outer: str, inner: str, value: str) -> None:
    if not OPERATORS[outer].takes_expected or OPERATORS[outer].of_length:
        return
    text = f"{inner} {value}"
    try:
        (condition,) = parse_conditions([f"$.a {outer} {text}"])
    except KeywordMisused as refused:
        if '"' not in str(refused).split("\n")[-1]:  # no regular expression
            assert OPERATORS[outer].asks == "matches"
            return
        (quoted,) = parse_conditions([f'$.a {outer} "{text}"'])
        assert quoted.operator.name == OPERATORS[outer].name
    else:
        assert inner.replace(" ", "").isalpha()
        assert condition.expected == text


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("a == in progress", "in progress"),
        ("a contains does not exist", "it does not exist"),
        ("a contains in use", "port in use"),
        ("a == exists already", "exists already"),
        ("a == -5", -5),
        ("a == *", "*"),
        ("a == =", "="),
        ("a == <html>", "<html>"),
        ("a == ==>", "==>"),
        ("a ^= #", "#1"),
        ('a == "== PAID"', "== PAID"),
        ('a in "== PAID", B', "== PAID"),
        ('a matches "/PAID/"', "to /PAID/ it"),
        ("a matches /api/orders/", "/api/orders/7"),
        ('a in "(A)"', "(A)"),
        ("a in (A), (B)", "(A)"),
        ("a == 1,2,3", "1,2,3"),
        ('a == "9,50"', "9,50"),
        ("length == 2", None),
    ],
)
def test_what_can_be_meant_is_taken(cell: str, value: Any) -> None:
    assert holds(cell, on={"length": 2} if value is None else {"a": value})


@pytest.mark.parametrize("expected", ["in progress", "exists", "matches", "9,50", "contains nuts, and more"])
def test_prose_in_a_cell_of_its_own_is_taken(expected: str) -> None:
    assert holds("a", "==", expected, on={"a": expected})


@pytest.mark.parametrize("cells", [{"a": "== x"}, {"a": "matches x"}])
def test_a_dictionary_has_any_text(cells: Any) -> None:
    assert holds(cells, on=cells)


@pytest.mark.parametrize(
    ("condition", "value", "met"),
    [
        ("a not matches ^PA.D", "PAID", False),
        ("a not matches ^PA.D", "NEW", True),
        ("a not in PAID, NEW", "PAID", False),
        ("a not in PAID, NEW", "SENT", True),
        ("a not in 1, 2", 2, False),
        ("a not ^= PA", "PAID", False),
        ("a not ^= PA", "NEW", True),
        ("a not $= ID", "PAID", False),
        ("a not $= ID", "NEW", True),
        ("a length == 2", [1, 2], True),
        ("a length == 2", [1], False),
        ("a length != 2", [1], True),
        ("a length != 2", [1, 2], False),
        ("a length >= 1", "", False),
        ("a length > 3", "four", True),
        ("a length < 3", {"b": 1, "c": 2}, True),
        ("a length <= 2", {"b": 1, "c": 2, "d": 3}, False),
        ("a length == 1", "\N{LATIN SMALL LETTER U WITH DIAERESIS}", True),
        ("a length == 2.0", [1, 2], True),
        ("a[*] length == 2", ["x", "xy"], True),
        ("a[*] length != 2", ["x", "xy"], False),
        ("a[*] length != 2", ["x", 7], True),
    ],
)
def test_negations_and_lengths(condition: str, value: Any, met: bool) -> None:
    assert holds(condition, on={"a": value}) is met


@pytest.mark.parametrize("operator", ["==", "!=", ">", ">=", "<", "<="])
@pytest.mark.parametrize("value", [None, 2, 2.5, True])
def test_what_has_no_length_meets_no_length(operator: str, value: Any) -> None:
    assert not holds(f"a length {operator} 2", on={"a": value})
    assert not holds(f"b length {operator} 2", on={"a": value})


@pytest.mark.parametrize("operator", ["not matches", "not in", "not ^=", "not $="])
def test_a_missing_field_meets_no_negation(operator: str) -> None:
    assert not holds(f"b {operator} x", on={"a": 1})


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        ("a length == 3", "$.a had the length 2: [1, 2]"),
        ("b length == 3", "$.b was null, which has no length"),
        ("c length == 3", "$.c is missing (there are a, b)"),
        ("a[*] length == 1", "$.a[*] was 1, 2, which has no length"),
    ],
)
def test_a_length_is_told_with_what_has_it(condition: str, text: str) -> None:
    judged = parse_conditions([condition]).judge(an_event({"a": [1, 2], "b": None}))
    assert judged.texts == (text,)


@pytest.mark.parametrize(
    ("marker", "advice"),
    [
        ("#? does not match x", "Write `#? not matches x`."),
        ("#? == == x", "Write `#? == x`."),
        ("#? > = 3", "Write `#? >= 3`."),
        ("#? in (A, B)", "Write `#? in A, B`."),
        ("#? between 1 and 5", "One end is written `#? >= 1`"),
        ("#? ~ 9.99", "Write `#? == 9.99`."),
        ("#? like PA%", "Write `#? ^= PA`."),
        ("#? has length 2", "Write `#? length == 2`."),
    ],
)
def test_a_condition_in_an_expected_document_is_told_likewise(marker: str, advice: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        parse_likeness({"a": marker})
    assert advice in str(refused.value)


@pytest.mark.parametrize(
    ("marker", "alike", "unlike"),
    [
        ("#? not matches ^PA", "NEW", "PAID"),
        ("#? not in NEW, SENT", "PAID", "NEW"),
        ("#? not ^= PA", "NEW", "PAID"),
        ("#? not $= ID", "NEW", "PAID"),
        ("#? length == 2", [1, 2], [1]),
        ("#? length > 2", "NEW", None),
    ],
)
def test_an_expected_document_takes_the_same_operators(marker: str, alike: Any, unlike: Any) -> None:
    likeness = parse_likeness({"a": marker})
    assert not list(likeness.differences({"a": alike}))
    assert list(likeness.differences({"a": unlike}))
