"""Columns that their schema tells apart from texts: intervals and geometries, and how a text stands to one.

An interval is compared by its length, in whichever form it is written; how long a month is nothing decides, but where a
connector has counted it. A geometry is compared by its coordinates with WKT, ``POINT(1 2)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from KafkaLibrary.fields import CountedInterval, Geometry, Interval
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.matching.values.decisions import Decision, Order, Unjudged

if TYPE_CHECKING:
    from KafkaLibrary.row_changes import geometry, intervals
else:
    geometry = LazyModule("KafkaLibrary.row_changes.geometry")
    intervals = LazyModule("KafkaLibrary.row_changes.intervals")

Rank = Callable[[Any, bool], Order]
_BEGIN_NUMBERS = frozenset("+-0123456789")
_SHORTEST_WKT = len("(1,2)")
KINDS = (Interval, CountedInterval, Geometry)


def ranks_of_intervals(text: str) -> Mapping[type, Rank]:
    """By their types, how fields that are intervals stand to the one that a text is; nothing for another text."""
    if not _may_be_interval(text):
        return {}
    wanted = intervals.read_span(text)
    if wanted is None:
        return {}
    counts: dict[int, Decimal] = {}

    def of_text(found: Interval, exact: bool) -> Order:
        span = intervals.read_span(found)
        return None if span is None else _by_length(found, span, text, wanted)

    def of_count(found: CountedInterval, exact: bool) -> Order:
        count = counts.setdefault(found.digits, wanted.counted(found.digits))
        return (found > count) - (found < count)

    return {Interval: of_text, CountedInterval: of_count}


def _by_length(found: str, span: intervals.Span, text: str, wanted: intervals.Span) -> Order:
    order = intervals.order(span, wanted)
    return Unjudged(f"how {found} compares with {text} depends on how long a month is") if order is None else order


def order_by_duration(text: str) -> Callable[[str], Order] | None:
    """How texts stand to a duration of ISO 8601, ``PT5M``, no schema needed; nothing where ``text`` is none.

    Letters would put five minutes behind thirty. The order is nothing for a field that is no duration.
    """
    wanted = _duration(text)
    if wanted is None:
        return None
    known = wanted

    def rank(found: str) -> Order:
        span = _duration(found)
        return None if span is None else _by_length(found, span, text, known)

    return rank


def _duration(text: str) -> intervals.Span | None:
    return intervals.read_span(text) if "P" in text[:2] else None


def checks_of_columns(text: str) -> Mapping[type, Callable[[Any, bool], Decision]]:
    """By their types, whether fields equal what a text writes otherwise; nothing for another text."""
    checks: dict[type, Callable[[Any, bool], Decision]] = {
        kind: _is_equal(rank) for kind, rank in ranks_of_intervals(text).items()
    }
    if _may_be_wkt(text):
        wanted = geometry.from_text(text)
        if wanted is not None:
            known = wanted

            def is_same(found: Geometry, exact: bool) -> bool:
                one = geometry.from_text(found.wkt)
                return one is not None and geometry.same(one, known)

            checks[Geometry] = is_same
    return checks


def _is_equal(rank: Rank) -> Callable[[Any, bool], Decision]:
    def check(found: Any, exact: bool) -> Decision:
        order = rank(found, exact)
        return order if isinstance(order, Unjudged) else order == 0

    return check


def same_column(found: Any, text: str) -> Decision:
    """Whether a field of these types is what a text writes."""
    checks = checks_of_columns(text)
    check = next((checks[kind] for kind in type(found).__mro__ if kind in checks), None)
    return False if check is None else check(found, True)


def _may_be_interval(text: str) -> bool:
    return "P" in text[:2] or (text[:1] in _BEGIN_NUMBERS and any(sign in text for sign in " :"))


def _may_be_wkt(text: str) -> bool:
    return len(text) >= _SHORTEST_WKT and text.rstrip()[-1:] in ")Yy"
