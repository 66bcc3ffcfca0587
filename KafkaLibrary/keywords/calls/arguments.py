"""What most cells of arguments mean: topics, numbers, yes or no, one of some words ("Did you mean"), events, files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from robot.libraries.BuiltIn import BuiltIn, RobotNotRunningError

from KafkaLibrary.errors import KeywordMisused, did_you_mean, in_own_cells
from KafkaLibrary.event import Event
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.secrets.robot_secret import refuse_hidden

if TYPE_CHECKING:
    from KafkaLibrary.broker.cluster import topic_names
    from KafkaLibrary.files import missing_files
    from KafkaLibrary.serialization.schemas import schema_argument
    from KafkaLibrary.serialization.schemas.schema_argument import SchemaSource
    from KafkaLibrary.watching.topics import patterns
else:
    missing_files = LazyModule("KafkaLibrary.files.missing_files")
    topic_names = LazyModule("KafkaLibrary.broker.cluster.topic_names")
    schema_argument = LazyModule("KafkaLibrary.serialization.schemas.schema_argument")
    patterns = LazyModule("KafkaLibrary.watching.topics.patterns")

_NUMBER_AND_MORE = re.compile(r"\s*(\d+)\s+(\S.*(?:[=<>]|exist).*)", re.DOTALL)
_EVENT_AND_MORE = re.compile(r"<Event \S+\[\d+\]@.*\S>\s+(\S.*)", re.DOTALL)


def topics(value: Any) -> tuple[str, ...]:
    """One topic or several, by their names or by patterns, without repetitions; a text may have commas between them."""
    names = _named(value)
    for name in names:
        if patterns.is_pattern(name):
            patterns.check_pattern(name)
        else:
            topic_names.check_topic_name(name)
    return tuple(dict.fromkeys(names))


def topics_by_name(value: Any) -> tuple[str, ...]:
    """One topic or several, by their names: a pattern says of none that it is, or is not, there."""
    names = _named(value)
    for name in names:
        topic_names.check_topic_name(name)
    return tuple(dict.fromkeys(names))


def _named(value: Any) -> list[Any]:
    """The same for a cell and for what is in a list. No name has a comma in it; in a regular expression it counts."""
    if isinstance(value, list | tuple | set):
        if not value:
            raise KeywordMisused("Expected a topic name; the list of topics is empty.")
        return [name for one in value for name in ([one] if isinstance(one, list | tuple | set) else _named(one))]
    if isinstance(value, str):
        topic_names.check_topic_cell(value)
    return [one.strip() for one in value.split(",")] if isinstance(value, str) and value[:1] != "^" else [value]


def topic(value: Any) -> str:
    """One topic's name."""
    topic_names.check_topic_name(value)
    return str(value)


def number_if_given(value: Any, name: str, least: int = 0) -> int | None:
    """A whole number of at least ``least``, or nothing where the cell was not given."""
    return None if value is None else whole_number(value, name, least)


def whole_number(value: Any, name: str, least: int = 0) -> int:
    """A whole number of at least ``least``."""
    try:
        number = int(value)
    except (ValueError, TypeError, OverflowError):
        number = None
    if number is None or isinstance(value, bool) or (not isinstance(value, str) and value != number):
        cells = _NUMBER_AND_MORE.fullmatch(value) if isinstance(value, str) else None
        said = f"{name} is a whole number, not {value!r}."
        raise KeywordMisused(f"{said}\n{in_own_cells(*cells.groups())}" if cells else said)
    if number < least:
        raise KeywordMisused(f"{name} is {least} or more, not {number}.")
    return number


