"""What is said of paths that can't be read: the place, and the form to write instead."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.matching import Path, parse_path
from tests.unit.matching.samples import an_event


def refusal(path: str) -> str:
    with pytest.raises(KeywordMisused) as refused:
        parse_path(path)
    return str(refused.value)


def test_the_place_is_marked_and_the_form_to_write_is_given() -> None:
    assert refusal("$.customer.first name") == (
        "The path can't be read: a plain name can't hold a space.\n"
        "    $.customer.first name\n"
        "                    ^\n"
        "Other names go into brackets and quotes: `$.customer['first name']`."
    )


@pytest.mark.parametrize(
    ("path", "place", "advice"),
    [
        ("", 0, "A path is `$.order.id`"),
        (".a", 0, "Write `$.a`."),
        ("$a", 1, "Write `$.a`, or `$.$a`"),
        ("$ref.id", 1, "Write `$.ref.id`, or `$.$ref.id`"),
        ("$.", 2, "Write `$`."),
        ("$.a.", 4, "Write `$.a`."),
        ("$.a..", 5, "Write `$.a`."),
        ("$...a", 3, ""),
        ("$.a+b", 3, "A path has no arithmetic."),
        ("$.a * 2", 3, "Other names go into brackets"),
        ("$.type|id", 6, "Write one condition for each path."),
        ("$.a, $.b", 3, "Write one condition for each path."),
        ("$.a & $.b", 3, ""),
        ("$.a.`len`", 4, "A path has no functions."),
        ("$.items.length()", 14, "A path has no functions and no calculations."),
        ("$.a==1", 3, "An operator needs a space on both sides"),
        ("$.a[", 3, "It needs a `]`."),
        ("$.a['x]", 3, "It needs a `]`."),
        ("$.a[]", 4, "Brackets hold"),
        ("$.a]", 3, "There is no `[`"),
        ("$.a[name]", 4, "Write `['name']`."),
        ("$.a[(@.length-1)]", 4, "Brackets hold"),
        ("$.a[/x]", 4, "Brackets hold"),
        ("$.a/b", 3, "arithmetic"),
        ("$.a.'b'", 4, "Other names go into brackets and quotes: `$.a['b']`."),
        ("@.a", 0, "Write `$.a`."),
        ("topic.x", 5, "For a field of the value write `$.topic.x`."),
        ("offset[0]", 6, "For a field of the value write `$.offset[0]`."),
        ("headers[*]", 7, "Write `headers.NAME`"),
        ("headers.a[1:2]", 7, "Write `headers.NAME`"),
        ("headers.", 7, "Write `headers.NAME`"),
        ("headers[0]", 7, "Write `headers.NAME`"),
        ("$.items[?(@.a = = 1)]", 16, "A filter looks like"),
        ("$.items[?(@.größe > 1)]", 14, "A filter looks like"),
        ("$.items[?(@.a == 1]", 18, "A filter looks like"),
        ("$.größe[?(@.a == 1 1)]", 19, "A filter looks like"),
        ("$.items[1:x]", 10, "A filter looks like"),
    ],
)
def test_a_path_that_can_not_be_read_is_marked(path: str, place: int, advice: str) -> None:
    lines = refusal(path).split("\n")
    assert advice in lines[-1]
    marked = [line for line in lines if line.strip() == "^"]
    assert [line.index("^") - 4 for line in marked] == [place]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("$.items[?(@.a + 1 == 2)]", "A path has no arithmetic."),
        ("$.items[?(@.a == A1)]", "In a filter a text needs quotes."),
        ("$.items[?(@.ok == True)]", "In a filter `True` is written `true`."),
        ("$.items[?(@.ok != None)]", "In a filter `None` is written `null`."),
        ("$.items[?(@.a == 1 & @.b == 2)]", "In a filter, `and` is written `&&`."),
        ("$.items[?(@.a =~ '[')]", "The regular expression `[` can't be read"),
        ("$.items[?(@.`len` > 1)]", "A path has no functions."),
        ("$.items[?(@.a where @.b)]", "A path has no functions."),
        ("$.items[?(@.a == " + "9" * 5000 + ")]", "a number that is too long"),
    ],
)
def test_what_would_silently_mean_something_else_is_refused(path: str, reason: str) -> None:
    assert reason in refusal(path)


def test_the_mark_stands_under_its_place_behind_wide_characters() -> None:
    assert refusal("$.注文 番号").split("\n")[1:3] == ["    $.注文 番号", "          ^"]


def test_a_long_path_is_cut_around_the_place() -> None:
    shown, caret = refusal("$." + "a" * 500 + " " + "b" * 500).split("\n")[1:3]
    assert len(shown) < 130
    assert shown[caret.index("^")] == " "


def test_a_line_break_in_a_path_stays_in_its_line() -> None:
    assert len(refusal("$.a\nb").split("\n")) == 4


pieces = st.sampled_from(
    [
        *("$", ".", "..", "[", "]", "*", "?", "(", ")", "@", "'", '"', "\\", ":", ",", "0", "-1", "a", "key"),
        *("==", " ", "&&", "||", "!", "=~", "true", "null", "`len`", "|", "+", "ü", "1.5", "9" * 20, "{", "\n"),
        *("headers", "/"),
    ]
)


@given(st.one_of(st.text(), st.lists(pieces).map("".join)))
@example("$[?(@.a == 1 || )]")
@example("$[?(" + "(" * 5000 + ")]")
@example("$" + "[?@" * 3000 + "]" * 3000)
def test_any_text_is_a_path_or_misused(text: str) -> None:
    try:
        path = parse_path(text)
    except KeywordMisused as refused:
        assert len(str(refused).split("\n")) <= 4  # noqa: PT017
    else:
        follow(path)


def follow(path: Path) -> None:
    value = {"a": [{"a": 1, "ü": None}, {"a": "x"}, [True], 1.5], "0": {"a": {"a": [10**30]}}}
    event = an_event(value, key=b'{"a": [1]}')
    for exact in (False, True):
        try:
            path.find(event, exact)
        except Undecodable:
            assert path.asks_value or path.origin == "key"
    path.near_names(event)
