"""Calls from Python whose arguments do not fit a keyword's method, and what it takes instead."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from inspect import Parameter, signature
from typing import Any

from KafkaLibrary.errors import WrongArguments, did_you_mean
from KafkaLibrary.keywords.calls.signatures.common_arguments import added_to


def answered(method: Callable[..., Any]) -> Callable[..., Any]:
    """The method. Where a call does not fit its arguments, it says which they are: Python would say how many."""

    @wraps(method)
    def call(*positional: Any, **named: Any) -> Any:
        try:
            return method(*positional, **named)
        except BaseException as problem:
            said = _wrong(method, positional, named) if isinstance(problem, TypeError) else ""
            positional, named = (), {}  # a runner may show local variables, and they may be secret
            if said:
                raise WrongArguments(said) from None
            raise

    return call


def _wrong(method: Callable[..., Any], positional: tuple[Any, ...], named: Collection[str]) -> str:
    """What does not fit. Empty where all does: then the mistake is the library's own."""
    places: list[str] = []
    required: list[str] = []
    names: list[str] = []
    takes_more, takes_any_name = "", False
    for name, parameter in signature(method).parameters.items():
        if parameter.kind is Parameter.VAR_POSITIONAL:
            takes_more = name
        elif parameter.kind is Parameter.VAR_KEYWORD:
            takes_any_name = True
        else:
            (names if parameter.kind is Parameter.KEYWORD_ONLY else places).append(name)
            if parameter.default is Parameter.empty:
                required.append(name)
    names += added_to(method)
    by_place = places[: len(positional)]
    said = [
        f"It has no argument '{name}'. {did_you_mean(name, [*places, *names])}".rstrip()
        for name in named
        if name not in {*places, *names} and not takes_any_name
    ]
    said += [f"It got '{name}' twice: by its place, and by its name." for name in by_place if name in named]
    surplus = positional[len(places) :]
    if surplus and not takes_more:
        said.append(f"It got {len(surplus)} too many: {', '.join(_short(one) for one in surplus)}.")
    missing = [name for name in required if name not in by_place and name not in named]
    if missing:
        said.append(f"It needs {_listed(missing)}.")
    if not said:
        return ""
    plain = _listed([*places, *([f"*{takes_more}"] if takes_more else [])])
    by_name = ", ".join([*(f"{name}=" for name in names), *(["any other name"] if takes_any_name else [])])
    takes = ", and ".join(filter(None, [plain, f"by name {by_name}" if by_name else ""])) or "no arguments"
    return "\n".join([f"{method.__name__}() can't be called like this.", *said, f"It takes {takes}."])


def _listed(names: list[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _short(value: Any, most: int = 40) -> str:
    shown = repr(value)
    return shown if len(shown) <= most else f"{shown[:most]}…"
