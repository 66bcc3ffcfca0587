"""What each argument is, by its name: Libdoc and editors show these types, and a new keyword gets them by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar, Union

from KafkaLibrary.event import Event

_Method = TypeVar("_Method", bound=Callable[..., Any])


class Alias:
    """The alias of an open connection, which this call alone uses; without it the current one is used."""


class Topic:
    """The name of one topic."""


class Topics:
    """One topic or several: a name, names with commas between, a list, or a pattern such as ``orders-*``."""


class TopicNames:
    """One topic or several by their names, not by a pattern: a name, names with commas between, or a list."""


class Table:
    """A table, ``orders`` or ``public.orders``, or the topic that its changes are on."""


class Rows:
    """A table or a list of events; of a transaction how many rows of each table: ``orders: 1, lines: 2``."""


class Transaction:
    """The event of one of its rows, or the id that they have in common."""


class KafkaConnect:
    """The address of Kafka Connect, such as ``http://connect:8083``."""


class Condition:
    """Path, operator and expected value: ``$.amount >= 100`` in one cell, or in three, or a dictionary of values."""


class FieldPath:
    """Where a field is in an event: ``$.order.id``, ``order.id``, ``key``, ``headers.NAME``."""


class FilePath:
    """A file. A relative path is tried from the suite's folder first, then from where Robot was started."""


class Time:
    """How long: ``10 s``, ``500 ms``, ``1 minute 30 seconds``, a number of seconds, or a ``timedelta``."""


class StartPoint:
    """Where to begin.

    ``earliest``, ``latest``, ``test start``, ``suite start``, a time span such as ``30 s``, which is that long ago,
    a point in time such as ``2026-05-31 17:03:11``, a mark that `Watch Topics` returned, or an event.
    """


class PointInTime:
    """``2026-05-31 17:03:11``, with a zone or in local time, a ``datetime``, or milliseconds since 1970."""


class WholeNumber:
    """A number without decimals."""


class Events:
    """A list of events, as `Wait For Events` returns it, or a dictionary of them by topic."""


class EventValue:
    """A text, which goes out as it is, or a dictionary, list, number or boolean, which becomes JSON."""


class EventValues:
    """A list of values."""


class EventKey:
    """The key: a text, a number, or what its format takes."""


class Headers:
    """A dictionary of names and values, or a list of pairs, where a name may stand more than once."""


class HeaderFormats:
    """The formats of headers by name: a dictionary, or a text such as ``attempts=int, sentAt=long``."""


class FieldTypes:
    """The types of fields by path: a dictionary, or a text such as ``total:decimal(2), at:micros, d:days``."""


class HeaderIndex:
    """Which header of that name: ``0`` is the first, ``-1`` the last, ``*`` all of them."""


class ExpectedValue:
    """A text, which is compared by the type that the field has, or a value of any type."""


class Operator:
    """``==``, ``!=``, ``>``, ``>=``, ``<``, ``<=``, ``contains``, ``matches``, ``in`` and others."""


class ConsumerGroup:
    """The ``group.id`` of the system under test."""


class Schema:
    """A file, the text of a schema, a dictionary, a subject of the schema registry, or the id of a schema."""


class Subject:
    """The name under which a schema registry keeps the versions of a schema."""


class SchemaVersion:
    """``latest``, or the number of a version."""


class SchemaReferences:
    """A dictionary: the name that stands in the schema, and the subject that has it, with ``:VERSION`` if needed."""


class SchemaRegistry:
    """The URL of the schema registry, or a dictionary with ``url`` and more of its client's properties."""


class BootstrapServers:
    """``HOST:PORT``, several with commas between, or ``embedded`` for the embedded broker."""


class ClientProperty:
    """The value of a property of the Kafka client; passwords are given as a ``Secret``."""


class TopicSetting:
    """The value of a property of the topic, such as ``cleanup.policy=compact``."""


class TokenSource:
    """The name of a keyword, ``module.function``, or a function that returns a token."""


class Doubts:
    """``warn`` or ``fail``: what a keyword does that passed, and perhaps for a slip."""


class LogEvents:
    """``off``, or ``on failure``: a test that failed logs what came on the watched topics."""


class DeadLetterConventions:
    """How frameworks of one's own mark dead letters: a dictionary, or a JSON file."""


