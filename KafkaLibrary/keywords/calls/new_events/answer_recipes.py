"""How an answer is made of its question: what `with=`, `key=`, `headers=` and `to=` of `Answer Events` mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from KafkaLibrary.answering.carried_headers import carried
from KafkaLibrary.answering.templates import Template, quoted
from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.errors import KafkaLibraryError, KeywordMisused, Undecodable, stops_robot
from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.keywords.calls.new_events.outgoing_events import Writer
from KafkaLibrary.keywords.calls.token_sources import function_named
from KafkaLibrary.secrets.robot_secret import refuse_hidden
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.topics.topic_formats import TopicFormats

_FORMS = (
    "Give a value as JSON or a dictionary, the path of a JSON file, a function or its name as module.function. "
    "{$.orderId}, {key} and {headers.NAME} are replaced by what the question has there."
)
_REPLY_TOPIC = "{headers.kafka_replyTopic}"
"""Where a requester says so itself, as Spring's ReplyingKafkaTemplate does."""
_FILES = (".json", ".jsonl", ".txt", ".yaml", ".yml", ".xml")
_PLAIN_TEXT = ("text", "bytes")

Value = Callable[[Event], Any]


class Recipe:
    """Makes answers. All that may ask Robot is done when it is made; then any thread may use it."""

    def __init__(
        self, formats: TopicFormats, given: Any, to: Any, key: Any, headers: Any, format_name: str | None, schema: Any
    ) -> None:
        for one, name in ((given, "with="), (key, "The key"), (headers, "headers=")):
            refuse_hidden(one, name)
        self.to = _REPLY_TOPIC if to is None or to == "" else str(to)
        self._to = Template(self.to)
        self._formats = formats
        self._format = format_name
        self._schema = schema
        self._writers: dict[str, Writer] = {}
        if "{" not in self.to:
            self._writer(self.to)
        elif schema is not None:
            raise KeywordMisused("schema= needs a topic in to= that is the same for all answers.")
        self._value = _value_of(given, format_name)
        self._key = None if key is None else Template(key)
        self._headers = Template(_pairs(headers))

    def answer(self, question: Event) -> Outgoing:
        """The answer. Raises ``KeywordMisused`` where there can be none."""
        try:
            topic = self._to.filled(question)
        except KeywordMisused as reason:
            advice = "; set to= for answers" if self.to == _REPLY_TOPIC else ""
            raise KeywordMisused(f"{reason}{advice}") from None
        value = self._value(question)
        if value is None:
            raise KeywordMisused("the function returned no value (None): an answer needs one")
        key: Any = question.raw_key
        if self._key is not None and not self._key.is_whole_key:
            key = self._key.filled(question)
        return self._writer(topic).answer(value, key, self._headers.filled(question), carried(question.raw_headers))

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
