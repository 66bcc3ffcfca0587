"""Paths with a filter ``[?(@.a == 1)]``, slice, union or ``..``: read and followed by jsonpath-ng, or faster.

Only what stands in JSONPath's standard goes through: its arithmetic, functions, sorting and joins
are refused, because they turn a slip of the pen into a result without an error.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, NamedTuple

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.matching.one_line_texts import quoted, show_text
from KafkaLibrary.matching.paths.descents import Found, follow_of
from KafkaLibrary.matching.paths.grammar import DESCEND, EVERY, Bracket, Segment
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.json_texts import document_in, shallow_copy, unfolded, values_in
from KafkaLibrary.matching.values.numbers import double

_STANDARD = ("Root", "This", "Child", "Fields", "Wildcard", "Index", "Slice", "Descendants", "Filter")
_ALLOWED = frozenset((*_STANDARD, "Expression", "And", "Or"))
_REFUSED = {
    "Operation": "A path has no arithmetic.",
    "SortedThis": "A path can't sort.",
    "_Union": "A path has no union `|`.",
    "_Intersect": "In a filter, `and` is written `&&`.",
}
_BELOW = ("left", "right", "target", "value")
_PLACE = re.compile(r"col (\d+)|at \d+:(\d+)")
_FORMS = "A filter looks like `[?(@.sku == 'A1')]` or `[?(@['größe'] > 2)]`, a slice like `[1:3]`."


class Expression(NamedTuple):
    """A path that jsonpath-ng follows.

    ``filters`` is true where it picks by values; then ``picks_exactly`` says that doubles can't
    do that, as with integers over 64 bits. ``descends`` is true where it looks at any depth.
    """

    follow: Callable[[Any], list[Any]]
    filters: bool
    picks_exactly: bool
    descends: bool

    def find(self, picked_from: Any, wanted: Any, *, exact: bool, into_texts: bool) -> list[Any]:
        """The results in ``wanted``, at the places that the path picks in the same document.

        jsonpath-ng doesn't order a ``Decimal``, so filters look at doubles and the values at
        these places are then taken as they are. Raises ``Undecodable``.
        """
        with _undecodable_where_it_fails():
            document = _with_doubles(picked_from) if self.filters else wanted
            found = self.follow(document)
            in_texts = self._in_texts(document, found) if into_texts else []
            if document is wanted and not in_texts:
                return [datum.value for datum in found]
            return [_at(wanted, steps, exact) for steps in _places(in_texts, found)]

    def found_at(self, document: Any, *, into_texts: bool) -> list[tuple[str | int, ...]]:
        """The names and indexes that lead to each result. Raises ``Undecodable``."""
        with _undecodable_where_it_fails():
            found = self.follow(_with_doubles(document))
            return _places(self._in_texts(document, found) if into_texts else [], found)

    def _in_texts(self, document: Any, found: list[Any]) -> list[Any]:
        """The results where each text that is JSON counts as what it spells; none where that makes no difference.

        What is found at any depth without them is what was meant.
        """
        if found and self.descends:
            return []
        opened = unfolded(document)
        return [] if opened is document else self.follow(_with_doubles(opened))


def _places(*results: list[Any]) -> list[tuple[str | int, ...]]:
    """The names and indexes that lead to results, each once."""
    return list(dict.fromkeys(tuple(_steps(datum)) for found in results for datum in found))


@contextmanager
def _undecodable_where_it_fails() -> Iterator[None]:
    try:
        yield
    except RecursionError:
        raise Undecodable("The value is nested too deeply for this path.") from None
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as reason:
        raise Undecodable(f"The path can't be followed in the value: {reason}.") from None


def read_expression(segments: tuple[Segment, ...]) -> Expression:
    """What jsonpath-ng makes of the segments, if that is needed. Raises ``SyntaxFault``."""
    follow = follow_of([step for step, _ in segments])
    if follow is not None:
        return Expression(follow, False, False, True)
    # Slow to import, and few tests need it.
    from jsonpath_ng.exceptions import JSONPathError  # noqa: PLC0415
    from jsonpath_ng.ext.parser import parse  # noqa: PLC0415

    text, origins = _spelled(segments)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", DeprecationWarning)
        try:
            tree = parse(text)
        except JSONPathError as reason:
            raise SyntaxFault("The path can't be read here.", _place(str(reason), origins), _FORMS) from None
        except (ValueError, RecursionError):
            raise SyntaxFault("The path holds a number that is too long, or too much.", segments[0].place) from None
    first = next(place for step, place in segments if step is DESCEND or isinstance(step, Bracket))
    for warning in warned:
        _refuse_deprecated(str(warning.message), first, text)
    nodes = list(_nodes(tree))
    for node in nodes:
        _check(node, first)
    comparisons = [node for node in nodes if type(node).__name__ == "Expression"]
    descends = any(step is DESCEND for step, _ in segments)
    return Expression(tree.find, bool(comparisons), any(map(_needs_exact, comparisons)), descends)


_CONSTANT = re.compile(r"[=<>!]\s*(True|False|None)\b")
_WRITTEN = {"True": "true", "False": "false", "None": "null"}


def _refuse_deprecated(warning: str, place: int, path: str) -> None:
    # jsonpath-ng announced that it will read both of these in another way.
    if "nquoted word" in warning:
        constant = _CONSTANT.search(path)
        if constant:
            word = _WRITTEN[constant[1]]
            raise SyntaxFault(
                f"In a filter `{constant[1]}` is written `{word}`.", place, f"Write `[?(@.a == {word})]`."
            )
        raise SyntaxFault("In a filter a text needs quotes.", place, "Write `[?(@.status == 'PAID')]`.")
    if "`&`" in warning:
        raise SyntaxFault(_REFUSED["_Intersect"], place, "Write `[?(@.sku == 'A1' && @.count > 2)]`.")


def _check(node: Any, place: int) -> None:
    kind = type(node).__name__
    if kind not in _ALLOWED:
        reason = _REFUSED.get(kind, "A path has no functions.")
        raise SyntaxFault(reason, place, "A path has names, indexes, slices, `..` and filters only.")
    if kind == "Expression" and node.op == "=~":
        try:
            re.compile(node.value)
        except (re.error, TypeError) as reason:
            shown = show_text(str(node.value))
            raise SyntaxFault(f"The regular expression `{shown}` can't be read: {reason}.", place) from None


def _needs_exact(comparison: Any) -> bool:
    value = comparison.value
    if isinstance(value, int):
        return not -(2**63) <= value < 2**64
    return _is_query(value)


def _nodes(tree: Any) -> Iterator[Any]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        parts = [getattr(node, name, None) for name in _BELOW]
        parts += [*getattr(node, "expressions", ()), *getattr(node, "operands", ())]
        waiting += filter(_is_query, parts)


def _is_query(part: Any) -> bool:
    return hasattr(part, "find") and not isinstance(part, str)


def _spelled(segments: tuple[Segment, ...]) -> tuple[str, list[tuple[int, Segment]]]:
    """The path with every name in quotes, as jsonpath-ng reads any of them, and where each segment went."""
    pieces = ["$"]
    origins = []
    length = 1
    for segment in segments:
        step = segment.step
        if isinstance(step, Bracket):
            piece = step.text
        elif step is DESCEND:
            piece = ".."
        elif step is EVERY:
            piece = "*" if pieces[-1] == ".." else "[*]"
        else:
            piece = f"[{step}]" if isinstance(step, int) else f"[{quoted(str(step))}]"
        origins.append((length, segment))
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), origins


def _place(reason: str, origins: list[tuple[int, Segment]]) -> int:
    """The place in the tester's path that jsonpath-ng's message means."""
    found = _PLACE.search(reason)
    column = int(found[1] or found[2]) if found else origins[-1][0]
    start, segment = next((known for known in reversed(origins) if known[0] <= column), origins[0])
    inside = column - start if isinstance(segment.step, Bracket) else 0
    return segment.place + max(0, inside)


def _with_doubles(document: Any) -> Any:
    """The document itself, or a copy with doubles where it has a ``Decimal``."""
    if isinstance(document, Decimal):
        return double(document)
    if not any(isinstance(value, Decimal) for value in values_in(document)):
        return document
    copy = shallow_copy(document)
    waiting = [copy]
    while waiting:
        container = waiting.pop()
        for name, value in list(container.items() if isinstance(container, dict) else enumerate(container)):
            if isinstance(value, Decimal):
                container[name] = double(value)
            elif isinstance(value, (dict, list)):
                container[name] = shallow_copy(value)
                waiting.append(container[name])
    return copy


def _steps(datum: Any) -> list[Any]:
    if isinstance(datum, Found):
        return datum.steps
    steps = []
    while datum.context is not None:
        path = datum.path
        steps.append(path.fields[0] if hasattr(path, "fields") else path.indices[0])
        datum = datum.context
    return steps[::-1]


def _at(document: Any, steps: tuple[str | int, ...], exact: bool) -> Any:
    for step in steps:
        document = (document_in(document, exact) if isinstance(document, str) else document)[step]
    return document