class Answering:
    """What `Answer Events` returned."""


class ContractFiles:
    """The path of an AsyncAPI document in YAML or JSON, or a list of them."""


class ContractName:
    """A contract that was read, by its file's name or its alias."""


class ContractGuard:
    """``FAIL`` or ``WARN``: what happens for an event that is not what the contract describes."""


class ContractTopics:
    """A dictionary of topics by the ids of channels, or one topic for the only channel without an address."""


class ContractMessage:
    """A message of the contract, by its name, its id or its title."""


class ContractMessageOrTopic:
    """A message of the contract, by its name, its id or its title, or the topic of one."""


class ContractExample:
    """An example of the contract, by its name, or its place from 0 if it has none."""


class ContractChannel:
    """A channel of the contract, by its id."""


class Percentage:
    """Per cent, such as ``80 %``."""


class AnswerValue:
    """A value as JSON or a dictionary, in which ``{$.id}`` stands for the question's own, a JSON file or a function."""


class Order:
    """Places from 0, such as ``1,0,2``, or ``all``."""


def _words(name: str, doc: str, *words: str) -> type[Enum]:
    """Words that editors propose. What else the argument takes, or a misspelt one, is answered by the keyword."""
    made = Enum(name, {word: word for word in words}, module=__name__)  # type: ignore[misc] # of words
    made.__doc__ = doc
    return made


Format = _words(
    "Format",
    "How bytes become keys and values. Some take more, such as ``windowed:text`` and ``own:…``: see `Formats`.",
    *("json", "text", "bytes", "avro", "protobuf", "json-schema", "long", "int", "short", "double", "float", "uuid"),
    *("cloudevents", "cloudevents-structured", "connect-json"),
)
SchemaType = _words("SchemaType", "The kind of a schema, where its content does not tell.", "avro", "json", "protobuf")
SubjectStrategy = _words("SubjectStrategy", "Which subject has a topic's schema.", *("topic", "record", "topic-record"))
DeadLetterBy = _words("DeadLetterBy", "What says of which event a dead letter is.", *("origin", "key", "value"))
BrokenKind = _words(
    "BrokenKind",
    "What is broken, see `Publish Broken Event`.",
    *("cut", "wrong type", "unknown enum", "missing field", "oversized", "wrong schema id"),
    *("missing key", "missing header", "wrong encoding", "tombstone", "wrong message index"),
    *("null", "fraction", "below minimum", "above maximum", "not a multiple", "too short", "too long"),
    *("wrong pattern", "wrong format", "unknown field", "wrong field name", "missing dependent field"),
    *("too few fields", "too many fields", "too few items", "too many items", "repeated item", "missing item"),
    *("unknown branch", "forbidden value", "wrong wire type"),
)
ValidKind = _words(
    "ValidKind",
    "Which limit, see `Get Valid Events`.",
    *("at minimum", "at maximum", "shortest", "longest", "edge of format", "allowed value", "null", "another type"),
    *("with the field", "left out", "unknown field", "fewest items", "most items", "fewest fields", "most fields"),
    "branch",
)

_NUMBER = Union[int, WholeNumber]  # noqa: UP007 - Robot Framework 7.0 on Python 3.10 shows it by its members
"""What Robot's own conversion can't read is left to the keyword, which says what it takes."""

