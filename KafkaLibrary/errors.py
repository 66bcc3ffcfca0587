"""The exceptions of this library: three kinds under one base.

A tester meets their messages only: Robot shows no class name in front of them.
Each message has the verdict in its first line, then the reason, then what to do.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

MOST_LINES = 40
"""Robot cuts longer messages from the middle."""

_Method = TypeVar("_Method", bound=Callable[..., Any])
_PACKAGE = __name__.partition(".")[0]
_HIDE = "__tracebackhide__"
"""What pytest looks for in a frame: a yes, or a function that decides."""
_OF_ROBOT = ("TimeoutExceeded", "TimeoutError", "PassExecution", "ExecutionPassed")
"""Names in ``robot.errors``: a timeout's is the second one before Robot Framework 7.3, and an ordinary exception."""


class KafkaLibraryError(Exception):
    """Base of everything that this library raises on purpose."""

    ROBOT_SUPPRESS_NAME = True

    def __init__(self, message: str) -> None:
        # Half of a surrogate pair in a message would end Robot when it writes its output.
        super().__init__(_cut(message.encode("utf-8", "backslashreplace").decode()))


class ExpectationFailed(KafkaLibraryError, AssertionError):
    """The system under test did not do what the test expects of it."""


class KeywordMisused(KafkaLibraryError, ValueError):
    """A keyword was given something that it can't work with."""


class WrongArguments(KeywordMisused, TypeError):
    """A method was called from Python with arguments that it does not take."""


class KafkaLibraryWarning(UserWarning):
    """A keyword passed or failed for a reason that the tester may not have meant. Under pytest a run can refuse it."""


class KafkaUnusable(KafkaLibraryError):
    """Kafka can't be reached, refused the request or could not finish it in time."""


class TopicMayExist(KafkaUnusable):
    """A topic was asked for, and nobody knows whether it was made or will be."""


class EmbeddedElsewhere(KafkaUnusable):
    """The address is that of the embedded broker of another connection, which answers little to others."""

    def __init__(self, address: str, doing: str) -> None:
        super().__init__(
            f"The server at {address} is the embedded broker of another connection, and it can't {doing} for this "
            "one.\n"
            "Use the connection that started it, or bootstrap_servers=embedded for one of your own."
        )
        self.address = address


class NeedsRealKafka(KafkaUnusable):
    """The embedded broker has no such function."""

    def __init__(self, function: str) -> None:
        super().__init__(
            f"The embedded broker can't {function}.\n"
            "This needs a real Kafka: give its address as bootstrap_servers=HOST:PORT."
        )


class Undecodable(KafkaLibraryError):
    """The bytes of an event do not fit the format they are read by. It stops no wait: it is counted and shown."""


def stops_robot(problem: Exception) -> bool:
    """Whether it is Robot that stops a keyword or a test here: for a timeout, or since a keyword within says so."""
    within = (getattr(problem, name, False) is True for name in ("timeout", "exit", "skip"))
    kind = type(problem)
    return (kind.__module__ == "robot.errors" and kind.__name__ in _OF_ROBOT) or any(within)


def did_you_mean(word: str, known: Iterable[str], *, most: int = 3) -> str:
    """A sentence that names the nearest known words, or nothing where none is near."""
    by_folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    folded = word.casefold()
    near = difflib.get_close_matches(folded, by_folded, n=most, cutoff=0.6)
    near += [name for name in sorted(by_folded) if folded and folded in name and name not in near]
    if not near:
        return ""
    return "Did you mean " + " or ".join(f"'{by_folded[name]}'" for name in near[:most]) + "?"


TWO_BLANKS = "Robot separates cells by two or more blanks"


def in_own_cells(*cells: str) -> str:
    """A sentence with the cells to write, where there was one blank between them and Robot took them for one."""
    return f"{TWO_BLANKS}: write `{'    '.join(cells)}`."


def how_to_install(*extras: str) -> str:
    """The command for packages that are not installed with the library: no more of them than are needed."""
    return f"Install it with: pip install 'robotframework-kafka-events[{','.join(extras)}]'"


def unsendable(text: str) -> str:
    """Why the Kafka client can't take a text as a name or a setting; empty where it can.

    What UTF-8 has no bytes for never reaches the client, and neither does a NUL: what stands behind it would be lost.
    """
    if "\0" in text:
        return "has a NUL character, and the Kafka client would drop all after it"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "has half of a surrogate pair, for which UTF-8 has no bytes"
    return ""


def _cut(message: str) -> str:
    lines = message.split("\n")
    if len(lines) <= MOST_LINES:
        return message
    kept = lines[: MOST_LINES - 1]
    return "\n".join([*kept, f"... and {len(lines) - len(kept)} more lines"])


def frames_hidden(method: _Method) -> _Method:
    """The method; what it raises on purpose tells of the test, and not of where in the library it was raised."""

    @wraps(method)
    def call(*positional: Any, **named: Any) -> Any:
        try:
            return method(*positional, **named)
        except BaseException as problem:
            positional, named = (), {}  # a runner may show local variables, and they may be secret
            if isinstance(problem, KafkaLibraryError):
                _hide(problem)
            raise

    return call  # type: ignore[return-value] # it takes what the method takes


def _hide(problem: BaseException) -> None:
    traceback = problem.__traceback__
    while traceback is not None:
        of_module = traceback.tb_frame.f_globals
        if str(of_module.get("__name__")).partition(".")[0] == _PACKAGE:
            of_module[_HIDE] = _is_on_purpose
        traceback = traceback.tb_next


def _is_on_purpose(raised: Any) -> bool:
    """A mistake of the library itself is shown with all of its frames."""
    return raised is None or isinstance(raised.value, KafkaLibraryError)
