"""Events made of a description: valid ones at its limits, and broken ones with one fault, each proved by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.contracts import examples
from KafkaLibrary.contracts.contract import Contract
from KafkaLibrary.contracts.made_events.changes import Change, Judgement, Proved, Unmade, proved
from KafkaLibrary.contracts.made_events.json_changes import JsonChanges
from KafkaLibrary.contracts.schemas.parts import Part, Role
from KafkaLibrary.errors import KafkaLibraryError, KeywordMisused, Undecodable, did_you_mean
from KafkaLibrary.event import Decoder
from KafkaLibrary.keywords.calls.new_events import broken_events, described_events
from KafkaLibrary.keywords.calls.new_events.broken_events import Wish
from KafkaLibrary.keywords.calls.new_events.contract_examples import Given
from KafkaLibrary.keywords.calls.new_events.described_events import Described, OfContract, event_of
from KafkaLibrary.keywords.calls.new_events.outgoing_events import Writer
from KafkaLibrary.matching import parse_path, show_path, show_text
from KafkaLibrary.serialization.schemas.codecs import Codec
from KafkaLibrary.serialization.topics.topic_formats import TopicFormats

_MOST = 1_000
_PARTS_MOST = 100_000
"""Parts of values that are checked: an event of 400 fields may be made 250 times."""
_ROOTS: dict[Role, str] = {"value": "$", "key": "key", "headers": "headers"}
_OF_BYTES = ("cut", "wrong encoding", "wrong schema id", "wrong message index", "missing key", "tombstone")
_SHOWN = 200
_REASONS_MOST = 10
VALID_KINDS = (
    *("at minimum", "at maximum", "shortest", "longest", "edge of format", "allowed value", "null", "another type"),
    *("with the field", "left out", "unknown field", "fewest items", "most items", "fewest fields", "most fields"),
    "branch",
)


@dataclass(frozen=True, slots=True)
class MadeEvent:
    """An event that was made of a contract or schema, and is not published yet.

    ``name`` is the kind and the path, ``why`` says of a broken one what is wrong with it.
    """

    name: str
    kind: str
    path: str
    why: str
    message: str
    is_valid: bool
    outgoing: Outgoing = field(repr=False)
    good: Outgoing = field(repr=False)
    """The valid event of which it is a change at one place."""
    decoder: Decoder = field(repr=False)

    @property
    def topic(self) -> str:
        return self.outgoing.topic

    @property
    def value(self) -> Any:
        """As it is read; its bytes where that can't be done."""
        try:
            return event_of(self.outgoing, self.decoder).value
        except Undecodable:
            return self.outgoing.value

    @property
    def key(self) -> Any:
        try:
            return event_of(self.outgoing, self.decoder).key
        except Undecodable:
            return self.outgoing.key

    @property
    def headers(self) -> Any:
        return event_of(self.outgoing, self.decoder).headers

    def __str__(self) -> str:
        return self.name


class Wanted(NamedTuple):
    """Which events are asked for."""

    is_valid: bool
    kind: str = ""
    path: str = ""

    def has(self, kind: str, path: str) -> bool:
        return self.kind in ("", kind) and self.path in ("", path)


class Missing(NamedTuple):
    """What could not be made, and why."""

    name: str
    why: str


@dataclass(slots=True)
class Making:
    """What was made, what could not be, and how many of more there might be."""

    events: list[MadeEvent] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    is_cut: bool = False
    others: dict[tuple[str, str], None] = field(default_factory=dict)
    """Kinds and paths that were not asked for."""


def valid_kind(kind: Any) -> str:
    """The name of a kind of valid event. Raises ``KeywordMisused`` for another one."""
    wanted = frozenset(str(kind).lower().replace("-", " ").replace("_", " ").split())
    for name in VALID_KINDS:
        if frozenset(name.split()) == wanted:
            return name
    near = did_you_mean(str(kind), VALID_KINDS)
    raise KeywordMisused(
        f"kind= is not a kind of valid event: {kind!r}. {near}\nThe kinds are {', '.join(VALID_KINDS)}."
    )


def path_of(given: Any) -> str:
    """A path as it is shown: of a field of the value, or ``key`` and ``headers``."""
    text = "" if given is None else str(given).strip()
    if not text or text.split(".")[0].split("[")[0] in ("key", "headers"):
        return text
    steps = parse_path(text).plain_steps
    if text.strip() not in ("$", "value") and not steps:
        raise KeywordMisused(f"field={text} is not a plain path into the value, such as $.customer.id.")
    return show_path(steps or ())


def names_something(contracts: Sequence[Contract], name: str, topic: str) -> bool:
    """Whether the contracts have a message or a topic of that name."""
    if any(one.channels_of(topic or name) for one in contracts):
        return True
    messages = [one for contract in contracts for one in contract.messages]
    return not topic and any(name in (one.id, one.name, *one.names) for one in messages)