_BY_NAME: Mapping[str, Any] = {
    **dict.fromkeys(["topic", "from_topic", "to_topic"], Topic),
    **dict.fromkeys(["topics", "watch", "dead_letters"], Topics),
    **dict.fromkeys(["timeout", "within", "quiet", "window_size", "delay"], Time),
    **dict.fromkeys(["since", "to"], StartPoint),
    **dict.fromkeys(["strict", "missing_ok", "by_key", "descending", "framed"], bool),
    **dict.fromkeys(["count", "limit", "partition", "partitions", "replication_factor", "size", "times"], _NUMBER),
    "log_size": _NUMBER,
    **dict.fromkeys(["path", "field", "to_by"], FieldPath),
    **dict.fromkeys(["event", "letter", "row"], Event),
    "table": Table,
    "rows": Rows,
    "transaction": Transaction,
    "connect": KafkaConnect,
    **dict.fromkeys(["value", "fields"], EventValue),
    **dict.fromkeys(["schema", "key_schema"], Schema),
    "alias": Alias,
    "conditions": Condition,
    "timestamp": PointInTime,
    "events": Events,
    "values": EventValues,
    "key": EventKey,
    "headers": Headers,
    "index": HeaderIndex,
    "expected": ExpectedValue,
    "operator": Operator,
    "group": ConsumerGroup,
    "reason": str,
    "format": Format,
    "subject": Subject,
    "version": SchemaVersion,
    "references": SchemaReferences,
    "type": SchemaType,
    "subject_strategy": SubjectStrategy,
    "by": DeadLetterBy,
    "kind": BrokenKind,
    "order": Order,
    "with": AnswerValue,
    "at_least": Percentage,
    "delay": Time,
    "answering": Answering,
    "contract": ContractName,
    "as_message": ContractMessage,
    "message_or_topic": ContractMessageOrTopic,
    "example": ContractExample,
    "channel": ContractChannel,
    "contract_guard": ContractGuard,
    "bootstrap_servers": BootstrapServers,
    "schema_registry": SchemaRegistry,
    "config": FilePath,
    "options": ClientProperty,
    "token_source": TokenSource,
    "doubts": Doubts,
    "log_events": LogEvents,
    "dead_letter_conventions": DeadLetterConventions,
}
_SEVERAL = (
    "wait_for_event wait_for_events no_event_should_arrive event_count_should_be wait_until_topic_is_quiet get_events "
    "log_events save_events get_dead_letters expect_dead_letters "
    "wait_for_outbox_event outbox_events_should_come_once"
).split()
_OF_A_CONNECTION = ("connect_to_kafka", "switch_kafka_connection", "disconnect_from_kafka", "load_contract")
"""They open a connection, close it or stay with it: there an alias is more than that of one call."""
_BY_KEYWORD: Mapping[tuple[str, str], Any] = {
    **{(keyword, "topic"): Topics for keyword in _SEVERAL},
    ("topic_should_exist", "topic"): TopicNames,
    ("topic_should_not_exist", "topic"): TopicNames,
    ("Event Should Be Dead-Lettered", "topic"): Topics,
    ("Event Should Not Be Dead-Lettered", "topic"): Topics,
    ("answer_events", "topic"): Topics,
    ("answer_events", "to"): Topic,
    **{(keyword, "alias"): str for keyword in _OF_A_CONNECTION},
    ("create_topic", "config"): TopicSetting,
    ("__init__", "contract"): ContractFiles,
    ("load_contract", "path"): FilePath,
    ("load_contract", "topics"): ContractTopics,
    ("load_contract", "alias"): ContractName,
    ("create_temporary_topic", "config"): TopicSetting,
    ("events_should_correspond", "by"): FieldPath,
    ("publish_late_event", "by"): Time,
    ("consumer_should_survive", "event"): EventValue,
    ("publish_broken_event", "event"): EventValue,
    ("publish_out_of_order", "events"): EventValues,
    ("get_valid_events", "kind"): ValidKind,
    **{
        (keyword, "path"): FilePath
        for keyword in ("load_event_template", "load_contract", "publish_events_from_file", "save_events")
    },
    ("set_topic_format", "value"): Format,
    ("set_topic_format", "key"): Format,
    ("set_topic_format", "headers"): HeaderFormats,
    ("set_topic_format", "types"): FieldTypes,
}

OF_TEXT = (Alias, FieldPath, Operator, Format, SubjectStrategy, DeadLetterBy)
"""Types of arguments that are texts in every call: another value becomes its text, as Robot would make it."""


def types_of(keyword: str, hints: Mapping[str, Any]) -> dict[str, Any]:
    """The types of a keyword's arguments, by their names. What is not known here has the type of its method."""
    return {name: _BY_KEYWORD.get((keyword, name), _BY_NAME.get(name, hint)) for name, hint in hints.items()}


def typed(method: _Method) -> _Method:
    """For the import of the library: Robot asks nobody for its types, and takes them from the method."""
    method.robot_types = types_of(method.__name__, method.__annotations__)  # type: ignore[attr-defined] # for Robot
    return method


OWN = frozenset({*_BY_NAME.values(), *_BY_KEYWORD.values(), WholeNumber} - {_NUMBER, bool, str})
"""All types that are described here, and those of the library that stand for themselves."""