def truth(value: Any, name: str) -> bool:
    """A yes or no, as Robot's own keywords read it, but nothing in between."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in ("true", "yes", "on", "1"):
        return True
    if word in ("false", "no", "off", "0", "none", ""):
        return False
    raise KeywordMisused(f"{name}= is True or False, not {value!r}.")


def one_of(value: Any, name: str, words: Sequence[str]) -> str:
    """One of these words, in any case."""
    word = str(value).strip().lower()
    if word not in words:
        near = did_you_mean(word, words)
        raise KeywordMisused(f"{name}= is {' or '.join(words)}, not {value!r}. {near}".rstrip())
    return word


def checks_first(operator: str | None, expected: Any) -> TypeGuard[str]:
    """Whether a keyword that returns a value is to check it before.

    Without an operator nothing is checked, so whoever says what is expected would believe in a check that never fails.
    ``None`` expects nothing: keywords around this one pass it on.
    """
    if operator is not None:
        return True
    if expected is not None and not (isinstance(expected, str) and expected == ""):
        raise KeywordMisused(
            f"{_short(expected)} is expected, but there is no operator, so nothing would be checked.\n"
            "Write the operator before it, such as `==`, or leave out what is expected."
        )
    return False


def event(value: Any) -> Event:
    """An event, or the error for what is none."""
    if isinstance(value, Event):
        return value
    if isinstance(value, list) and value and isinstance(value[0], Event):
        raise KeywordMisused(
            f"Expected one event, not a list of {len(value)}.\nUse one of them, ${{events}}[0], or loop with FOR."
        )
    joined = _EVENT_AND_MORE.fullmatch(value) if isinstance(value, str) else None
    if joined is not None:
        said = f"An event is a cell of its own: with `{_cut(joined[1])}` in its cell it is only a text."
        raise KeywordMisused(f"{said}\n{in_own_cells('${event}', joined[1])}")
    hint = "Save what 'Wait For Event' or 'Publish Event' returns, and use it: ${event}=    Wait For Event    ..."
    kind = "a dictionary" if isinstance(value, Mapping) else type(value).__name__
    raise KeywordMisused(f"Expected an event, not {kind} ({_short(value)}).\n{hint}")


def events(value: Any) -> list[Event]:
    """A list of events, or those of a dictionary by topic, or the error for what is none."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if not isinstance(value, list | tuple):
        raise KeywordMisused("Expected a list of events, as 'Wait For Events' returns.")
    return [event(one) for one in value]


def _short(value: Any) -> str:
    return _cut(repr(value))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"


def file_path(value: Any, what: str) -> Path:
    """A file of the tester's: a relative path is tried against the suite's folder first."""
    if not isinstance(value, str | Path) or not str(value).strip():
        raise KeywordMisused(f"Expected the path of {what}, not {value!r}.")
    path = Path(value)
    candidates = [path] if path.is_absolute() else [*_beside_suite(path), path]
    for candidate in candidates:
        if _is(Path.is_file, candidate):
            return candidate
    tried = dict.fromkeys(f"'{candidate.absolute()}'" for candidate in candidates)
    raise KeywordMisused(f"There is no file for {what} at {', '.join(tried)}. {_near(path)}".rstrip() + _tried_in(path))


def found_path(value: Any) -> str:
    """Where a file is that is read later, as `file_path` finds it, or where one of nearly that name is."""
    path = Path(str(value))
    candidates = [path] if path.is_absolute() else [*_beside_suite(path), path.absolute()]
    for candidate in candidates:
        if _is(Path.is_file, candidate):
            return str(candidate)
    return next((str(candidate) for candidate in candidates if missing_files.near_files(candidate)), str(value))


def _near(path: Path) -> str:
    return missing_files.did_you_mean_file(path, _folders())


def _folders() -> list[Path]:
    """Where relative paths begin."""
    return list(dict.fromkeys([*_beside_suite(Path()), Path.cwd()]))


def _tried_in(path: Path) -> str:
    several = not path.is_absolute() and len(_folders()) > 1
    return "\nA relative path is tried in the suite's folder first, then in the current folder." if several else ""


def _is(kind: Callable[[Path], bool], path: Path) -> bool:
    try:
        return kind(path)
    except (OSError, ValueError):  # a name that no system takes
        return False


def new_file_path(value: Any) -> Path:
    """Where to write a file: a relative path belongs to the suite's folder."""
    if not isinstance(value, str | Path) or not str(value).strip():
        raise KeywordMisused(f"Expected the path of a file to write, not {value!r}.")
    path = Path(value)
    target = next(iter([] if path.is_absolute() else _beside_suite(path)), path)
    if not _is(Path.is_dir, target.parent):
        begins = "\nA relative path begins at the suite's folder." if not path.is_absolute() and target != path else ""
        raise KeywordMisused(f"There is no folder '{target.parent.absolute()}' to write '{target.name}' into.{begins}")
    return target


def _beside_suite(path: Path) -> list[Path]:
    try:
        source = BuiltIn().get_variable_value("${SUITE SOURCE}")
    except RobotNotRunningError:
        return []
    if not source:
        return []
    folder = Path(source)
    return [(folder if folder.is_dir() else folder.parent) / path]


def schema(given: Any) -> SchemaSource:
    """The schema that a cell means; a path is tried against the suite's folder first."""
    refuse_hidden(given, "The schema")
    return schema_argument.source_of(given, lambda path: file_path(path, "the schema"))