def of_contracts(formats: TopicFormats, contracts: Sequence[Contract], name: str, topic: str = "") -> list[Described]:
    """Messages of that name or topic. Raises ``KeywordMisused`` where there is none."""
    if not contracts:
        raise KeywordMisused(
            f"No contract was read, and '{topic or name}' has no schema.\n"
            "Call 'Load Contract', or 'Set Topic Format' with a schema."
        )
    return [OfContract(formats, contracts, one) for one in examples.meant(contracts, name, topic)]


def of_schema(writer: Writer) -> list[Described]:
    """The schema that the topic was given, where it was."""
    schema = described_events.of_declared_schema(writer)
    return [] if schema is None else [schema]


def made(described: Described, good: Outgoing, decoder: Decoder, wanted: Wanted, most: int = _MOST) -> Making:
    """All events of the wanted kind and path that can be made by changing a valid one at one place, and proved."""
    making, parts = Making(), 0
    each = (good.value or b"").count(b",") + 1
    for one in _each(described, good, decoder, wanted, making.others):
        if isinstance(one, Missing):
            making.missing.append(one)
        elif len(making.events) < most and parts < _PARTS_MOST:
            making.events.append(one)
            parts += each
        else:
            making.is_cut = True
            break
    return making


def _each(
    described: Described, good: Outgoing, decoder: Decoder, wanted: Wanted, others: dict[tuple[str, str], None]
) -> Iterator[MadeEvent | Missing]:
    make = partial(_of_part, described, good, decoder, wanted, others)
    if described.value_codec is not None and good.value is not None:
        yield from _of_value(described.value_codec, make, good, decoder)
    for part in described.parts_beside:
        if part.kind == "json-schema":
            yield from _of_beside(part, make, good, decoder)
        elif part.codec is not None and good.key is not None:
            yield from _of_binary_key(part.codec, make, good, decoder)
    if not wanted.is_valid:
        yield from _of_bytes(described, good, decoder, wanted)


def _of_value(codec: Codec, make: Any, good: Outgoing, decoder: Any) -> Iterator[MadeEvent | Missing]:
    value = good.value or b""
    start = described_events.start_of(value, codec, is_framed=described_events.is_framed(decoder.value_part))
    try:
        found = None if start is None else described_events.value_changes(codec, value[start:])
    except (LookupError, KafkaLibraryError):
        found = None
    if found is None:
        yield Missing("changes of the value", "its bytes are not those of its schema alone")
        return
    changes, write = found
    yield from make("value", changes, lambda content: good._replace(value=value[:start] + write(content)))


def _of_binary_key(codec: Codec, make: Any, good: Outgoing, decoder: Any) -> Iterator[MadeEvent | Missing]:
    key = good.key or b""
    try:
        start = described_events.start_of(key, codec, is_framed=described_events.is_framed(decoder.key_part))
        found = None if start is None else described_events.value_changes(codec, key[start:])
    except (LookupError, KafkaLibraryError):
        found = None
    if found is None:
        yield Missing("changes of the key", "it is not written as the contract describes it")
        return
    changes, write = found
    yield from make("key", changes, lambda content: good._replace(key=key[:start] + write(content)))


def _of_beside(part: Part, make: Any, good: Outgoing, decoder: Decoder) -> Iterator[MadeEvent | Missing]:
    """Changes of the key or the headers."""
    if part.codec is None or (part.role == "key" and good.key is None):
        return
    try:
        base = described_events.base_of(part, event_of(good, decoder))
    except (LookupError, KafkaLibraryError):
        yield Missing(f"changes of the {part.role}", "it is not read as the contract describes it")
        return
    changes = JsonChanges(part.codec.schema).of(base)
    put = partial(_with_key, good) if part.role == "key" else partial(_with_headers, base, good)

    def put_and_read(content: Any) -> Outgoing:
        outgoing = put(content)
        # Keys and headers are text: null, or a number where a text is asked for, would be something else.
        if content not in described_events.readings_of(part, event_of(outgoing, decoder)):
            raise KeywordMisused("as text it is something else")
        return outgoing

    yield from make(part.role, changes, put_and_read)


def _of_part(
    described: Described,
    good: Outgoing,
    decoder: Decoder,
    wanted: Wanted,
    others: dict[tuple[str, str], None],
    role: Role,
    changes: Iterable[Change | Unmade],
    put: Any,
) -> Iterator[MadeEvent | Missing]:
    def is_wanted(change: Change | Unmade) -> bool:
        path = show_path(change.steps, _ROOTS[role])
        if isinstance(change, Unmade) and change.kind not in (*broken_events.KINDS, *broken_events.OF_SCHEMAS):
            return wanted.path.startswith(path) or not wanted.path
        if isinstance(change, Change) and change.is_valid is not wanted.is_valid:
            return False
        if not wanted.has(change.kind, path):
            others.setdefault((change.kind, path))
            return False
        return True

    def judge(content: Any) -> Judgement:
        outgoing = _or_none(put, content)
        return Judgement(None, "it can't be sent") if outgoing is None else described.judge(outgoing, decoder)

    for one in proved(filter(is_wanted, changes), judge):
        if isinstance(one, Unmade):
            yield Missing(f"{one.kind} {show_path(one.steps, _ROOTS[role])}", one.why)
            continue
        change, path = one.change, show_path(one.change.steps, _ROOTS[role])
        base = _or_none(put, change.of) or good
        yield _event(described, one, path, put(one.content), base, decoder)


