"""What cells of Robot mean: times, start points, topics, numbers, files. Values are ``Any`` and converted here."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from robot.libraries.BuiltIn import BuiltIn, RobotNotRunningError
from robot.utils import timestr_to_secs

from KafkaLibrary.broker.settings.oauth_tokens import TokenSource
from KafkaLibrary.errors import KeywordMisused, did_you_mean
from KafkaLibrary.event import Event
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.secrets.robot_secret import refuse_hidden
from KafkaLibrary.watching.marks import Mark, Start, milliseconds

if TYPE_CHECKING:
    from KafkaLibrary.broker.cluster import topic_names
    from KafkaLibrary.matching.values import epoch_numbers
    from KafkaLibrary.matching.values.epoch_numbers import Epoch
    from KafkaLibrary.serialization.schemas import schema_argument
    from KafkaLibrary.serialization.schemas.schema_argument import SchemaSource
    from KafkaLibrary.watching.topics import patterns
else:
    topic_names = LazyModule("KafkaLibrary.broker.cluster.topic_names")
    epoch_numbers = LazyModule("KafkaLibrary.matching.values.epoch_numbers")
    schema_argument = LazyModule("KafkaLibrary.serialization.schemas.schema_argument")
    patterns = LazyModule("KafkaLibrary.watching.topics.patterns")

_TIMES = "Write it as 5 s, 500 ms or 1 minute 30 seconds; a plain number is seconds."
_NO_MOMENT = (ValueError, OverflowError, OSError)
"""What Python raises for a text that is no point in time, or one that has no form in the local zone."""
_FRACTION = re.compile(r"(?<=:[0-9]{2})\.([0-9]+)")
_CLOCK = re.compile(r"[0-9]+:[0-9]+(?::[0-9]+(?:\.[0-9]+)?)?")
_NAMED = {"earliest": "earliest", "latest": "latest", "test start": "test", "suite start": "suite"}
_STARTS = (
    "= takes earliest, latest, test start, suite start, a time span such as 30 s, "
    "a point in time such as 2026-05-31 17:03:11, a mark or an event."
)


def seconds(value: Any, name: str = "timeout") -> float:
    """Seconds of a Robot time: a text, a number of seconds or a ``timedelta``."""
    try:
        found = float("nan") if isinstance(value, bool) else float(timestr_to_secs(value, round_to=None))
    except (ValueError, TypeError, OverflowError):
        found = float("nan")
    if found != found:  # noqa: PLR0124 - only NaN differs from itself
        raise KeywordMisused(f"{name}= is not a time: {value!r}.\n{_TIMES}")
    if not 0 <= found < float("inf"):
        raise KeywordMisused(f"{name}= can't be {value!r}: a time is zero or more.\n{_TIMES}")
    return found


def start_point(value: Any, name: str = "since") -> Start:
    """The start point that ``since=``, or another argument, names."""
    if value is None or value == "":
        return Start()
    if isinstance(value, Mark):
        return Start("mark", mark=value)
    if isinstance(value, Event):
        return Start("event", event=value)
    if isinstance(value, datetime):
        return Start("time", moment=_local(value, name))
    if isinstance(value, timedelta):
        return _ago(seconds(value, name))
    if isinstance(value, str):
        return _start_of_text(value.strip(), name)
    epoch = epoch_numbers.read_epoch(value)
    if epoch is not None:
        raise _digits_alone(str(value), name, epoch)
    raise KeywordMisused(f"{name}= can't be {value!r}.\n{name}{_STARTS}")


def _start_of_text(text: str, name: str) -> Start:
    named: Any = _NAMED.get(" ".join(text.lower().split()))
    if named:
        return Start(named)
    if text.replace(".", "", 1).isdigit():
        raise _digits_alone(text, name, epoch_numbers.read_epoch(text))
    if _CLOCK.fullmatch(text) and not text.startswith("00:00:"):
        raise KeywordMisused(
            f"{name}={text} could be a time of day or a time span.\n"
            "Write a time of day with its date, 2026-05-31 17:03:11, and a span with its units, 2 min 30 s."
        )
    if "-" in text.lstrip("-"):
        try:
            moment = _moment(text)
        except _NO_MOMENT:
            raise KeywordMisused(f"{name}= is no point in time: '{text}'.\n{name}{_STARTS}") from None
        return Start("time", moment=moment)
    try:
        return _ago(seconds(text, name))
    except KeywordMisused:
        raise KeywordMisused(f"{name}= is no start point: '{text}'.\n{name}{_STARTS}") from None


def _digits_alone(text: str, name: str, epoch: Epoch | None) -> KeywordMisused:
    ways = [f"{name}={epoch.iso} for the point in time that is {text} {epoch.unit} after 1970 began"] if epoch else []
    if epoch is None or epoch.unit == "seconds":
        ways.append(f"{text} s for a time span")
    return KeywordMisused(f"{name}={text} could be seconds or a point in time.\nWrite {', '.join(ways)}.")


def _ago(span: float) -> Start:
    try:
        return Start("time", moment=datetime.now().astimezone() - timedelta(seconds=span))
    except OverflowError:
        raise KeywordMisused("since= lies before the first year of the calendar.\nsince=earliest means all.") from None


def topics(value: Any) -> tuple[str, ...]:
    """One topic or several, by their names or by patterns, without repetitions; a text may have commas between them."""
    names = list(value) if isinstance(value, list | tuple | set) else _named(value)
    for name in names:
        if patterns.is_pattern(name):
            patterns.check_pattern(name)
        else:
            topic_names.check_topic_name(name)
    if not names:
        raise KeywordMisused("A topic's name is needed; the list of topics is empty.")
    return tuple(dict.fromkeys(names))


def _named(value: Any) -> list[Any]:
    # No name has a comma in it. In a regular expression it counts.
    return [one.strip() for one in value.split(",")] if isinstance(value, str) and value[:1] != "^" else [value]


def topic(value: Any) -> str:
    """One topic's name."""
    topic_names.check_topic_name(value)
    return str(value)


