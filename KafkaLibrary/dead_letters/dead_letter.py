"""What a dead letter tells, read from its headers: pure, and never wrong where they are broken, only poorer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from KafkaLibrary.dead_letters.conventions import BY_TOPIC, WRAPPERS, Convention, Header

RawHeaders = Sequence[tuple[str, bytes | str | None]]

_CAUSED_BY = re.compile(r"^Caused by: ([\w.$]+)(?:: (.*))?$", re.MULTILINE)
_DECIMAL = re.compile(r"\d{1,19}", re.ASCII)
_MOST_BYTES = 8
_ORIGINS_MOST = 100
"""Topics of one letter whose names are compared with each other: one that dies again and again may name thousands."""
_WORDS = r"(dlq|dlt|dead[-._]?letters?([-._]?(queue|topic))?|poison(ed)?|errors?|failed)"
_NAMED_BY_PEOPLE = rf"(.*[-._])?{{topic}}([-._].*)?[-._]{_WORDS}([-._].*)?|(.*[-._])?{_WORDS}[-._](.*[-._])?{{topic}}"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """Where an event died, and why. What the framework does not tell is ``None``, or the empty text.

    ``topic``, ``partition``, ``offset`` and ``timestamp_ms`` are those of the event that died. ``error`` is the class
    of what was thrown, without what the framework put around it, and ``message`` its own words. ``attempts`` counts
    the tries. ``earlier`` are deaths before this one, the first death first: then this letter's origin is itself a
    dead letter, and ``origin`` leads to the event that began it. ``is_of_made_event`` says that the framework had made
    the event that died from another one, as Kafka Streams does on its repartition topics; no header leads there.
    """

    framework: str
    topic: str
    partition: int | None = None
    offset: int | None = None
    timestamp_ms: int | None = None
    group: str = ""
    error: str = ""
    message: str = ""
    attempts: int | None = None
    earlier: tuple[DeadLetter, ...] = ()
    is_of_made_event: bool = False

    @property
    def origin(self) -> DeadLetter:
        """The first death: its place is that of the event which began it."""
        return self.earlier[0] if self.earlier else self

    @property
    def place(self) -> str:
        """``topic[partition]@offset`` of the event that died, as far as it is known."""
        partition = "" if self.partition is None else f"[{self.partition}]"
        offset = "" if self.offset is None else f"@{self.offset}"
        return f"{self.topic}{partition}{offset}"

    @property
    def reason(self) -> str:
        """The error's class without its package, and its words."""
        error = self.error.rpartition(".")[2]
        return ": ".join(part for part in (error, self.message) if part)


def dead_letter_of(topic: str, headers: RawHeaders, timestamp_ms: int | None) -> DeadLetter | None:
    """What the event on this topic tells of its death; nothing where it is no dead letter."""
    if not headers or BY_TOPIC.keys().isdisjoint(name for name, _ in headers):
        return None
    named: dict[str, list[bytes]] = {}
    for name, content in headers:
        if content is not None:
            named.setdefault(name, []).append(content.encode() if isinstance(content, str) else content)
    deaths = [
        death
        for name in named
        if name in BY_TOPIC and not _is_retried(BY_TOPIC[name], topic)
        for death in _deaths(BY_TOPIC[name], topic, named, timestamp_ms)
    ]
    if not deaths:
        return None
    *earlier, last = _in_order(deaths)
    return replace(last, earlier=tuple(earlier))


def waits_for_a_retry(topic: str, headers: RawHeaders) -> bool:
    """Whether the event has the headers of a dead letter, and on this topic has not died: it will be tried again."""
    found = (BY_TOPIC[name] for name, _ in headers if name in BY_TOPIC)
    return any(_is_retried(convention, topic) for convention in found)


def own_headers(headers: RawHeaders) -> list[tuple[str, bytes | str | None]]:
    """The headers of a dead letter without those that tell of its death."""
    named = {name for name, _ in headers}
    conventions = [one for one in BY_TOPIC.values() if one.topic.name in named]
    added = {
        name
        for one in conventions
        for name in (*one.others, *one.put_behind, *(part.name for part in one if isinstance(part, Header)))
    }
    added_empty = {name for one in conventions for name in one.added_empty}
    return [(name, content) for name, content in headers if name not in added and (content or name not in added_empty)]


