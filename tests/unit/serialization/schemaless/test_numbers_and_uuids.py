"""One number or one UUID, byte for byte as Kafka's own serializers in Java write them."""

from __future__ import annotations

import math
import re
import struct
import uuid
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.serialization.schemaless.numbers_and_uuids import PRIMITIVES
from KafkaLibrary.serialization.values.numbers import shortest_float

BITS = {"long": 64, "int": 32, "short": 16}
LAYOUTS = {"long": ">q", "int": ">i", "short": ">h", "double": ">d", "float": ">f"}


def write(name: str, value: Any) -> bytes:
    return PRIMITIVES[name].write(value)


def read(name: str, raw: bytes) -> Any:
    return PRIMITIVES[name].read(raw)


@st.composite
def integers(draw: st.DrawFn) -> tuple[str, int]:
    name = draw(st.sampled_from(sorted(BITS)))
    half = 2 ** (BITS[name] - 1)
    return name, draw(st.integers(-half, half - 1))


@given(integers())
def test_an_integer_is_big_endian_and_reads_as_it_was_written(named: tuple[str, int]) -> None:
    name, number = named
    raw = write(name, number)
    assert raw == number.to_bytes(BITS[name] // 8, "big", signed=True)
    assert read(name, raw) == number


@given(integers())
def test_an_integer_is_taken_as_text_and_as_a_whole_number_of_another_type(named: tuple[str, int]) -> None:
    name, number = named
    assert write(name, f" {number} ") == write(name, Decimal(number)) == write(name, number)


@given(st.sampled_from(sorted(BITS)), st.integers())
def test_an_integer_that_does_not_fit_is_refused(name: str, beyond: int) -> None:
    half = 2 ** (BITS[name] - 1)
    number = half + beyond if beyond >= 0 else beyond - half
    with pytest.raises(KeywordMisused, match=f"^format={name} needs a whole number from -{half} to {half - 1}, not "):
        write(name, number)


@pytest.mark.parametrize("name", sorted({*BITS, "integer", "double", "float"}))
@pytest.mark.parametrize("value", [True, "", "five", "0x10", "1_000", "٣", [5], b"\x05", "1e", "."])
def test_what_is_no_number_is_refused(name: str, value: Any) -> None:
    with pytest.raises(KeywordMisused, match=r"^format=\w+ needs a"):
        write(name, value)


@pytest.mark.parametrize("value", [0.5, "0.5", Decimal("1E+999999999"), "1e-999999", math.nan, math.inf, "NaN"])
def test_an_integer_takes_no_fraction_and_nothing_endless(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="needs a whole number"):
        write("long", value)


def test_a_number_that_is_whole_is_an_integer() -> None:
    assert [write("short", value) for value in (5.0, "5.0", "5e0", "+5")] == [b"\x00\x05"] * 4


@given(st.floats())
def test_a_double_has_the_bits_of_the_number(number: float) -> None:
    assert write("double", number) == struct.pack(">d", number)
    assert repr(read("double", write("double", number))) == repr(number)


@given(st.floats(width=32))
@example(1.401298464324817e-45)
@example(3.4028234663852886e38)
@example(-0.0)
def test_a_float_keeps_its_bits_both_ways(number: float) -> None:
    raw = struct.pack(">f", number)
    assert write("float", number) == raw
    assert math.isnan(number) or write("float", read("float", raw)) == raw


@pytest.mark.parametrize(
    "text", ["0.1", "16777216.0", "3.4028235e+38", "1e-45", "0.33333334", "-1.1754944e-38", "1e+10", "1.2621775e-29"]
)
def test_a_float_reads_as_the_shortest_decimal(text: str) -> None:
    assert read("float", struct.pack(">f", float(text))) == float(text)


@given(st.integers(1, 8), st.integers(0, 10**6), st.integers(-30, 30))
def test_no_shorter_decimal_is_the_same_float(digits: int, seed: int, exponent: int) -> None:
    number = struct.unpack(">f", struct.pack(">f", float(f"{seed}e{exponent}")))[0]
    shortest = shortest_float(number)
    shorter = float(f"{shortest:.{digits}g}")
    assert shorter == shortest or struct.pack(">f", shorter) != struct.pack(">f", number)


@pytest.mark.parametrize("value", [1e39, -1e39, "1e39", Decimal("1e400"), 10**400])
def test_a_float_that_does_not_fit_is_refused(value: Any) -> None:
    with pytest.raises(KeywordMisused, match=r"^format=float needs a number that 32 bits can hold, not "):
        write("float", value)


@pytest.mark.parametrize("value", ["1e309", Decimal("1e400"), 10**400])
def test_a_double_that_does_not_fit_is_refused(value: Any) -> None:
    with pytest.raises(KeywordMisused, match=r"^format=double needs a number that 64 bits can hold, not "):
        write("double", value)


@pytest.mark.parametrize("value", ["Infinity", "-Infinity", "NaN", Decimal("Infinity"), Decimal("NaN"), -math.inf])
def test_infinities_are_numbers_of_a_double(value: Any) -> None:
    assert repr(read("double", write("double", value))) == repr(float(value))


@given(st.sampled_from(sorted(LAYOUTS)), st.binary(max_size=12))
def test_the_wrong_number_of_bytes_is_said(name: str, raw: bytes) -> None:
    size = struct.calcsize(LAYOUTS[name])
    if len(raw) == size:
        read(name, raw)
        return
    with pytest.raises(Undecodable, match=rf"^not an? {name}: {len(raw)} bytes?, and an? {name} has {size}$"):
        read(name, raw)


def test_the_message_of_wrong_bytes() -> None:
    with pytest.raises(Undecodable) as caught:
        read("long", b"12345")
    assert str(caught.value) == "not a long: 5 bytes, and a long has 8"


def test_integer_is_another_name_of_int() -> None:
    assert PRIMITIVES["integer"] is PRIMITIVES["int"]


@given(st.uuids())
def test_a_uuid_is_its_text_in_lower_case(number: uuid.UUID) -> None:
    raw = str(number).encode()
    assert write("uuid", number) == write("uuid", str(number).upper()) == raw
    assert read("uuid", raw.upper()) == str(number)


_TEXT_OF_ONE = re.compile(rb"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


@given(st.binary(max_size=40))
def test_bytes_that_are_no_uuid_are_said(raw: bytes) -> None:
    assume(not _TEXT_OF_ONE.fullmatch(raw))
    with pytest.raises(Undecodable, match=r"^not a uuid: "):
        read("uuid", raw)


@pytest.mark.parametrize("value", ["", "42", 42, True, "123e4567e89b12d3a456426614174000"])
def test_what_is_no_uuid_is_refused(value: Any) -> None:
    with pytest.raises(KeywordMisused, match=r"^format=uuid needs a UUID such as "):
        write("uuid", value)


@pytest.mark.parametrize("name", sorted(LAYOUTS))
@pytest.mark.parametrize("text", ["1e999999999999999999999", "-1e999999999999999999999", "1e-999999999999999999999"])
def test_a_text_with_an_exponent_beyond_all_numbers_is_refused(name: str, text: str) -> None:
    with pytest.raises(KeywordMisused, match=f"^format={name} needs a .*number.*, not '{text}' "):
        write(name, text)
