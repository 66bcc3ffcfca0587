"""Columns that a connector writes as texts, counts and objects of its own: days, intervals, geometries."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from KafkaLibrary.fields import NOT_SENT, CountedInterval, CountedMoment, Geometry, Interval, NanoInterval
from KafkaLibrary.row_changes import geometry, intervals
from KafkaLibrary.serialization.connect_types.one_type import Logical, Misfit, Read, Write
from KafkaLibrary.serialization.values import phrases, times
from KafkaLibrary.serialization.values.binary import base64_text, bytes_of
from KafkaLibrary.serialization.values.numbers import whole

# Texts to which the connector gave a zone that their columns do not have

_DAY_OF_UTC = re.compile(r"-?\d{4,}-\d\d-\d\dZ", re.ASCII)


_UTC = re.compile(r"[0-9:.]+Z", re.ASCII)


def _read_iso_moment(value: Any) -> Any:
    """A column without a zone, to which the connector gave one."""
    if not isinstance(value, str):
        raise Misfit("be a text", value)
    return CountedMoment(value)


def _read_iso_time(value: Any) -> Any:
    if not isinstance(value, str):
        raise Misfit("be a text", value)
    return value[:-1] if _UTC.fullmatch(value) else value


def _write_iso_time(value: Any) -> Any:
    if not isinstance(value, str):
        raise Misfit(phrases.time(9), value)
    return value if times.time_of(9)(value) is None else f"{value}Z"


def _write_iso_moment(value: Any) -> Any:
    if isinstance(value, str):
        return value if times.moment_of(value, zoned=False) is None else f"{value}Z"
    moment = times.moment_of(value, zoned=True) or times.moment_of(value, zoned=False)
    if moment is None:
        raise Misfit(phrases.moment(9, zoned=False), value)
    return times.moments("Z")(*moment)


def _read_iso_day(value: Any) -> Any:
    if not isinstance(value, str):
        raise Misfit("be a text", value)
    return value[:-1] if _DAY_OF_UTC.fullmatch(value) else value


def _write_iso_day(value: Any) -> Any:
    days = None if isinstance(value, int) else times.days_of(value)
    if days is not None:
        return f"{times.date_text(days)}Z"
    if isinstance(value, str):
        return value
    raise Misfit(phrases.DATE, value)


ISO_DAY = Logical(_read_iso_day, _write_iso_day)
ISO_TIME = Logical(_read_iso_time, _write_iso_time)
ISO_MOMENT = Logical(_read_iso_moment, _write_iso_moment)

# Intervals: their texts, and counts in which a month has 30.4375 days

_SPAN = "be an interval such as P1M2DT3H4M5.5S"


def _span_of(value: Any) -> intervals.Span | None:
    if isinstance(value, timedelta):
        return intervals.Span(0, value // timedelta(microseconds=1) * 1000)
    return intervals.read_span(value) if isinstance(value, str) else None


def _interval(kind: type[str]) -> Read:
    def read(value: Any) -> Any:
        if not isinstance(value, str):
            raise Misfit(_SPAN, value)
        return value if value in NOT_SENT else kind(value)

    return read


def _write_interval(value: Any) -> Any:
    span = _span_of(value)
    if span is None:
        raise Misfit(_SPAN, value)
    return value if isinstance(value, str) and _AS_DEBEZIUM.fullmatch(value) else intervals.iso_text(span)


_AS_DEBEZIUM = re.compile(r"P-?\d+Y-?\d+M-?\d+DT-?\d+H-?\d+M-?[\d.]+S", re.ASCII)


def _by_depth(for_conditions: Read, for_testers: Read) -> Callable[[str], Read]:
    """A condition knows the type of what it compares; what a tester gets is the plain text or number."""
    return lambda depth: for_testers if depth == "read_own" else for_conditions


def _count(kind: type[int]) -> Read:
    def read(value: Any) -> Any:
        if type(value) is not int:
            raise Misfit("be a whole number", value)
        return kind(value)

    return read


def _counted_interval(kind: type[CountedInterval]) -> Logical:
    def write(value: Any) -> Any:
        span = _span_of(value)
        number = whole(value if span is None else span.counted(kind.digits))
        if number is None:
            raise Misfit(f"be a whole number, or {_SPAN.removeprefix('be ')}", value)
        return int(number)

    return Logical(_count(kind), write, _by_depth(_count(kind), _count(int)))


INTERVAL = Logical(_interval(Interval), _write_interval, _by_depth(_interval(Interval), _interval(str)))
INTERVAL_MICROS = _counted_interval(CountedInterval)
INTERVAL_NANOS = _counted_interval(NanoInterval)

# Geometries: objects with the bytes of one, and of a point its coordinates


def _read_geometry(value: Any) -> Any:
    if not isinstance(value, dict):
        raise Misfit("be an object with a wkb", value)
    raw, srid = bytes_of(dict.get(value, "wkb")), dict.get(value, "srid")
    found = geometry.from_wkb(raw, srid if type(srid) is int else None) if raw else None
    return value if found is None else Geometry(value, found.text)


def _geometry_write(*, is_point: bool) -> Write:
    def write(value: Any) -> Any:
        if isinstance(value, Mapping):
            return value
        found = geometry.from_text(value) if isinstance(value, str) else None
        if found is None or (is_point and (found.kind != geometry.POINT or not found.coordinates)):
            raise Misfit("be an object with a wkb, or a text such as POINT(1 2)", value)
        coordinates = dict(zip("xy", found.coordinates, strict=False)) if is_point else {}
        return {**coordinates, "wkb": base64_text(geometry.to_wkb(found)), "srid": found.srid}

    return write


GEOMETRY = Logical(_read_geometry, _geometry_write(is_point=False))
POINT = Logical(_read_geometry, _geometry_write(is_point=True))
