"""Tracebacks of keywords that fail in plain Python: pytest leaves the library's own frames out of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from KafkaLibrary.errors import KafkaLibraryError

Method = TypeVar("Method", bound=Callable[..., Any])
_PACKAGE = __name__.partition(".")[0]
_HIDE = "__tracebackhide__"
"""What pytest looks for in a frame: a yes, or a function that decides."""


def frames_hidden(method: Method) -> Method:
    """The method; what it raises on purpose tells of the test, and not of where in the library it was raised."""

    @wraps(method)
    def call(*positional: Any, **named: Any) -> Any:
        try:
            return method(*positional, **named)
        except KafkaLibraryError as problem:
            _hide(problem)
            raise

    return call  # type: ignore[return-value]


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
