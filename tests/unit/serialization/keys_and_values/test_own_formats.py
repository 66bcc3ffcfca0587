"""Functions of the tester's own between the bytes of events and values: gzip, MessagePack, a cipher."""

from __future__ import annotations

import gzip
import json
import sys
from datetime import datetime, timezone
from decimal import Decimal
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Decoded, Event, Fields, PlainRecord
from KafkaLibrary.serialization.schemas.schema_argument import SchemaSource
from KafkaLibrary.serialization.topics.topic_formats import TopicDecoder, TopicFormats

GZIP = "own:gzip.decompress, gzip.compress"
MESSAGE_PACK = "own:msgpack.unpackb, msgpack.packb"
CIPHER = "own:examples.orders_in_cipher"


class Pair(NamedTuple):
    first: int
    second: str


class Failing(Exception):
    """What a function of a tester's may raise."""


def part(name: Any, which: Any = "value", source: SchemaSource | None = None) -> Any:
    return TopicFormats(None).part(name, source, which)


def read(name: Any, raw: bytes, depth: Any = "read_own") -> Decoded:
    found: Decoded = part(name).read(raw, (), depth)
    return found


def written(name: Any, value: Any, which: Any = "value") -> bytes:
    raw = part(name, which).write(value, "orders").raw
    assert raw is not None
    return bytes(raw)


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Any:
    made = ModuleType("codecs_of_a_test")
    monkeypatch.setitem(sys.modules, made.__name__, made)
    return made


NAME = "own:codecs_of_a_test"


@pytest.mark.parametrize("name", [f"{GZIP}:json", MESSAGE_PACK, CIPHER, f"{GZIP}:{MESSAGE_PACK}"])
@pytest.mark.parametrize("value", [{"orderId": 42, "total": 1.5, "tags": ["a", None]}, ["a"], 7, True])
def test_what_was_written_is_read_again(name: str, value: Any) -> None:
    raw = written(name, value)
    for depth in ("read", "read_exact", "read_own"):
        assert read(name, raw, depth).content == value
    if isinstance(value, dict | list):
        assert read(name, written(name, json.dumps(value))).content == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
)


@given(JSON.filter(lambda value: value is not None))
def test_any_value_comes_back_out_of_message_pack(value: Any) -> None:
    assert read(MESSAGE_PACK, msgpack.packb(value)).content == value


def test_bytes_that_a_function_gives_are_read_by_the_format_behind_it() -> None:
    assert read(f"{GZIP}:json", gzip.compress(b'"a"')) == Decoded("a", f"{GZIP}:json")
    assert read(f"{GZIP}:text", gzip.compress(b"{}")) == Decoded("{}", "text", schema=f"after {GZIP}")
    assert read(f"{GZIP}:long", gzip.compress(bytes(7) + b"\x05")).content == 5


def test_without_a_format_behind_it_each_value_tells() -> None:
    assert read(GZIP, gzip.compress(b'{"a": 1}')) == Decoded({"a": 1}, f"{GZIP}:json")
    assert read(GZIP, gzip.compress(b"hello")).format == "text"
    read_as_bytes = read(GZIP, gzip.compress(b"\xff"))
    assert (read_as_bytes.content, read_as_bytes.format, read_as_bytes.schema) == (b"\xff", "bytes", f"after {GZIP}")
    assert read_as_bytes.note.startswith("not JSON: ")
    assert read_as_bytes.note.endswith(f", after {GZIP}")


def test_the_format_behind_it_may_have_a_schema() -> None:
    source = SchemaSource(text='{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}')
    packed = part(f"{GZIP}:avro", source=source)
    raw = packed.write({"id": 42}, "orders").raw
    assert gzip.decompress(raw) == b"\x54"
    assert packed.read(raw, (), "read_own").content == {"id": 42}


def test_data_of_a_cloud_event_may_be_in_it() -> None:
    packed = part(f"cloudevents:{GZIP}:json")
    raw, headers = packed.write({"type": "Placed", "source": "/shop", "data": {"id": 42}}, "orders")
    assert gzip.decompress(raw) == b'{"id":42}'
    assert packed.read(raw, headers, "read_own").content["data"] == {"id": 42}


def test_what_writes_headers_stands_in_front_of_it() -> None:
    with pytest.raises(KeywordMisused, match="write it in front, cloudevents:own:"):
        written(f"{GZIP}:cloudevents", {"type": "a", "source": "b"})