def whole_number(value: Any, name: str, least: int = 0) -> int:
    """A whole number of at least ``least``."""
    try:
        number = int(value)
    except (ValueError, TypeError, OverflowError):
        number = None
    if number is None or isinstance(value, bool) or (not isinstance(value, str) and value != number):
        raise KeywordMisused(f"{name} is a whole number, not {value!r}.")
    if number < least:
        raise KeywordMisused(f"{name} is {least} or more, not {number}.")
    return number


def timestamp(value: Any) -> int | None:
    """Milliseconds since 1970 of a point in time, a ``datetime`` or a number of milliseconds."""
    if value is None or value == "":
        return None
    try:
        found = _milliseconds(value)
    except _NO_MOMENT:
        raise KeywordMisused(
            f"timestamp= is no point in time: {value!r}.\n"
            "Write it as 2026-05-31 17:03:11, or as milliseconds since 1970."
        ) from None
    if found < 1:  # to the client zero means now
        raise KeywordMisused(f"timestamp= can't be {value!r}: Kafka's time begins after the first moment of 1970.")
    if found >= 2**63:
        raise KeywordMisused(f"timestamp= can't be {value!r}: it is beyond what Kafka's time has.")
    return found


def _milliseconds(value: Any) -> int:
    if isinstance(value, datetime):
        return milliseconds(value.astimezone())
    text = str(value).strip()
    return int(text) if text.isdecimal() else milliseconds(_moment(text))


def _local(moment: datetime, name: str) -> datetime:
    try:
        return moment.astimezone()
    except _NO_MOMENT:
        raise KeywordMisused(
            f"{name}= can't be {moment}: it is beyond what a calendar has in the local zone."
        ) from None


def _moment(text: str) -> datetime:
    """A point in time in ISO 8601; Python 3.10 reads neither ``Z`` nor fractions of other than 3 or 6 digits."""
    whole = text[:-1] + "+00:00" if text[-1:] in "Zz" else text
    return datetime.fromisoformat(_FRACTION.sub(lambda found: f".{found[1]:0<6.6}", whole)).astimezone()


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