def _event(
    described: Described, one: Proved, path: str, outgoing: Outgoing, base: Outgoing, decoder: Decoder
) -> MadeEvent:
    change = one.change
    name = " ".join(filter(None, (change.kind, path, show_text(change.detail, 40))))
    why = "" if change.is_valid else show_text(one.why, _SHOWN)
    return MadeEvent(name, change.kind, path, why, described.name, change.is_valid, outgoing, base, decoder)


def _or_none(put: Any, content: Any) -> Outgoing | None:
    try:
        found: Outgoing = put(content)
    except (KafkaLibraryError, TypeError, ValueError):
        return None
    return found


def _with_key(good: Outgoing, content: Any) -> Outgoing:
    return good._replace(key=described_events.as_text(content).encode())


def _with_headers(base: Any, good: Outgoing, content: Any) -> Outgoing:
    """``base`` are the headers of the good event, as they are read."""
    if not isinstance(content, dict):
        raise KeywordMisused("headers have names")
    changed = {name: one for name, one in content.items() if name not in base or base[name] != one}
    written = {name: described_events.as_text(one).encode() for name, one in changed.items()}
    kept = [(name, written.get(name, raw)) for name, raw in good.headers if name in content]
    new = [(name, raw) for name, raw in written.items() if name not in base]
    return good._replace(headers=(*kept, *new))


def _of_bytes(described: Described, good: Outgoing, decoder: Any, wanted: Wanted) -> Iterator[MadeEvent | Missing]:
    """Faults that have nothing to do with fields, where the description forbids them."""
    codec = described.value_codec
    start = None
    if codec is not None and good.value is not None:
        start = described_events.start_of(good.value, codec, is_framed=described_events.is_framed(decoder.value_part))
    headers = [("missing header", Wish(name), f"headers.{name}") for name, _ in good.headers]
    others = [(kind, Wish(start=start), "key" if kind == "missing key" else "") for kind in _OF_BYTES]
    for kind, wish, path in chain(headers, others):
        if not wanted.has(kind, path) or (kind == "wrong message index" and not _is_protobuf(described)):
            continue
        name = f"{kind} {path}" if kind == "missing header" else kind
        try:
            broken = broken_events.broken(good, kind, wish)
        except KeywordMisused as reason:
            yield Missing(name, str(reason).partition(": ")[2] or str(reason))
            continue
        judged = described.judge(broken.event, decoder)
        if judged.is_valid is not False:
            yield Missing(name, judged.why)
            continue
        why = show_text(f"{broken.what}: {judged.why}", _SHOWN)
        yield MadeEvent(name, kind, path, why, described.name, False, broken.event, good, decoder)


def _is_protobuf(described: Described) -> bool:
    return described.value_codec is not None and described.value_codec.kind == "protobuf"


def made_of_all(described: Sequence[Described], given: Given, wanted: Wanted) -> list[Making]:
    """The events of several descriptions. One without a valid event to begin with is among what is missing."""
    makings = []
    for one in described:
        try:
            good, decoder = one.good(given)
        except KeywordMisused as reason:
            makings.append(Making(missing=[Missing(one.name, " ".join(str(reason).splitlines()))]))
            continue
        makings.append(made(one, good, decoder, wanted))
    return makings


def not_made(wanted: Wanted, makings: Sequence[Making], names: Sequence[str]) -> KeywordMisused:
    """Why there is no such event."""
    asked = " ".join(filter(None, (wanted.kind, wanted.path and f"at {wanted.path}")))
    what = f"{'valid' if wanted.is_valid else 'broken'} event{f' ({asked})' if asked else ''}"
    lines = [f"No {what} could be made of {', '.join(dict.fromkeys(names))}."]
    missing = list(dict.fromkeys(one for making in makings for one in making.missing))
    lines += [f"    {one.name}: {one.why}" for one in missing[:_REASONS_MOST]]
    lines += _choices(wanted, list(dict.fromkeys(one for making in makings for one in making.others)))
    return KeywordMisused("\n".join(lines))


def _choices(wanted: Wanted, others: Sequence[tuple[str, str]]) -> list[str]:
    """What else could be asked for."""
    kinds = list(dict.fromkeys(kind for kind, path in others if path == wanted.path))
    paths = list(dict.fromkeys(path for kind, path in others if kind == wanted.kind))
    every = list(dict.fromkeys(path for _, path in others))
    lines = []
    if wanted.kind and wanted.path and kinds:
        lines.append(f"The kinds there are {show_text(', '.join(kinds), _SHOWN)}.")
    if wanted.path and paths:
        lines.append(f"That kind is for {show_text(', '.join(paths), _SHOWN)}.")
    if wanted.path and not kinds:
        lines.append(did_you_mean(wanted.path, paths or every) or f"There are {show_text(', '.join(every), _SHOWN)}.")
    return [line for line in lines if line]


def given_of(key: Any, headers: Any, format_name: Any, schema: Any) -> Given:
    return Given(key, headers, {}, format_name, schema)
