"""How an answer is made of its question: what `with=`, `key=`, `headers=` and `to=` of `Answer Events` mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from KafkaLibrary.answering.carried_headers import Header, carried
from KafkaLibrary.answering.templates import Template, quoted
from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.errors import KafkaLibraryError, KeywordMisused, Undecodable, stops_robot
from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.keywords.calls.new_events import template_fields
from KafkaLibrary.keywords.calls.new_events.outgoing_events import Writer
from KafkaLibrary.keywords.calls.token_sources import function_named
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.secrets.robot_secret import refuse_hidden
from KafkaLibrary.serialization import event_templates
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.topics.topic_formats import TopicFormats

if TYPE_CHECKING:
    from KafkaLibrary.keywords.calls.new_events import contract_replies
    from KafkaLibrary.keywords.calls.new_events.contract_replies import Replies, Sample
else:
    contract_replies = LazyModule("KafkaLibrary.keywords.calls.new_events.contract_replies")

_FORMS = (
    "Give a value as JSON or a dictionary, the path of a JSON file, a function or its name as module.function. "
    "{$.orderId}, {key} and {headers.NAME} are replaced by what the question has there."
)
_REPLY_TOPIC = "{headers.kafka_replyTopic}"
"""Where a requester says so itself, as Spring's ReplyingKafkaTemplate does."""
_FILES = (".json", ".jsonl", ".txt", ".yaml", ".yml", ".xml")
_PLAIN_TEXT = ("text", "bytes")
_EXAMPLE = re.compile(r"example(?:\s*:\s*(?P<name>.+))?", re.DOTALL)
"""An example of a contract, and its name."""

Value = Callable[[Event], Any]


class Recipe:
    """Makes answers. All that may ask Robot is done when it is made; then any thread may use it."""

    def __init__(
        self,
        formats: TopicFormats,
        given: Any,
        to: Any,
        key: Any,
        headers: Any,
        format_name: str | None,
        schema: Any,
        fields: Any = None,
        replies: Replies | None = None,
    ) -> None:
        """``replies`` is what contracts say of such answers."""
        for one, name in ((given, "with="), (key, "The key"), (headers, "headers="), (fields, "fields=")):
            refuse_hidden(one, name)
        addresses = replies.addresses() if replies is not None and to in (None, "") else []
        self.to = str(to) if to not in (None, "") else next(iter(addresses), _REPLY_TOPIC)
        self._to = [Template(one) for one in addresses or [self.to]]
        self._formats = formats
        self._replies = replies
        self._sample: Sample | None = None
        example = _EXAMPLE.fullmatch(given.strip()) if isinstance(given, str) else None
        if example is not None and format_name not in _PLAIN_TEXT:
            if replies is None:
                raise KeywordMisused(
                    "with=example is an example of a contract, and none was read.\n"
                    "Call 'Load Contract', or give contract=asyncapi.yaml when the library is imported."
                )
            self._sample = replies.sample((example["name"] or "").strip(), self.to, formats, format_name, schema)
        elif replies is not None:
            replies.answered_by(self.to)
        self._format = format_name
        self._schema = schema
        self._writers: dict[str, Writer] = {}
        if schema is not None and "{" in self.to:
            raise KeywordMisused("schema= needs a topic in to= that is the same for all answers.")
        if self._sample is not None:
            self._format, self._schema = self._sample.format_name, self._sample.schema
        if "{" not in self.to:
            self._writer(self.to)
        self._value = _of_sample(self._sample) if self._sample is not None else _value_of(given, format_name)
        set_in = template_fields.of(_fields(fields), "an answer")
        self._fields = {name: (steps, Template(new)) for name, (steps, new) in set_in.items()}
        self._key = None if key is None else Template(key)
        self._headers = Template(_pairs(headers))

    def answer(self, question: Event) -> Outgoing:
        """The answer. Raises ``KeywordMisused`` where there can be none."""
        topic = self._topic(question)
        value = self._value(question)
        if value is None:
            raise KeywordMisused("the function returned no value (None): an answer needs one")
        key: Any = question.raw_key
        if self._key is not None and not self._key.is_whole_key:
            key = self._key.filled(question)
        headers, copied = self._headers.filled(question), carried(question.raw_headers)
        if self._replies is not None:
            value, copied = self._as_described(self._replies, question, value, copied)
        if self._fields:
            value = deepcopy(value)
            filled = {name: (steps, new.filled(question)) for name, (steps, new) in self._fields.items()}
            event_templates.set_fields(value, filled, "answer")
        writer = self._writer(topic)
        made = writer.answer(value, key, headers, copied)
        if self._sample is not None:
            self._sample.check(made, writer.decoder)
        return made

    def _topic(self, question: Event) -> str:
        """Where the question says, or where the contract does for those that say nothing."""
        for index, one in enumerate(self._to):
            try:
                return str(one.filled(question))
            except KeywordMisused as reason:
                if index + 1 == len(self._to):
                    advice = "; set to= for answers" if self.to == _REPLY_TOPIC else ""
                    raise KeywordMisused(f"{reason}{advice}") from None
        return self.to

    def _as_described(
        self, replies: Replies, question: Event, value: Any, copied: list[Header]
    ) -> tuple[Any, list[Header]]:
        """With the headers of an example, and with what correlates the answer by the contract."""
        own = list(self._sample.headers) if self._sample is not None else []
        names = {name.casefold() for name, _ in copied}
        copied = [*copied, *((name, _sent(one)) for name, one in own if name.casefold() not in names)]
        correlated = replies.correlated(question, is_needed=self._sample is not None)
        if correlated is None:
            return value, copied
        value = contract_replies.with_value(correlated, value, replaces=self._sample is not None)
        header = contract_replies.header_of(correlated)
        if header is None:
            return value, copied
        others = [one for one in copied if one[0].casefold() != header[0].casefold()]
        return value, [*others, (header[0], _sent(header[1]))]

    def _writer(self, topic: str) -> Writer:
        if topic not in self._writers:
            self._writers[topic] = Writer(self._formats, topic, None, None, self._format, self._schema)
        return self._writers[topic]


