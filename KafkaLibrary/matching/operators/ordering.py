"""``>``, ``>=``, ``<`` and ``<=``: by number, as texts by their letters, or as points in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from KafkaLibrary.matching.by_type import ByType
from KafkaLibrary.matching.one_line_texts import json_text, show_value
from KafkaLibrary.matching.operators.equality import Check, read_text
from KafkaLibrary.matching.operators.expected_value import ExpectedValue
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.bytes_as_text import no_text, text_of
from KafkaLibrary.matching.values.columns import order_by_duration, ranks_of_intervals
from KafkaLibrary.matching.values.connect_decimals import of_no_order
from KafkaLibrary.matching.values.decisions import NEEDS_EXACT, Decision, Order, Unjudged
from KafkaLibrary.matching.values.json_texts import Null
from KafkaLibrary.matching.values.not_sent import unless_sent
from KafkaLibrary.matching.values.numbers import Number, is_number, number, order, read_number
from KafkaLibrary.matching.values.other_dates import check_of_order, reason_of_moment
from KafkaLibrary.matching.values.times import check_of_moment

Rank = Callable[[Any, bool], Order]
"""Gives below, at or above zero for a field, ``None`` where there is no order."""

_NUMBERS = (int, float, Decimal)
NOT_FINITE: dict[str, Order] = {"NaN": None, "Infinity": 1, "-Infinity": -1}
"""How connectors write doubles that JSON has no number for, and how these stand to any number."""
_UNORDERED = (bool, type(None), Null, list, tuple, dict)


def ordering(*accepted: int) -> Callable[[ExpectedValue], Check]:
    """The maker of checks that accept these ranks only, of -1, 0 and 1."""

    def make(wanted: ExpectedValue) -> Check:
        wanted = wanted.on_clock()
        ranks = _ranks(wanted)
        ranks[str] = unless_sent(ranks[str])

        def check(found: Any, exact: bool) -> Decision:
            rank = ranks[type(found)](found, exact)
            return rank in accepted if rank is None or isinstance(rank, int) else rank

        by_moment = check_of_moment(wanted.plain, accepted)
        return check if by_moment is None else _by_moment(by_moment, check, wanted.strict)

    return make


def _ranks(wanted: ExpectedValue) -> ByType[Rank]:
    expected, strict = wanted.expected, wanted.strict
    if isinstance(expected, str):
        return _ranks_of_text(expected, strict)
    table: ByType[Rank] = ByType({bool: _unordered, bytes: _by_bytes(_unordered), object: _unordered})
    if is_number(expected):
        table.update(dict.fromkeys(_NUMBERS, _by_number(number(expected))))
        table[str] = lambda found, exact: None if strict else of_no_order(found)
        table[int] = _by_integer(number(expected))
    elif not isinstance(expected, date):
        raise SyntaxFault(f"{show_value(expected)} has no order.", 0, "Compare it with `==` or `!=`.")
    return table


def _ranks_of_text(cell: str, strict: bool) -> ByType[Rank]:
    wanted = read_text(cell)
    by_number = _by_text(wanted.text)
    plain = by_text = by_number if strict else _unless_of_dates(wanted.text, by_number)
    durations = None if strict else order_by_duration(cell)
    if durations is not None:
        by_text = _by_duration(durations, plain)
    if wanted.number is not None:
        by_number = _by_number(wanted.number)
        by_text = _by_number_in_text(wanted.number, plain)
    if strict:
        by_number, by_text = (by_number, _unordered) if wanted.number else (_unordered, plain)
    table: ByType[Rank] = ByType({object: _unordered if strict else plain, str: by_text})
    table[bytes] = _by_bytes(by_text)
    table[datetime] = _unordered if strict else _of_no_date(wanted.text)
    table.update(dict.fromkeys(_NUMBERS, by_number))
    if wanted.number is not None:
        table[int] = _by_integer(wanted.number)
    table.update(dict.fromkeys(_UNORDERED, _unordered))
    if not strict:
        table.update(ranks_of_intervals(wanted.text))
    return table


def _unordered(found: Any, exact: bool) -> Order:
    return None


def _by_number(wanted: Number) -> Rank:
    return lambda found, exact: order(found, wanted, exact)


def _by_integer(wanted: Number) -> Rank:
    integer = wanted.exact
    if not isinstance(integer, int):
        return _by_number(wanted)
    # The same without the questions that only other numbers raise: every event of a wait may come through here.
    return lambda found, exact: (found > integer) - (found < integer)


def _by_number_in_text(wanted: Number, otherwise: Rank) -> Rank:
    def rank(found: str, exact: bool) -> Order:
        read = read_number(found)
        if read is not None:
            return order(read.exact, wanted, True)
        if found in NOT_FINITE:
            return NOT_FINITE[found]
        return of_no_order(found) or otherwise(found, exact)

    return rank


def _by_text(text: str) -> Rank:
    def rank(found: Any, exact: bool) -> Order:
        if isinstance(found, float) and not exact:
            return NEEDS_EXACT
        shown = json_text(found)
        return (shown > text) - (shown < text)

    return rank


def _unless_of_dates(text: str, by_letters: Rank) -> Rank:
    """By letters, but where one of both is a date, and the other is not or is written in another form."""
    said_of = check_of_order(text)
    if said_of is None:
        return by_letters
    return lambda found, exact: said_of(found) or by_letters(found, exact)


def _by_duration(durations: Callable[[str], Order], otherwise: Rank) -> Rank:
    def rank(found: str, exact: bool) -> Order:
        by_length = durations(found)
        return otherwise(found, exact) if by_length is None else by_length

    return rank


def _of_no_date(text: str) -> Rank:
    def rank(found: datetime, exact: bool) -> Order:
        reason = reason_of_moment(found.isoformat(), text)
        return Unjudged(reason) if reason else None

    return rank


def _by_bytes(by_text: Rank) -> Rank:
    def rank(found: bytes, exact: bool) -> Order:
        text = text_of(found)
        return no_text(found) if text is None else by_text(text, exact)

    return rank


def _by_moment(by_moment: Callable[[Any], Decision | None], otherwise: Check, strict: bool) -> Check:
    """By time where the field is one. Where types count a text is none."""

    def check(found: Any, exact: bool) -> Decision:
        if strict and not isinstance(found, datetime):
            return otherwise(found, exact)
        decision = by_moment(text_of(found) if isinstance(found, bytes) else found)
        return otherwise(found, exact) if decision is None else decision

    return check
