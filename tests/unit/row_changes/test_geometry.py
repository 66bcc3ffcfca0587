"""Geometries of databases: their bytes and their texts."""

from __future__ import annotations

import base64
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.row_changes.geometry import Geometry, from_text, from_wkb, same, to_wkb


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("AQEAAAAAAAAAAADwPwAAAAAAAABA", "POINT(1 2)"),  # Debezium 3.6.1 of PostgreSQL's point
        ("AQEAAAAAAAAAAAD4v5x1AIg85Dd+", "POINT(-1.5 1e+300)"),
        ("AAAAAAE/8AAAAAAAAEAAAAAAAAAA", "POINT(1 2)"),  # the other order of bytes
    ],
)
def test_bytes_are_read(written: str, text: str) -> None:
    found = from_wkb(base64.b64decode(written))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("POINT (1 2)", "POINT(1 2)"),
        ("(1,2)", "POINT(1 2)"),
        ("( 1.0 , -2e1 )", "POINT(1 -20)"),
        ("point(1.0 2e0)", "POINT(1 2)"),
        ("POINTZ(1 2 3)", "POINT Z (1 2 3)"),
        ("POINT(1 2 3)", "POINT Z (1 2 3)"),
        ("POINT M (1 2 3)", "POINT M (1 2 3)"),
        ("POINT ZM(1 2 3 4)", "POINT ZM (1 2 3 4)"),
        ("POINT EMPTY", "POINT EMPTY"),
        ("LINESTRING(0 0, 1 1)", "LINESTRING(0 0,1 1)"),
        ("POLYGON((0 0,1 0,1 1,0 0),(2 2,3 3,4 4,2 2))", "POLYGON((0 0,1 0,1 1,0 0),(2 2,3 3,4 4,2 2))"),
        ("MULTIPOINT(1 2,3 4)", "MULTIPOINT((1 2),(3 4))"),
        ("MULTILINESTRING((0 0,1 1),(2 2,3 3))", "MULTILINESTRING((0 0,1 1),(2 2,3 3))"),
        ("MULTIPOLYGON(((0 0,1 0,1 1,0 0)))", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))"),
        ("GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))", "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))"),
        ("SRID=4326;POINT(1 2)", "SRID=4326;POINT(1 2)"),
    ],
)
def test_texts_are_read_and_written(text: str, plain: str) -> None:
    found = from_text(text)
    assert found is not None
    assert found.text == plain
    again = from_wkb(to_wkb(found), found.srid)
    assert again is not None
    assert same(again, found)


@pytest.mark.parametrize(
    "text",
    ["", "POINT", "POINT(1)", "POINT(1 2", "POINT(1 2) x", "POINTS(1 2)", "LINESTRING(1 2,3)", "(1,2,3)", "(1;2)"],
)
def test_others_are_none(text: str) -> None:
    assert from_text(text) is None


def test_a_system_of_coordinates_counts_where_it_is_asked_for() -> None:
    here, there = from_text("SRID=4326;POINT(1 2)"), from_text("SRID=3857;POINT(1 2)")
    plain = from_text("POINT(1 2)")
    assert here is not None
    assert there is not None
    assert plain is not None
    assert same(here, plain)
    assert not same(here, there)
    assert not same(plain, here)


@given(st.binary(max_size=60))
def test_no_bytes_are_too_much(raw: bytes) -> None:
    found = from_wkb(raw)
    assert found is None or found.kind in range(1, 8)
    assert from_wkb(b"\1\7\0\0\0\1\0\0\0" * 100) is None


_NUMBER = st.floats(allow_nan=False, allow_infinity=False)
_POINT = st.tuples(_NUMBER, _NUMBER)


@given(st.lists(st.lists(_POINT, min_size=1, max_size=4), min_size=1, max_size=3))
def test_a_polygon_is_the_same_after_both_ways(rings: Any) -> None:
    one = Geometry(3, "", rings)
    read = from_text(one.text)
    assert read is not None
    assert same(read, one)
    again = from_wkb(to_wkb(one))
    assert again is not None
    assert same(again, one)
    assert all(math.isfinite(number) for ring in again.coordinates for point in ring for number in point)