def _value_of(given: Any, format_name: str | None) -> Value:
    if given is None or given == "":
        raise KeywordMisused(f"with= says what the answers are.\n{_FORMS}")
    if callable(given):
        return _called(given, getattr(given, "__qualname__", type(given).__name__))
    if isinstance(given, Path):
        return _of_file(given)
    if not isinstance(given, str) or format_name in _PLAIN_TEXT:
        return Template(given).filled
    return _of_text(given)


def _of_text(given: str) -> Value:
    text = given.strip()
    if text[:1] in ("{", "["):
        return _of_json(given, "with=")
    if text.lower().endswith(_FILES) and "\n" not in text:
        return _of_file(arguments.file_path(text, "the answer"))
    function = function_named(text)
    if callable(function):
        return _called(function, text)
    if "." in text and all(part.isidentifier() for part in text.split(".")):
        raise KeywordMisused(f"There is no function '{text}' for with=.\n{_FORMS}")
    return Template(given).filled


def _of_file(path: Path) -> Value:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise KeywordMisused(f"The template '{path}' can't be read: {problem}.") from None
    return _of_json(text, f"The template '{path}'")


def _of_json(text: str, called: str) -> Value:
    try:
        return Template(json_format.read_to_write(quoted(text).encode(errors="surrogatepass"))).filled
    except Undecodable as problem:
        raise KeywordMisused(f"{called} is {problem}.\n{_FORMS}") from None


def _called(function: Callable[[Event], Any], name: str) -> Value:
    def value(question: Event) -> Any:
        try:
            return function(question)
        except KafkaLibraryError as problem:
            raise KeywordMisused(f"'{name}' failed: {problem}") from None
        except Exception as problem:
            if stops_robot(problem):
                raise
            raise KeywordMisused(f"'{name}' failed with {type(problem).__name__}: {problem}") from None

    return value


def _pairs(headers: Any) -> Any:
    """Headers as they were given, but a JSON object in a text as what it says."""
    if isinstance(headers, str) and headers.strip()[:1] == "{":
        try:
            return json_format.read_plainly(quoted(headers).encode(errors="surrogatepass"))
        except Undecodable as problem:
            raise KeywordMisused(f"headers= is {problem}.") from None
    if headers is None or headers == "":
        return {}
    if isinstance(headers, Mapping | list | tuple):
        return headers
    raise KeywordMisused(f"headers= is a dictionary, a JSON object or a list of pairs, not {headers!r}.")


def _of_sample(sample: Sample) -> Value:
    return lambda _: sample.value()


def _fields(fields: Any) -> dict[str, Any]:
    """What to set in each answer, by paths, as a dictionary or as JSON."""
    given = fields
    if isinstance(given, str) and given.strip():
        try:
            given = json_format.read_plainly(quoted(given).encode(errors="surrogatepass"))
        except Undecodable as problem:
            raise KeywordMisused(f"fields= is {problem}.") from None
    if given is None or given == "":
        return {}
    if not isinstance(given, Mapping):
        raise KeywordMisused(f"fields= is a dictionary of paths and values, or the JSON of one, not {fields!r}.")
    return {str(name): new for name, new in given.items()}


def _sent(value: Any) -> bytes | None:
    """A header as it goes out: a text, or the JSON of another value."""
    if value is None or isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else json_format.write(value)
