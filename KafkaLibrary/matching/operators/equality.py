"""``==``, ``!=`` and the members of ``in``: equal by the field's own type for a text, else as it is."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from KafkaLibrary.matching.by_type import ByType
from KafkaLibrary.matching.one_line_texts import json_text
from KafkaLibrary.matching.values.bytes_as_text import no_text, text_of
from KafkaLibrary.matching.values.columns import KINDS, checks_of_columns, same_column
from KafkaLibrary.matching.values.connect_decimals import of_equal
from KafkaLibrary.matching.values.decisions import NEEDS_EXACT, Decision
from KafkaLibrary.matching.values.json_texts import Null, document_in
from KafkaLibrary.matching.values.not_sent import LENGTHS, UNJUDGED, is_not_sent
from KafkaLibrary.matching.values.numbers import Number, is_number, number, order, read_number
from KafkaLibrary.matching.values.other_dates import check_of_equal
from KafkaLibrary.matching.values.times import aware, check_of_moment, same_moment

Check = Callable[[Any, bool], Decision]
"""Takes a field and whether its numbers are exact."""

_CONSTANTS: dict[str, bool | None] = {
    "true": True,
    "True": True,
    "false": False,
    "False": False,
    "null": None,
    "None": None,
}
_NO_JSON = object()
NOT_FINITE = {
    "NaN": math.nan,
    "nan": math.nan,
    "Infinity": math.inf,
    "inf": math.inf,
    "-Infinity": -math.inf,
    "-inf": -math.inf,
}
"""How JSON of connectors, and Python, write what JSON has no number for."""


class Text(NamedTuple):
    """An expected text and all that it can stand for."""

    text: str
    number: Number | None = None
    document: Any = _NO_JSON
    constant: Any = _NO_JSON

    @property
    def is_constant(self) -> bool:
        """Whether it can stand for true, false or null."""
        return self.constant is not _NO_JSON

    @property
    def typed(self) -> Any:
        """The value that JSON reads in it; the text itself where it reads none."""
        if self.number is not None:
            return self.number.exact
        known = self.constant if self.constant is not _NO_JSON else self.document
        return self.text if known is _NO_JSON else known


def read_text(cell: str) -> Text:
    """What an expected text stands for; double quotes around it make it a text only."""
    inner = without_quotes(cell)
    if inner is not None:
        return Text(inner)
    return Text(cell, read_number(cell), read_document(cell), _CONSTANTS.get(cell, _NO_JSON))


def without_quotes(cell: str) -> str | None:
    """What stands between one pair of double quotes around the whole cell."""
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else None


def text_as_it_is(expected: Any, strict: bool) -> Any:
    """A text that was not written in a cell, as a cell would have it.

    Where types count it is a text only, and quotes around it are its own. Else it may stand for a value of another
    type, for Robot makes texts of what is written in a dictionary or a list.
    """
    if isinstance(expected, str) and (strict or without_quotes(expected) is not None):
        return f'"{expected}"'
    return expected


def as_in_cell(expected: Any) -> Any:
    """A number or a truth value, or a list of them, as the texts that a cell has; another value as it is.

    What is compared so has no types: one producer's 3 and another one's ``"3"`` are the same bytes in a header.
    """
    if is_number(expected) or isinstance(expected, bool):
        return json_text(expected)
    if isinstance(expected, (list, tuple)):
        return [as_in_cell(one) for one in expected]
    return expected


def read_document(text: str) -> Any:
    """The list or dictionary that the text spells in JSON, with exact numbers; else a mark of its own."""
    if text.lstrip()[:1] not in ("[", "{"):
        return _NO_JSON
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, ArithmeticError, RecursionError):
        return _NO_JSON


def is_document(value: Any) -> bool:
    """Whether ``read_document`` found one."""
    return value is not _NO_JSON


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def equal_to(expected: Any, strict: bool) -> Check:
    """The check whether a field equals ``expected``."""
    if not isinstance(expected, str):
        return lambda field, exact: same(field, expected, strict, exact)
    wanted = read_text(expected)
    if strict:
        return _equal_to_typed(wanted)
    table = _by_type_of_field(wanted)
    table.update(checks_of_columns(wanted.text))
    if wanted.text in NOT_FINITE and without_quotes(expected) is None:
        table[float] = _equal_to_no_number(NOT_FINITE[wanted.text])
    return lambda field, exact: table[type(field)](field, exact)


def only_equal(expected: Any) -> tuple[Any, ...] | None:
    """The texts and integers of which a field has to be one to equal ``expected``, if it is a text or an integer.

    Nothing where others may equal it, too: a time, or a document, has many spellings.
    """
    if type(expected) is int:
        return (expected,)
    if not isinstance(expected, str):
        return None
    wanted = read_text(expected)
    if wanted.is_constant or is_document(wanted.document) or check_of_moment(wanted.text, (0,)) is not None:
        return None
    if wanted.number is None:
        return (wanted.text,)
    exact = wanted.number.exact
    return (wanted.text, exact) if type(exact) is int and wanted.text == str(exact) else None


def _equal_to_typed(wanted: Text) -> Check:
    typed = wanted.typed
    is_moment = _check_of_moment(wanted.text)

    def check(field: Any, exact: bool) -> Decision:
        if isinstance(field, datetime):
            return is_moment(field, exact)
        return same(field, typed, True, exact)

    return check


def _equal_to_no_number(wanted: float) -> Check:
    if math.isnan(wanted):
        return lambda field, exact: math.isnan(field)
    # A number of JSON that no double holds is infinite, too, until it is read exactly.
    return lambda field, exact: field == wanted and (exact or NEEDS_EXACT)


def _check_of_moment(text: str) -> Check:
    """Whether a field is the text, or the same point in time."""
    check = check_of_moment(text, (0,))
    if check is None:
        said_of = check_of_equal(text)
        if said_of is None:
            return lambda field, exact: bool(field == text)
        return lambda field, exact: field == text or (isinstance(field, str) and said_of(field)) or False
    return lambda field, exact: field == text or check(field) or False


def _or_decimal(equals_text: Check, wanted: Number) -> Check:
    as_decimal = of_equal(wanted)

    def check(field: Any, exact: bool) -> Decision:
        return equals_text(field, exact) or (isinstance(field, str) and as_decimal(field)) or False

    return check


def _by_type_of_field(wanted: Text) -> ByType[Check]:
    text, wanted_number, document, constant = wanted
    integer = wanted_number and wanted_number.exact
    equals_text = _check_of_moment(text)
    if wanted_number is not None:
        equals_text = _or_decimal(equals_text, wanted_number)

    def equals_number(field: Any, exact: bool) -> Decision:
        return False if wanted_number is None else _are_equal(field, wanted_number, exact)

    def equals_integer(field: Any, exact: bool) -> Decision:
        return bool(field == integer)

    def equals_document(field: Any, exact: bool) -> Decision:
        return document is not _NO_JSON and same(field, document, False, exact)

    def equals_text_or_document(field: Any, exact: bool) -> Decision:
        return bool(field == text) or equals_document(field, exact)

    def equals_bytes(field: bytes, exact: bool) -> Decision:
        if constant is None or document is not _NO_JSON:
            return False
        found = text_of(field)
        if found is None:  # whatever they are, only no bytes are the empty text
            return no_text(field) if text else not field
        return equals_text(found, exact)

    return ByType(
        {
            str: _if_sent(wanted, equals_text if document is _NO_JSON else equals_text_or_document),
            Null: lambda field, exact: False,
            bool: lambda field, exact: field is constant,
            type(None): lambda field, exact: constant is None,
            int: equals_integer if isinstance(integer, int) else equals_number,
            float: equals_number,
            Decimal: equals_number,
            list: equals_document,
            tuple: equals_document,
            dict: equals_document,
            bytes: equals_bytes,
            datetime: equals_text,
            object: lambda field, exact: json_text(field) == text,
        }
    )


def _if_sent(wanted: Text, equals: Check) -> Check:
    """What was not sent may be anything but null, and a test may ask for the very mark."""

    def check(field: str, exact: bool) -> Decision:
        if len(field) in LENGTHS and is_not_sent(field) and field != wanted.text:
            return UNJUDGED if wanted.constant is not None else False
        return equals(field, exact)

    return check


def _are_equal(field: Any, wanted: Number, exact: bool) -> Decision:
    found = order(field, wanted, exact)
    return found == 0 if found is None or isinstance(found, int) else found


def same(field: Any, expected: Any, strict: bool, exact: bool) -> Decision:
    """Whether two values are the same to the last element; numbers by value, and no boolean is one.

    Unless types count, an object or list is the same as a text that is the JSON of it.
    """
    unsettled: Decision = True
    pairs = [(field, expected)]
    while pairs:
        one, other = pairs.pop()
        decision: Decision = True
        if not isinstance(other, (dict, list, tuple)):
            decision = _LEAVES[type(other)](one, other, strict, exact)
        elif is_not_sent(one) and one != other:
            decision = UNJUDGED
        else:
            inner = _pairs_in(document_in(one, exact=True) if isinstance(one, str) and not strict else one, other)
            if inner is None:
                return False
            pairs.extend(inner)
        if decision is False:
            return False
        if decision is not True and unsettled is not NEEDS_EXACT:
            unsettled = decision
    return unsettled


def _pairs_in(one: Any, other: Any) -> Iterable[tuple[Any, Any]] | None:
    """The parts of two containers that stand beside each other; nothing where they are not of one form."""
    if isinstance(other, dict):
        if not isinstance(one, dict) or one.keys() != other.keys():
            return None
        return ((one[name], inner) for name, inner in other.items())
    if not isinstance(one, (list, tuple)) or len(one) != len(other):
        return None
    return zip(one, other, strict=True)


def _unlike(field: Any) -> Decision:
    """What is said of what is of another type than is expected: of bytes nobody knows what they stand for."""
    if is_not_sent(field):
        return UNJUDGED
    return no_text(field) if isinstance(field, bytes) and text_of(field) is None else False


def _same_number(field: Any, expected: Any, strict: bool, exact: bool) -> Decision:
    if not is_number(field):
        as_decimal = of_equal(number(expected))(field) if isinstance(field, str) and not strict else None
        return as_decimal or _unlike(field)
    decision = _are_equal(field, number(expected), exact)
    # Until it is read exactly, a float may be an integer of more than 64 bits.
    if decision is True and strict:
        return isinstance(field, int) == isinstance(expected, int)
    return decision


def _same_text(field: Any, expected: str, strict: bool, exact: bool) -> Decision:
    if isinstance(field, bytes):
        text = text_of(field)
        if text is None:
            return no_text(field) if expected else not field
        return not strict and _same_text(text, expected, strict, exact)
    if isinstance(field, KINDS) and not strict:
        return field == expected or same_column(field, expected)
    if not isinstance(field, str) or field == expected:
        return isinstance(field, str)
    if is_not_sent(field):
        return UNJUDGED
    return not strict and same_moment(field, expected)


def _same_boolean(field: Any, expected: bool, strict: bool, exact: bool) -> Decision:
    return field is expected or _unlike(field)


def _same_bytes(field: Any, expected: bytes, strict: bool, exact: bool) -> Decision:
    if isinstance(field, str) and not strict:
        return field.encode("utf-8", "surrogatepass") == expected
    return isinstance(field, bytes) and field == expected


def _same_moment(field: Any, expected: date, strict: bool, exact: bool) -> Decision:
    if isinstance(field, datetime) and isinstance(expected, datetime):
        return aware(field) == aware(expected)
    text = text_of(field) if isinstance(field, bytes) else field
    if text is None or strict:
        return _unlike(field) or bool(field == expected)
    return text == expected or same_moment(text, expected)


_LEAVES: ByType[Callable[[Any, Any, bool, bool], Decision]] = ByType(
    {
        str: _same_text,
        bool: _same_boolean,
        type(None): lambda field, expected, strict, exact: field is None,
        int: _same_number,
        float: _same_number,
        Decimal: _same_number,
        bytes: _same_bytes,
        date: _same_moment,
        object: lambda field, expected, strict, exact: bool(field == expected),
    }
)
