"""The trace of an event, in the forms that tracers write."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.matching import State, parse_conditions
from KafkaLibrary.matching.conditions.unmet_conditions import state_of
from KafkaLibrary.matching.paths.trace_ids import traces_of
from tests.unit.matching.samples import an_event

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
LOW = TRACE[16:]
SHORT = LOW.zfill(32)


@pytest.mark.parametrize(
    ("headers", "trace"),
    [
        ([("traceparent", f"00-{TRACE}-{SPAN}-03".encode())], TRACE),
        ([("traceparent", f"00-{TRACE.upper()}-{SPAN}-00".encode())], TRACE),
        ([("Traceparent", f"01-{TRACE}-{SPAN}-01-what-may-come".encode())], TRACE),
        ([("b3", f"{TRACE}-{SPAN}-1".encode())], TRACE),
        ([("b3", f"{LOW}-{SPAN}-1-{SPAN}".encode())], SHORT),
        ([("X-B3-TraceId", LOW.encode())], SHORT),
        ([("x-datadog-trace-id", str(int(LOW, 16)).encode())], SHORT),
        (
            [
                ("x-datadog-trace-id", str(int(LOW, 16)).encode()),
                ("x-datadog-tags", f"_dd.p.dm=-0,_dd.p.tid={TRACE[:16]},x=1".encode()),
            ],
            TRACE,
        ),
        (
            [("x-datadog-trace-id", b"42"), ("X-Datadog-Tags", f"_dd.p.tid={TRACE[:16]}".encode())],
            f"{TRACE[:16]}{42:016x}",
        ),
        ([("elasticapmtraceparent", bytes.fromhex(f"0000{TRACE}01{SPAN}0201"))], TRACE),
        ([("uber-trace-id", f"{LOW.lstrip('0')}:{SPAN}:0:1".encode())], SHORT),
        ([("X-Amzn-Trace-Id", f"Root=1-{TRACE[:8]}-{TRACE[8:]};Parent={SPAN};Sampled=1".encode())], TRACE),
    ],
)
def test_one_trace_in_each_form(headers: Any, trace: str) -> None:
    assert traces_of(headers) == [trace]


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("traceparent", None)],
        [("traceparent", b"00-4bf9-1-01")],
        [("traceparent", f"00-{'0' * 32}-{SPAN}-01".encode())],
        [("b3", b"0")],
        [("x-datadog-trace-id", b"12ab")],
        [("elasticapmtraceparent", b"\0" * 12)],
        [("elasticapmtraceparent", f"00-{TRACE}-{SPAN}-01".encode())],
        [("ce_traceparent", f"00-{TRACE}-{SPAN}-01".encode())],
    ],
)
def test_what_names_no_trace(headers: Any) -> None:
    assert traces_of(headers) == []


def test_of_several_the_last_comes_first_and_each_once() -> None:
    other = "7" * 32
    headers = [
        ("traceparent", f"00-{TRACE}-{SPAN}-01".encode()),
        ("b3", f"{TRACE}-{SPAN}-1".encode()),
        ("traceparent", f"00-{other}-{SPAN}-03".encode()),
    ]
    assert traces_of(headers) == [other, TRACE]


@given(st.lists(st.tuples(st.sampled_from(["traceparent", "b3", "x-datadog-trace-id", "x"]), st.binary(max_size=60))))
def test_no_header_is_a_trouble(headers: Any) -> None:
    assert all(len(trace) == 32 for trace in traces_of(headers))


def judged(*cells: Any, headers: Any) -> State:
    (condition,) = parse_conditions(cells)
    return state_of(condition, an_event(headers=headers))[0]


B3 = (("b3", f"{LOW}-{SPAN}-1".encode()),)


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        ([f"trace == {LOW}"], True),
        ([f"trace == {SHORT}"], True),
        ([f"trace == {SHORT.upper()}"], True),
        (["trace", "==", f"00-{SHORT}-{'1' * 16}-00"], True),
        ([f"trace in {TRACE}, {LOW}"], True),
        (["trace", "in", [TRACE, LOW]], True),
        ([f"trace == {TRACE}"], True),
        ([f"trace != {TRACE}"], False),
        ([f"trace == {TRACE[:16]}{TRACE[:16]}"], False),
        ([f"trace not in {TRACE}, {TRACE[:16]}"], False),
        ([f"trace != {LOW}"], False),
        ([{"trace": LOW}], True),
        (["trace exists"], True),
        (["trace does not exist"], False),
    ],
)
def test_conditions_ask_for_the_trace_alone(cells: Any, held: bool) -> None:
    assert judged(*cells, headers=B3) is (State.HELD if held else State.FAILED)


def test_the_lower_half_of_an_id_is_that_trace_and_two_whole_ids_differ_in_both() -> None:
    whole = (("traceparent", f"00-{TRACE}-{SPAN}-01".encode()),)
    assert judged(f"trace == {LOW}", headers=whole) is State.HELD
    assert judged(f"trace == {'1' * 16}{LOW}", headers=whole) is State.FAILED


def test_an_event_without_a_trace_may_belong_to_any() -> None:
    assert judged(f"trace == {TRACE}", headers=()) is State.UNJUDGED
    assert judged(f"trace != {TRACE}", headers=()) is State.UNJUDGED
    assert judged("trace does not exist", headers=()) is State.HELD
    with pytest.raises(Undecodable, match="has no trace in its headers"):
        parse_conditions([f"trace == {TRACE}"]).matches(an_event(headers=()))


@pytest.mark.parametrize("cell", ["trace == PAID", "trace == 5", "trace in A, B", "trace =="])
def test_what_is_no_trace_is_refused_and_may_be_a_field(cell: str) -> None:
    with pytest.raises(KeywordMisused, match=r"A field of that name is `\$\.trace`\."):
        parse_conditions([cell])


@pytest.mark.parametrize("cell", [f"trace contains {LOW}", f"trace > {LOW}", f"trace matches {LOW}"])
def test_parts_of_a_trace_are_not_compared(cell: str) -> None:
    with pytest.raises(KeywordMisused, match="A trace can't be compared with"):
        parse_conditions([cell])


def test_fields_of_that_name_are_fields() -> None:
    assert parse_conditions(["trace.id == 5"]).texts == ("$.trace.id == 5",)
    assert parse_conditions(["$.trace == 5"])[0].path.asks_value
