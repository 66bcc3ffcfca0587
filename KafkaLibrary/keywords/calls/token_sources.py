"""Functions and keywords of the tester's that the library runs: for `token_source=`, and those of own formats."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from robot.libraries.BuiltIn import BuiltIn, RobotNotRunningError

from KafkaLibrary.broker.settings.oauth_tokens import TokenSource
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.lazy_module import LazyModule

if TYPE_CHECKING:
    from KafkaLibrary import answering
else:
    answering = LazyModule("KafkaLibrary.answering")


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
    function = function_named(name.strip())
    return function() if function is not None else _token_of_keyword(name)


def function_named(name: str) -> Any:
    """What ``module.function`` names; nothing where there is none."""
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
            f"There is no function '{name}', and no Robot run that has a keyword of that name.\nGive token_source= "
            "as a function, or as module.function."
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
    return partial(_run, name)


def _run(name: str, argument: Any) -> Any:
    if threading.current_thread().name == answering.THREAD:
        raise KeywordMisused(
            f"'{name}' is a keyword, and those run in Robot's own thread only.\n"
            "For 'Answer Events' give a function, as own:MODULE.FUNCTION."
        )
    robot: Any = BuiltIn()
    return robot.run_keyword(name, argument)
