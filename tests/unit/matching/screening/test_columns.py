"""What waits remember of the same events changes nothing that a wait finds, and spares the next one their JSON."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any

import orjson
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Event, FirstLook, PlainRecord
from KafkaLibrary.matching import Columns, Conditions, KeptColumns, Screen, parse_conditions
from KafkaLibrary.matching.screening import columns as room
from KafkaLibrary.matching.screening.columns import Column
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder
from tests.unit.matching.screening.test_screen import AS_JSON, an_event, leaves, spelled, texts

OFTEN = 5
FOUND = FoundDecoder()


class Remembered:
    """Events that stay the same, looked at by one wait after the other."""

    def __init__(self, values: Sequence[bytes | None], look: FirstLook = AS_JSON) -> None:
        self.values = values
        self.look = look
        self.kept = KeptColumns()
        self.columns = Columns()

    def found(self, conditions: Conditions, *, judge_all: bool = False) -> list[int]:
        """The places of candidates, by the last of several waits that ask the same."""
        for _ in range(OFTEN):
            found = self.found_once(conditions, judge_all=judge_all)
        return found

    def found_once(self, conditions: Conditions, *, judge_all: bool = False) -> list[int]:
        screen = Screen(conditions, judge_all=judge_all, kept=self.kept)
        return list(screen.candidates(records(self.values), self.values, 1, self.look, self.columns))


def records(values: Sequence[bytes | None]) -> list[PlainRecord]:
    return [PlainRecord(("orders", 0, offset), (1, 0), None, raw) for offset, raw in enumerate(values)]


def orders(count: int = 100) -> list[bytes | None]:
    return [b'{"orderId": %d, "ref": "R-%d", "status": "NEW"}' % (number, number) for number in range(count)]


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        (["orderId == 42"], [42]),
        (["orderId", "==", 42], [42]),
        (["ref == R-42"], [42]),
        (['ref == "R-42"'], [42]),
        (["orderId >= 98"], [98, 99]),
        (["ref $= -7"], [7]),
        (["status == PAID"], []),
        (["note exists"], []),
        (["orderId >= 40", "ref in R-3, R-42"], [42]),
        (["status == NEW", "orderId == 7"], [7]),
    ],
)
@pytest.mark.parametrize("judge_all", [False, True])
def test_what_was_asked_often_is_decoded_no_more(cells: list[Any], places: list[int], judge_all: bool) -> None:
    decoded: list[bytes] = []

    def read(raw: bytes) -> Any:
        decoded.append(raw)
        return orjson.loads(raw)

    events = Remembered(orders(), FirstLook(read, is_json=True))
    conditions = parse_conditions(cells)
    assert events.found(conditions, judge_all=judge_all) == places
    decoded.clear()
    assert events.found(conditions, judge_all=judge_all) == places
    assert not decoded


@pytest.mark.parametrize(
    ("cell", "raw"),
    [
        ("orderId == 42", b'{"orderId": 42.0}'),
        ("orderId == 42", b'{"orderId": 4.2e1}'),
        ("orderId == 42", b'{"orderId": "42"}'),
        ("orderId == 42", rb'{"orderId": "\u0034\u0032"}'),
        ("orderId == 42", rb'{"\u006frderId": 42}'),
        ("orderId == 12345678901234567890123", b'{"orderId": 12345678901234567890123}'),
        ("orderId == 42.0", b'{"orderId": 42}'),
        ("orderId == true", b'{"orderId": true}'),
        ("orderId == null", b'{"orderId": null}'),
        ("orderId == 2026-11-03T12:00Z", b'{"orderId": "2026-11-03T13:00:00+01:00"}'),
        ('orderId == {"n": 1}', rb'{"orderId": "{\"n\":1.0}"}'),
        ("orderId.n == 1", rb'{"orderId": "{\"n\":1}"}'),
        ("orderId[0] == 1", b'{"orderId": [1]}'),
        ("orderId != 42", b'{"orderId": 43}'),
        ("orderId does not exist", b'{"status": "NEW"}'),
        ("orderId == 42", b'\xef\xbb\xbf{"orderId": 42}'),
        ("orderId == 42", b'{"orderId": 41, "orderId": 42}'),
    ],
)
def test_another_spelling_is_found_as_before(cell: str, raw: bytes) -> None:
    conditions = parse_conditions([cell])
    assert conditions.matches(an_event(raw))
    assert 50 in Remembered([*[b'{"orderId": 7}'] * 50, raw, None, b"no JSON"]).found(conditions)


def test_a_number_is_not_taken_for_true() -> None:
    events = Remembered([b'{"n": 1}', b'{"n": true}', b'{"n": "1"}', b'{"n": "true"}'] * 20)
    assert events.found(parse_conditions(["n == 1"])) == [*sorted([*range(0, 80, 4), *range(2, 80, 4)])]
    assert events.found(parse_conditions(["n == true"])) == [*sorted([*range(1, 80, 4), *range(3, 80, 4)])]


def test_what_its_headers_or_an_envelope_tell_is_left_to_the_conditions() -> None:
    look = FirstLook(orjson.loads, is_json=True, apart=lambda records, values: [3])
    assert Remembered(orders(), look).found(parse_conditions(["orderId == 42"])) == [3, 42]
    envelope = b'{"schema": {"type": "struct", "fields": []}, "payload": {"orderId": 42}}'
    events = Remembered([*orders(), envelope], FOUND.first_look)
    assert 100 in events.found(parse_conditions(["orderId == 42"]))


def test_another_way_to_read_the_values_is_not_answered_by_what_the_first_found() -> None:
    events = Remembered(orders())
    assert events.found(parse_conditions(["orderId == 42"])) == [42]
    events.look = FirstLook(lambda raw: {"orderId": 43}, is_json=False)
    assert events.found(parse_conditions(["orderId == 43"])) == [*range(100)]


def test_as_it_stands_is_another_path() -> None:
    events = Remembered([rb'{"a": "{\"b\": 1}"}'] * 40)
    assert events.found(parse_conditions(["a.b == 1"])) == [*range(40)]
    assert events.found(parse_conditions(["a == 1"])) == []


class Status(str, Enum):
    """As applications name theirs."""

    PAID = "PAID"


def test_a_text_may_be_of_a_class_of_its_own() -> None:
    events = Remembered([*[b'{"status": "NEW"}'] * 40, b'{"status": "PAID"}'])
    assert events.found(parse_conditions([{"status": Status.PAID}])) == [40]


def test_columns_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_BOUND", 250)
    kept, conditions = KeptColumns(), parse_conditions(["orderId == 42"])
    parts = [Remembered(orders()) for _ in range(4)]
    for part in parts:
        part.kept = kept
        assert part.found(conditions) == [42]
    assert [_has_one(part) for part in parts] == [False, False, True, True]
    assert parts[0].found(conditions) == [42]


def test_more_events_than_there_is_room_for_are_not_decoded_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_BOUND", 250)
    made: list[Column] = []

    def noted(*given: Any) -> Column:
        made.append(Column(*given))
        return made[-1]

    monkeypatch.setattr(room, "Column", noted)
    kept, conditions = KeptColumns(), parse_conditions(["orderId == 4711"])
    parts = [Remembered(orders()) for _ in range(10)]
    for part in parts:
        part.kept = kept
    for _ in range(40):
        assert [part.found_once(conditions) for part in parts] == [[]] * len(parts)
    assert len(made) <= 3 * len(parts), "and not each time that a wait has asked four times"


def _has_one(part: Remembered) -> bool:
    return any(one.column is not None for one in part.columns.values())


def test_the_paths_of_some_events_have_a_bound() -> None:
    events = Remembered(orders())
    for number in range(20):
        events.found(parse_conditions([f"field{number} == 1"]))
    assert len(events.columns) <= room._PATHS


@given(
    raws=st.lists(st.one_of(spelled(), st.binary(max_size=20), texts.map(str.encode), st.none()), max_size=8),
    asked=st.lists(
        st.tuples(
            st.sampled_from(["$.a", "b", "a.c", "a[0]", "$.a", "b"]),
            st.sampled_from(["==", "==", "==", "!=", "contains", "^=", ">=", "<", "in", "exists"]),
            leaves,
        ),
        min_size=1,
        max_size=2,
    ),
    strict=st.booleans(),
    judge_all=st.booleans(),
    as_found=st.booleans(),
    from_event=st.booleans(),
)
def test_each_wait_finds_what_it_finds_by_judging_all(
    raws: list[bytes | None],
    asked: list[tuple[str, str, Any]],
    strict: bool,
    judge_all: bool,
    as_found: bool,
    from_event: bool,
) -> None:
    if from_event:  # what is in a value is asked for more often than by chance
        asked = [(path, operator, _value_of(raws, path, value)) for path, operator, value in asked]
    try:
        parsed = [
            parse_conditions([path, operator] if operator == "exists" else [path, operator, value], strict=strict)
            for path, operator, value in asked
        ]
    except KeywordMisused:
        assume(False)
    conditions = Conditions([one for conditions in parsed for one in conditions])
    values = [*raws, *[b'{"a": 1, "b": "x"}'] * 40]
    look = FOUND.first_look if as_found else AS_JSON
    found = Remembered(values, look).found(conditions, judge_all=judge_all)
    assert outcomes(conditions, values, found, judge_all) == outcomes(conditions, values, range(len(values)), judge_all)


def _value_of(raws: Sequence[bytes | None], path: str, otherwise: Any) -> Any:
    for raw in raws:
        try:
            results = parse_conditions([path, "exists"])[0].path.find(Event(records([raw])[0], FOUND))
        except Undecodable:
            continue
        if results and isinstance(results[0], (str, int)):
            return results[0]
    return otherwise


def outcomes(
    conditions: Conditions, values: Sequence[bytes | None], places: Sequence[int], judge_all: bool
) -> list[tuple[int, str]]:
    """What a wait makes of the events at these places; what can't be judged counts where all has to be."""
    found: list[tuple[int, str]] = []
    for place in places:
        try:
            if conditions.matches(an_event(values[place])):
                found.append((place, "matched"))
        except Undecodable as reason:
            if judge_all:
                found.append((place, str(reason)))
    return found