def letters_on(topic: str, names: Iterable[str]) -> list[str]:
    """Which of the topics are called as those of this topic's dead letters: by frameworks, or by people."""
    patterns = [
        re.compile(one.letters_on.replace("{topic}", re.escape(topic)), re.DOTALL)
        for one in BY_TOPIC.values()
        if one.letters_on
    ]
    named = re.compile(_NAMED_BY_PEOPLE.replace("{topic}", re.escape(topic)), re.IGNORECASE)
    return sorted(name for name in names if named.fullmatch(name) or any(one.fullmatch(name) for one in patterns))


def _is_retried(convention: Convention, topic: str) -> bool:
    return convention.retried_on is not None and convention.retried_on.fullmatch(topic) is not None


def _deaths(
    convention: Convention, topic: str, named: Mapping[str, list[bytes]], timestamp_ms: int | None
) -> Iterator[DeadLetter]:
    """Each death that one framework tells of, the first one first."""
    times = len(named[convention.topic.name])
    deaths = [_Told(convention, named, place, times) for place in range(times)]
    origins = [told.text(convention.topic) for told in deaths]
    for place, (told, origin) in enumerate(zip(deaths, origins, strict=True)):
        is_last = place == times - 1
        message = told.text(convention.error_message)
        if convention.before_error_message is not None:
            message = convention.before_error_message.sub("", message, count=1)
        error = _thrown(told.text(convention.error), told.text(convention.cause))
        cause = _innermost(told.text(convention.stack_trace))
        timestamp, attempts = told.number(convention.timestamp), told.number(convention.attempts)
        yield DeadLetter(
            convention.framework,
            origin,
            told.number(convention.partition),
            told.number(convention.offset),
            timestamp_ms if convention.keeps_timestamp and is_last else timestamp,
            _group(convention, told, topic if is_last else origins[place + 1], origin),
            cause or error,
            message,
            None if attempts is None else attempts - convention.attempts_ahead,
            is_of_made_event=convention.made_on is not None and convention.made_on.fullmatch(origin) is not None,
        )


class _Told:
    """The headers of one death among several."""

    def __init__(self, convention: Convention, named: Mapping[str, list[bytes]], place: int, times: int) -> None:
        self._named = named
        self._place = place
        self._times = times
        self._newest_first = convention.newest_first

    def _content(self, header: Header | None) -> bytes | None:
        contents = self._named.get(header.name, []) if header is not None else []
        # Those that are replaced by each death, or repeated by each try, are of the newest one.
        is_of_this = len(contents) == self._times or (contents and self._place == self._times - 1)
        if not is_of_this:
            return None
        from_the_end = self._times - 1 - self._place
        return contents[from_the_end if self._newest_first else -1 - from_the_end]

    def text(self, header: Header | None) -> str:
        content = self._content(header)
        return "" if content is None else content.decode(errors="replace")

    def number(self, header: Header | None) -> int | None:
        content = self._content(header)
        if header is None or content is None:
            return None
        number = -1  # what none of them can be
        text = content.decode(errors="replace")
        # Services of one's own write under the names of Spring, too, and in text. Bytes that are all digits would be a
        # number that no partition, offset or time has.
        if _DECIMAL.fullmatch(text):
            number = int(text)
        elif header.kind == "big-endian" and 0 < len(content) <= _MOST_BYTES:
            number = int.from_bytes(content, "big", signed=True)
        return None if number < 0 else number


def _thrown(error: str, cause: str) -> str:
    return cause if cause and (error in WRAPPERS or not error) else error


def _innermost(stack_trace: str) -> str:
    causes = _CAUSED_BY.findall(stack_trace)
    return causes[-1][0] if causes else ""


def _group(convention: Convention, told: _Told, topic: str, origin: str) -> str:
    named = told.text(convention.group)
    if named:
        return convention.group_of.format(named) if convention.group_of else named
    found = re.fullmatch(convention.group_in_topic.replace("{topic}", re.escape(origin)), topic, re.DOTALL)
    return found[1] if convention.group_in_topic and found else ""


def _in_order(deaths: list[DeadLetter]) -> list[DeadLetter]:
    """The first death first. Of several frameworks the topics tell it: that of a letter is named after where it died.

    Where they don't, the order of the headers stands: most frameworks put theirs behind those that are there.
    """
    origins = {death.topic for death in deaths}
    if len({death.framework for death in deaths}) == 1 or len(origins) > _ORIGINS_MOST:
        return deaths
    return sorted(deaths, key=lambda death: sum(one in death.topic for one in origins))