def event(value: Any) -> Event:
    """An event, or the error for what is none."""
    if isinstance(value, Event):
        return value
    if isinstance(value, list) and value and isinstance(value[0], Event):
        raise KeywordMisused(
            f"One event is needed, not a list of {len(value)}.\n"
            "Take one of it, ${events}[0], or go through it with FOR."
        )
    hint = "Save what 'Wait For Event' or 'Publish Event' gives, and use that: ${event}=    Wait For Event    ..."
    kind = "a dictionary" if isinstance(value, Mapping) else type(value).__name__
    raise KeywordMisused(f"An event is needed, not {kind} ({_short(value)}).\n{hint}")


def events(value: Any) -> list[Event]:
    """A list of events, or those of a dictionary by topic, or the error for what is none."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if not isinstance(value, list | tuple):
        raise KeywordMisused("A list of events is needed, as 'Wait For Events' gives it.")
    return [event(one) for one in value]


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:60] + "…"


def file_path(value: Any, what: str) -> Path:
    """A file of the tester's: a relative path is tried against the suite's folder first."""
    if not isinstance(value, str | Path) or not str(value).strip():
        raise KeywordMisused(f"The path of {what} is needed, not {value!r}.")
    path = Path(value)
    candidates = [path] if path.is_absolute() else [*_beside_suite(path), path]
    for candidate in candidates:
        if _is(Path.is_file, candidate):
            return candidate
    tried = dict.fromkeys(f"'{candidate.absolute()}'" for candidate in candidates)
    raise KeywordMisused(f"There is no file for {what} at {', '.join(tried)}.")


def _is(kind: Callable[[Path], bool], path: Path) -> bool:
    try:
        return kind(path)
    except (OSError, ValueError):  # a name that no system takes
        return False


def new_file_path(value: Any) -> Path:
    """Where to write a file: a relative path belongs to the suite's folder."""
    if not isinstance(value, str | Path) or not str(value).strip():
        raise KeywordMisused(f"The path of a file to write is needed, not {value!r}.")
    path = Path(value)
    target = next(iter([] if path.is_absolute() else _beside_suite(path)), path)
    if not _is(Path.is_dir, target.parent):
        raise KeywordMisused(f"There is no folder '{target.parent.absolute()}' to write '{target.name}' into.")
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


def token_source(value: Any) -> TokenSource | None:
    """What ``token_source=`` means: a function, ``module.function``, or the name of a keyword."""
    if value is None or value == "":
        return None
    if callable(value):
        return TokenSource(getattr(value, "__qualname__", type(value).__name__), value)
    if not isinstance(value, str):
        raise KeywordMisused(
            f"token_source= can't be {type(value).__name__}.\n"
            "Give a function without arguments, its name as module.function, or the name of a keyword."
        )
    return TokenSource(value, lambda: _tokens_of(value))


def _tokens_of(name: str) -> Any:
    """Asked at the first use, for an import has no keywords yet."""
    function = _function(name.strip())
    return function() if function is not None else _token_of_keyword(name)


def _function(name: str) -> Any:
    module, _, function = name.rpartition(".")
    if not all(part.isidentifier() for part in name.split(".")) or not module:
        return None
    try:
        return getattr(importlib.import_module(module), function, None)
    except ModuleNotFoundError as missing:
        if missing.name and module.startswith(missing.name):
            return None  # such as a keyword with its library's name in front
        raise


def _token_of_keyword(name: str) -> Any:
    robot: Any = BuiltIn()
    try:
        # At its usual level Robot logs what a keyword returns and what it sets.
        level = robot.set_log_level("NONE")
    except RobotNotRunningError:
        raise KeywordMisused(
            f"There is no function '{name}', and no Robot runs that could have a keyword of that name.\n"
            "Give token_source= as a function, or as module.function."
        ) from None
    try:
        try:
            robot.keyword_should_exist(name)
        except AssertionError as missing:
            raise KeywordMisused(
                f"The token source '{name}' is not known: {missing}\nGive the name of a keyword, or module.function."
            ) from None
        return robot.run_keyword(name)
    finally:
        robot.set_log_level(level)


def keyword_named(name: str) -> Callable[[Any], Any] | None:
    """What runs the keyword of that name with one argument; nothing where there is none, or no Robot runs."""
    robot: Any = BuiltIn()
    try:
        robot.keyword_should_exist(name)
    except (RobotNotRunningError, AssertionError):
        return None
    return partial(robot.run_keyword, name)