def test_a_key_is_given_as_it_is() -> None:
    assert written(MESSAGE_PACK, "{42", "key") == msgpack.packb("{42")
    decoder = TopicDecoder(part(None), part(MESSAGE_PACK, "key"))
    event = Event(PlainRecord(("orders", 0, 1), (1, 1), msgpack.packb({"id": 7}), None), decoder)
    assert (event.key, event.value, event.is_tombstone) == ({"id": 7}, None, True)


def test_text_that_begins_like_json_has_to_be_json() -> None:
    with pytest.raises(KeywordMisused, match="not JSON"):
        written(MESSAGE_PACK, '{"a": ')


@pytest.mark.parametrize(
    ("given_back", "content"),
    [
        ({1: "a", "b": (1, 2)}, {"1": "a", "b": [1, 2]}),
        ({"raw": b"\x01"}, {"raw": "AQ=="}),
        (Pair(1, "b"), [1, "b"]),
        (Decimal("1.10"), Decimal("1.10")),
        (bytearray(b'{"a": 1}'), {"a": 1}),
        (memoryview(b'{"a": 1}'), {"a": 1}),
        ("a text", "a text"),
    ],
)
def test_values_that_have_a_form_in_json_are_taken(given_back: Any, content: Any, module: Any) -> None:
    module.decode = lambda raw: given_back
    assert read(NAME, b"x").content == content


@pytest.mark.parametrize(
    ("given_back", "said"),
    [
        (None, "'codecs_of_a_test' returned nothing (None)"),
        ({1, 2}, "'codecs_of_a_test' returned no valid value: $ is {1, 2} (set)"),
        ({"a": [{"b": SimpleNamespace(c=1)}]}, "$.a[0].b is namespace(c=1) (SimpleNamespace)"),
        ({"a": datetime(2026, 5, 31, tzinfo=timezone.utc)}, "$.a is datetime"),
        ({(1, 2): 3}, "a name at $ is (1, 2) (tuple)"),
        (object, "(type)"),
    ],
)
def test_what_is_no_value_is_told_with_its_place(given_back: Any, said: str, module: Any) -> None:
    module.decode = lambda raw: given_back
    with pytest.raises(Undecodable) as reason:
        read(NAME, b"x")
    assert said in str(reason.value)
    assert str(reason.value).endswith("; it begins with 78")


def test_nesting_without_end_is_told(module: Any) -> None:
    endless: list[Any] = []
    endless.append(endless)
    module.decode = lambda raw: endless
    with pytest.raises(Undecodable, match="nested too deeply"):
        read(NAME, b"x")


def test_whatever_a_function_raises_is_a_reason(module: Any) -> None:
    def decode(raw: bytes) -> Any:
        raise Failing("the key\nis wrong")

    module.decode = decode
    with pytest.raises(Undecodable, match="by 'codecs_of_a_test': Failing: the key is wrong; it begins with"):
        read(NAME, b"x")
    with pytest.raises(Undecodable, match=r"BadGzipFile.*; it begins with 78"):
        read(GZIP, b"x")
    with pytest.raises(Undecodable, match=r"not JSON: .*, after own:gzip"):
        read(f"{GZIP}:json", gzip.compress(b"x"))


OF_ROBOT = type("TimeoutError", (Exception,), {"__module__": "robot.errors"})


@pytest.mark.parametrize("kind", [KeyboardInterrupt, OF_ROBOT])
def test_what_stops_a_test_is_no_reason(kind: type[BaseException], module: Any) -> None:
    def stop(_: Any) -> Any:
        raise kind

    module.decode = module.encode = stop
    with pytest.raises(kind):
        read(NAME, b"x")
    with pytest.raises(kind):
        written(NAME, 1)


def test_a_function_is_called_once_for_the_same_bytes(module: Any) -> None:
    calls = []

    def decode(raw: bytes) -> Any:
        calls.append(raw)
        if raw == b"b":
            raise Failing
        return {"a": [1]}

    module.decode = decode
    known = part(NAME)
    for depth in ("read", "read_exact", "read_own"):
        assert known.read(b"a", (), depth).content == {"a": [1]}
        with pytest.raises(Undecodable):
            known.read(b"b", (), depth)
    assert calls == [b"a", b"b"]


