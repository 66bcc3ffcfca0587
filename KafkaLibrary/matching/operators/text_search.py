"""``contains``, ``^=``, ``$=`` and ``matches``: a part, the beginning or the end of a text, a regular expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from KafkaLibrary.matching.by_type import ByType
from KafkaLibrary.matching.one_line_texts import json_text, show_value
from KafkaLibrary.matching.operators.equality import Check, equal_to, read_text, without_quotes
from KafkaLibrary.matching.operators.expected_value import ExpectedValue
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.bytes_as_text import no_text, text_of
from KafkaLibrary.matching.values.decisions import NEEDS_EXACT, Decision
from KafkaLibrary.matching.values.json_texts import Null
from KafkaLibrary.matching.values.not_sent import UNJUDGED, is_in_other_form, unless_sent
from KafkaLibrary.matching.values.numbers import is_number

Needle = str | bytes
Test = Callable[[Any], bool]
"""Whether a text, or bytes, have a needle of their own kind."""


def text_operator(test_for: Callable[[Any], Test]) -> Callable[[ExpectedValue], Check]:
    """The maker of checks that look at a text, and at the JSON text of numbers and booleans."""

    def make(wanted: ExpectedValue) -> Check:
        needle = _needle(wanted.expected)
        try:
            test = test_for(needle)
        except SyntaxFault as fault:
            quoted = isinstance(wanted.expected, str) and without_quotes(wanted.expected) is not None
            raise fault.moved(int(quoted)) from None
        table = _by_type_of_field(test, wanted.strict, isinstance(needle, bytes))
        return lambda found, exact: table[type(found)](found, exact)

    return make


def containment(wanted: ExpectedValue) -> Check:
    """A part of a text, an element of a list, or a name of an object."""
    expected = wanted.expected
    equal = equal_to(expected, wanted.strict)
    needle = _needle(expected) if _has_needle(expected) else None
    name = text_of(needle) if isinstance(needle, bytes) else needle
    table = _by_type_of_field(lambda text: needle in text, wanted.strict, isinstance(needle, bytes))
    if needle is None:  # a list or the like is no part of a text, nor of bytes
        table = ByType({object: _never})

    def in_list(found: Sequence[Any], exact: bool) -> Decision:
        if is_in_other_form(found):
            return UNJUDGED
        return any_of(equal(element, exact) for element in found)

    table[list] = table[tuple] = in_list
    table[dict] = lambda found, exact: name is not None and name in found
    return lambda found, exact: table[type(found)](found, exact)


def any_of(decisions: Iterable[Decision]) -> Decision:
    """True where one of them is, else undecided where one of them is, else not judged where one of them is not."""
    unsettled: Decision = False
    for decision in decisions:
        if decision is True:
            return True
        if decision is not False and unsettled is not NEEDS_EXACT:
            unsettled = decision
    return unsettled


def _has_needle(expected: Any) -> bool:
    return isinstance(expected, (str, bytes, bool)) or is_number(expected)


def _needle(expected: Any) -> Needle:
    if isinstance(expected, str):
        return read_text(expected).text
    if isinstance(expected, bytes):
        return expected
    if not _has_needle(expected):
        raise SyntaxFault(f"This operator needs a text, not {show_value(expected)}.", 0)
    return json_text(expected)


def _by_type_of_field(test: Test, strict: bool, for_bytes: bool) -> ByType[Check]:
    """``for_bytes`` tells whether the test is one for bytes, which are then asked for those of a text."""

    def on_text(found: str, exact: bool) -> Decision:
        return test(found.encode("utf-8", "surrogatepass") if for_bytes else found)

    def on_json_text(found: Any, exact: bool) -> Decision:
        if isinstance(found, float) and not exact:
            return NEEDS_EXACT
        return on_text(json_text(found), exact)

    def on_bytes(found: bytes, exact: bool) -> Decision:
        if for_bytes:
            return test(found)
        text = text_of(found)
        return no_text(found) if text is None else test(text)

    of_others = _never if strict else on_json_text
    table: ByType[Check] = ByType({str: unless_sent(on_text), bytes: on_bytes, object: of_others})
    table.update(dict.fromkeys((bool, int, float, Decimal), of_others))
    table.update(dict.fromkeys((type(None), Null, list, tuple, dict), _never))
    return table


def _never(found: Any, exact: bool) -> Decision:
    return False


def starts_with(text: Needle) -> Test:
    return lambda found: found.startswith(text)


def ends_with(text: Needle) -> Test:
    return lambda found: found.endswith(text)


def matches(text: Needle) -> Test:
    """Raises ``SyntaxFault`` with the place in the regular expression."""
    pattern = read_pattern(text)
    return lambda found: pattern.search(found) is not None


_MAY_GO_BACK = set("*+?{")


def is_plain_pattern(pattern: Any) -> bool:
    """Whether a regular expression repeats nothing, so that to search for it takes no longer than to read the text."""
    return not isinstance(pattern, str) or not _MAY_GO_BACK & set(pattern)


_WITHOUT_CHOICE = re.compile(r"\\.|\{\d+\}", re.DOTALL)
_REPEATED_GROUP = re.compile(r"\)[*+{]")
_STEPS_MOST = 200_000


def may_take_long_on(pattern: Any, text: str | bytes) -> bool:
    """Whether to search a text for a pattern may take long.

    Each repetition may begin at each place of the text; one of a whole group is not told how often it goes back.
    """
    if is_plain_pattern(pattern):
        return False
    bare = _WITHOUT_CHOICE.sub("", pattern)
    repetitions = sum(map(bare.count, _MAY_GO_BACK))
    return _REPEATED_GROUP.search(bare) is not None or len(text) ** (repetitions + 1) > _STEPS_MOST


def read_pattern(text: Any) -> re.Pattern[Any]:
    """The regular expression that the text spells. Raises ``SyntaxFault`` with the place in it."""
    try:
        return re.compile(text)
    except (re.error, OverflowError, RecursionError) as reason:
        place = getattr(reason, "pos", None) or 0
        message = getattr(reason, "msg", str(reason))
        advice = r"Escape a literal character with a backslash, in Robot two: `\\(`."
        raise SyntaxFault(f"The regular expression can't be read: {message}.", place, advice) from None