def test_what_is_changed_in_a_value_changes_no_other(module: Any) -> None:
    module.decode = lambda raw: {"a": [1]}
    known = part(NAME)
    first = known.read(b"a", (), "read_own").content
    first["a"].append(2)
    assert isinstance(first, Fields)
    assert known.read(b"a", (), "read").content == {"a": [1]}


def test_what_is_kept_has_a_bound(module: Any) -> None:
    module.decode = lambda raw: raw
    known = part(f"{NAME}:bytes")
    for number in range(10):
        known.read(bytes([number]) * 3_000_000, (), "read")
    assert sum(map(len, known._known)) <= 12_000_000


# Names.


class Instance:
    """As testers may write one."""

    def decode(self, raw: bytes) -> Any:
        return {"from": type(self).__name__}


@pytest.mark.parametrize("given_as", [Instance, Instance(), SimpleNamespace(decode=lambda raw: {"from": "Instance"})])
def test_functions_may_be_those_of_an_object(given_as: Any, module: Any) -> None:
    module.codec = given_as
    assert read(f"{NAME}.codec", b"x").content == {"from": "Instance"}
    assert read(given_as, b"x").content == {"from": "Instance"}


def test_a_function_itself_may_be_given() -> None:
    assert read(gzip.decompress, gzip.compress(b'{"a": 1}')).content == {"a": 1}
    assert part(gzip.decompress).name == "own:decompress"


def test_a_keyword_is_asked_for_where_there_is_no_function() -> None:
    formats, keywords = TopicFormats(None), {"Unpack An Order": gzip.decompress}
    unpack = formats.part("own:Unpack An Order:json", None, "value", None, keywords.get)
    assert unpack.read(gzip.compress(b"5"), (), "read").content == 5
    with pytest.raises(KeywordMisused, match="There is no function, module or keyword 'Pack An Order'"):
        formats.part("own:Unpack An Order, Pack An Order", None, "value", None, keywords.get)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("own", "names no functions"),
        ("own:", "names no functions"),
        ("own:a, b, c", "names no functions"),
        ("own:gzip.decompress,", "names no functions"),
        ("own:no_such_module", "There is no function, module or keyword 'no_such_module'"),
        ("own:gzip.decompres", "'gzip' has no 'decompres'. Did you mean 'decompress'"),
        ("own:gzip.GzipFile.raed", "'GzipFile' has no 'raed'. Did you mean 'read'"),
        ("own:math", "'math' is not a function, and has neither decode nor encode"),
        ("own:math.pi", "'math.pi' is not a function"),
        ("own:gzip.decompress, math.pi", "'math.pi' is not a function"),
        ("own:gzip.decompress:jsn", "There is no format 'jsn'. Did you mean 'json'"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(name: str, said: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        part(name)
    assert said in str(refused.value)


def test_a_module_that_can_not_be_imported_says_why(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "needs_another.py").write_text("import no_such_module_at_all\n")
    (tmp_path / "raises_at_once.py").write_text("raise RuntimeError('no key')\n")
    with pytest.raises(KeywordMisused, match="'needs_another' can't be imported: No module named"):
        part("own:needs_another")
    with pytest.raises(KeywordMisused, match=r"'raises_at_once\.decode' can't be imported: RuntimeError: no key"):
        part("own:raises_at_once.decode")


# What can't be written.


def test_what_only_reads_publishes_nothing() -> None:
    with pytest.raises(KeywordMisused, match=r"Nothing can be published by own:gzip.decompress, which can only read"):
        written("own:gzip.decompress:json", {"a": 1})


def test_what_only_writes_reads_nothing(module: Any) -> None:
    module.encode = msgpack.packb
    assert written(NAME, {"a": 1}) == msgpack.packb({"a": 1})
    with pytest.raises(Undecodable, match="'codecs_of_a_test' has nothing that reads"):
        read(NAME, b"x")


def test_what_a_function_can_not_write_is_refused_with_its_reason(module: Any) -> None:
    with pytest.raises(KeywordMisused, match=r"can't write dict: TypeError: (.|\n)*, gzip\.compress:json"):
        written(GZIP, {"a": 1})
    module.encode = str
    with pytest.raises(KeywordMisused, match="'codecs_of_a_test' returned str, but an event needs bytes"):
        written(NAME, 5)


def test_no_value_is_told_from_its_bytes_alone() -> None:
    look = part(GZIP).first_look
    assert (look.read, look.is_json, look.pick) == (None, False, None)
    with pytest.raises(KeywordMisused, match=r"own:MODULE\.FUNCTION"):
        part("gzp")
