"""What is wrong with the cells of a call that do not fit the arguments of its keyword, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NamedTuple

from robot.errors import DataError
from robot.utils import split_from_equals

from KafkaLibrary.errors import TWO_BLANKS
from KafkaLibrary.keywords.calls.signatures.joined_cells import taken_apart

_OF_ROBOT = (
    "got positional argument after named arguments",
    "got multiple values for argument",
    "does not accept argument",
    "missing value for argument",
    "missing named-only argument",
    "got unexpected named argument",
)
_COUNTED = re.compile(r"expected (at least )?[0-9]+( to [0-9]+)? (non-named )?arguments?, got [0-9]+")
_NAME = re.compile(r"[^\W\d]\w*")
_PATH = re.compile(r"(?:\$|[^\W\d])[\w.$\[\]-]*")
_OPERATORS = ("==", "!=", ">", ">=", "<", "<=", "^=", "$=", "contains", "matches", "in", "exists")
_TIME = re.compile(r"[0-9.]+ *(?:ms|s|sec|seconds?|m|min|minutes?|h|hours?)", re.IGNORECASE)
_WIDEST, _WIDEST_LINE = 60, 240
_ITEMS = 3
_VALUE_OF = {
    "Event Field Should Exist": "Event Field Should Be",
    "Event Field Should Not Exist": "Event Field Should Not Be",
}
_ONE_VALUE = ("Event Field Should Be", "Event Field Should Not Be", "Event Header Should Be")
_PATH_AND_VALUE = 3
"""Cells of an event, a path and a value."""
_CONDITION = re.compile(r"\s*([^\s=<>!]+)\s*(==|!=|>=|<=|=|>|<)\s*(\S.*)")


def is_about_arguments(error: str) -> bool:
    """Whether Robot says that the cells do not fit, and not that a variable is missing, or a value of another type."""
    return any(words in error for words in _OF_ROBOT) or _COUNTED.search(error) is not None


class OfDictionary(NamedTuple):
    """An item of a dictionary that was given as `&{name}`: it has a name, whatever the keyword makes of it."""

    name: str
    value: Any


@dataclass
class _Call:
    """The cells of a call, by what Robot takes them for."""

    keyword: str
    arguments: Any
    """What Robot knows of the keyword's arguments."""
    plain: list[Any] = field(default_factory=list)
    named: list[tuple[str, Any]] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    """Cells without a name after one that has a name."""
    unknown: list[tuple[str, Any]] = field(default_factory=list)
    """Cells that give a name, which is none of the keyword's."""
    of_dictionary: list[OfDictionary] = field(default_factory=list)
    """Those of ``unknown`` that are items of a dictionary."""

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.arguments.positional, *self.arguments.named_only)

    @property
    def takes_conditions(self) -> bool:
        return bool(self.arguments.var_positional == "conditions")


def explained(keyword: str, arguments: Any, cells: Sequence[Any], error: str) -> str:
    """What is wrong and what to write. ``error`` is what Robot says of it."""
    call = _read(keyword, arguments, cells)
    said = (
        _of_a_dictionary(call)
        or _of_another_form(call)
        or _of_names(call)
        or _of_a_name_given_twice(call)
        or _of_too_many(call)
        or _of_joined_cells(call)
        or _of_too_few(call)
    )
    return "\n".join(said or [error, _all_names(call)])


def _read(keyword: str, arguments: Any, cells: Sequence[Any]) -> _Call:
    call = _Call(keyword, arguments)
    for cell in cells:
        is_item = isinstance(cell, OfDictionary)  # its value may be None, and it has a name all the same
        name, value = cell if is_item else _split(cell)
        if (is_item or value is not None) and (name in arguments.named or arguments.var_named):
            call.named.append((name, value))
        elif is_item or (call.named and _is_name(name, value)):
            call.unknown.append((name, value))
            if is_item:
                call.of_dictionary.append(cell)
        elif call.named or call.unknown:
            call.late.append(str(cell))
        else:
            call.plain.append(cell)
    return call


def _split(cell: Any) -> tuple[Any, Any]:
    """Name and value, as Robot splits a cell; no value where it has no name."""
    return split_from_equals(cell) if isinstance(cell, str) else (cell, None)


def _is_name(name: Any, value: Any) -> bool:
    """Whether a cell was meant to name an argument: with two signs it compares."""
    return value is not None and not value.startswith("=") and _NAME.fullmatch(name) is not None


def _of_a_dictionary(call: _Call) -> list[str]:
    """A dictionary whose items Robot hands over one by one, where the keyword takes it as one value."""
    if not call.of_dictionary or len(call.of_dictionary) < len(call.unknown) or call.named:
        return []
    if any(_near(call, item.name) for item in call.of_dictionary):  # its items are arguments, of which one is misspelt
        return []
    shown = ", ".join(f"'{item.name}'" for item in call.of_dictionary[:_ITEMS])
    return [
        f"'{call.keyword}' has no arguments {shown}: &{{NAME}} gives each item of a dictionary by its name.",
        "Write ${NAME} for the dictionary as one value.",
    ]


def _of_another_form(call: _Call) -> list[str]:
    """Cells that say plainly what is meant, though they stand in another form or another keyword's."""
    plain, keyword = call.plain, call.keyword
    named = [one for one in call.named if one[0] in call.arguments.named_only]
    if call.late or call.unknown or len(named) < len(call.named):
        return []
    if keyword in _VALUE_OF and len(plain) == _PATH_AND_VALUE:
        return [f"'{keyword}' takes no value.", _write(_VALUE_OF[keyword], plain, named)]
    if keyword in _ONE_VALUE and len(plain) == _PATH_AND_VALUE - 1:
        condition = _CONDITION.fullmatch(str(plain[1]))
        if condition is not None:
            said = f"'{keyword}' takes the name and the expected value in two cells."
            path, sign, expected = condition.groups()
            is_equality = sign in ("=", "==")
            meant = keyword if is_equality else "Event Should Match"
            return [said, _write(meant, [plain[0], path, *(() if is_equality else (sign,)), expected], ())]
    if keyword == "Publish Events" and _surplus(call):
        return [
            f"'{keyword}' takes the values as one list, and got {len(plain) - 1} cells.",
            f"Make it before:    VAR    @{{values}}    {'    '.join(map(_short, plain[1:]))}",
            _write(keyword, [plain[0], "${values}"], named),
        ]
    if keyword == "Publish Event" and len(plain) == _PATH_AND_VALUE and "key" not in dict(named):
        first, second = (str(cell).lstrip() for cell in plain[1:])
        names_one = _is_name(*_split(plain[1]))
        if second.startswith("{") and not first.startswith(("{", "[")) and not names_one:
            said = f"'{keyword}' takes the value after the topic, and the key by its name."
            return [said, _write(keyword, [plain[0], plain[2]], [("key", plain[1]), *named])]
    return []


def _write(keyword: str, plain: Sequence[Any], named: Sequence[tuple[str, Any]]) -> str:
    return "    ".join(["Write:", keyword, *map(_short, plain), *(f"{name}={_short(value)}" for name, value in named)])


def _of_names(call: _Call) -> list[str]:
    """Names that the keyword does not have, and cells after a name: they are one slip, for both need a name there."""
    misspelt = [*_misspelt_names(call), *call.unknown]
    said = [_unknown(call, name, value) for name, value in misspelt]
    if call.late and (call.named or call.unknown):
        shown = " and ".join(f"'{_short(cell)}'" for cell in call.late)
        comes = "comes" if len(call.late) == 1 else "come"
        said.append(f"{shown} {comes} after {[*call.named, *call.unknown][0][0]}=, but named arguments come last.")
    if not said:
        return []
    return [*said, *_corrected(call, misspelt), _all_names(call)]


def _misspelt_names(call: _Call) -> list[tuple[str, Any]]:
    """Of a name that Robot does not know it makes one more value, and whatever stands there may be one too many."""
    surplus = _surplus(call)
    found = []
    for place, cell in enumerate(call.plain if surplus else []):
        name, value = _split(cell)
        is_surplus = place >= len(call.arguments.positional)
        if _is_name(name, value) and (is_surplus or _near(call, name)):
            found.append((name, value))
    return found


def _surplus(call: _Call) -> list[Any]:
    return [] if call.arguments.var_positional else call.plain[len(call.arguments.positional) :]


def _unknown(call: _Call, name: str, value: Any) -> str:
    near = _near(call, name)
    said = f"'{call.keyword}' has no argument '{name}'."
    if near:
        return f"{said} Did you mean '{near}'?"
    if call.takes_conditions:
        return f"{said} For a field write `{name} == {_short(value)}`, before the named arguments."
    return said


def _near(call: _Call, name: str) -> str:
    """The argument that was probably meant, where it is not given already."""
    given = [one for one, _ in call.named]
    free = [one for one in call.names if one not in given]
    return next(iter(get_close_matches(name.casefold(), free, n=1)), "")


def _corrected(call: _Call, misspelt: Sequence[tuple[str, Any]]) -> list[str]:
    """The call as it was meant, where that is known of all its cells."""
    names = dict(misspelt)
    plain = [cell for cell in call.plain if not _is_one_of(cell, names)]
    named = list(call.named)
    for name, value in misspelt:
        near = _near(call, name)
        if near:
            named.append((near, value))
        elif call.takes_conditions:
            plain.append(f"{name} == {value}")
        else:
            return []
    plain += [_as_condition(cell) if call.takes_conditions else cell for cell in call.late]
    required = [one for one in call.arguments.positional if one not in call.arguments.defaults]
    by_name = dict(named)
    if call.late or call.takes_conditions:
        # Who names an argument of those without a name has to give it at its place, for others come after it.
        for place, name in enumerate(required):
            if name in by_name and place <= len(plain):
                plain.insert(place, by_name[name])
                named = [one for one in named if one[0] != name]
    return _proposal(call, plain, named, "Write")


def _is_one_of(cell: Any, names: dict[str, Any]) -> bool:
    name, value = _split(cell)
    return value is not None and names.get(name) == value


def _as_condition(cell: str) -> str:
    """`order.id=5` and `id==6` as the conditions that they are meant for."""
    name, value = split_from_equals(cell)
    if value is None or not _PATH.fullmatch(name):
        return cell
    return f"{name} == {value.lstrip('=').strip()}"


def _of_a_name_given_twice(call: _Call) -> list[str]:
    filled = dict(zip(call.arguments.positional, call.plain, strict=False))
    for name, value in call.named:
        if name in filled:
            twice = f"'{_short(filled[name])}' by its place, and {_shown(call, name, value)}"
            order = ", ".join(call.arguments.positional)
            return [f"'{call.keyword}' got '{name}' twice: {twice}.", f"Its arguments are in this order: {order}."]
    return []


def _of_too_many(call: _Call) -> list[str]:
    positional = call.arguments.positional
    surplus = _surplus(call)
    if not surplus:
        return []
    shown = ", ".join(f"'{_short(cell)}'" for cell in surplus)
    if not call.names:
        return [f"'{call.keyword}' takes no arguments. It got {shown}."]
    said = [f"'{call.keyword}' got {'a cell' if len(surplus) == 1 else 'cells'} too many: {shown}."]
    if positional[:3] == ("event", "path", "expected") and len(surplus) == 1 and str(call.plain[2]) in _OPERATORS:
        event, *condition = (_short(cell) for cell in call.plain)
        return [*said, f"For an operator write:    Event Should Match    {event}    {' '.join(condition)}"]
    name = _likely(call, surplus[0])
    if name and len(surplus) == 1:
        named = [(name, surplus[0]), *call.named]
        said += _proposal(call, call.plain[: len(positional)], named, f"If it is meant for {name}, write")
    return [*said, _all_names(call)]


def _likely(call: _Call, cell: Any) -> str:
    """The argument that a cell without a name is likely meant for."""
    given = {name for name, _ in call.named}
    free = [name for name in call.arguments.named_only if name not in given]
    text = str(cell).strip()
    guesses: list[str] = []
    if _TIME.fullmatch(text):
        guesses += ["timeout", "within"]
    elif text.lower() in ("true", "false"):
        guesses += ["strict", "missing_ok", "descending"]
    elif text.lower() in ("earliest", "latest", "test start", "suite start"):
        guesses += ["since"]
    else:
        guesses += ["key", "message", "headers"]
    return next((name for name in guesses if name in free), free[0] if len(free) == 1 else "")


def _of_joined_cells(call: _Call) -> list[str]:
    """Arguments that are missing because they are in the cell of another one, with one blank between them."""
    required = [one for one in call.arguments.positional if one not in call.arguments.defaults]
    named = dict(call.named)
    missing = [one for one in required[len(call.plain) :] if one not in named]
    cells = [*call.plain, *(f"{name}={value}" for name, value in call.named if " " in name.strip())]
    for place, cell in enumerate(cells if missing else []):
        apart, at_its_end = taken_apart(cell, call.names, len(missing) + call.takes_conditions)
        if len(apart) > len(missing) - (place >= len(call.plain)):
            plain = [*call.plain[:place], *apart, *call.plain[place + 1 :]]
            others = [one for one in call.named if " " not in one[0].strip()]
            proposal = _proposal(call, plain, [*at_its_end, *others], "Write")
            said = f"'{call.keyword}' needs {_listed(missing)}. `{_short(cell)}` is one cell."
            return [said, f"{TWO_BLANKS}.", *proposal, _all_names(call)] if proposal else []
    return []


def _of_too_few(call: _Call) -> list[str]:
    names = [name for name, _ in call.named]
    positional = [one for one in call.arguments.positional[len(call.plain) :] if one not in names]
    others = [one for one in call.arguments.named_only if one not in names]
    missing = [one for one in (*positional, *others) if one not in call.arguments.defaults]
    if not missing:
        return []
    named = [*call.named, *((one, one.upper()) for one in missing if one in call.arguments.named_only)]
    plain = [*call.plain, *(one.upper() for one in missing if one in call.arguments.positional)]
    said = f"'{call.keyword}' needs {_listed(missing)}."
    return [said, *_proposal(call, plain, named, "Write"), _all_names(call)]


def _proposal(call: _Call, plain: Sequence[Any], named: Sequence[tuple[str, Any]], begin: str) -> list[str]:
    """A line with the call to write, unless Robot would refuse that one, too."""
    try:
        with suppress(ValueError):  # of a value that is not of its type: the arguments are those of the call
            call.arguments.resolve([*plain, *(f"{name}={value}" for name, value in named)])
    except DataError:
        return []
    cells = [call.keyword, *(_short(one) for one in plain), *(_shown(call, name, value) for name, value in named)]
    line = "    ".join(cells)
    return [f"{begin}:    {line if len(line) <= _WIDEST_LINE else line[:_WIDEST_LINE] + '…'}"]


def _shown(call: _Call, name: str, value: Any) -> str:
    # Whoever takes any name takes properties of the client, and among them are passwords.
    return f"{name}=…" if call.arguments.var_named else f"{name}={_short(value)}"


def _all_names(call: _Call) -> str:
    arguments = call.arguments
    if not call.names and not arguments.var_positional and not arguments.var_named:
        return "It takes no arguments."
    plain = [*arguments.positional, *filter(None, [arguments.var_positional])]
    named = ", ".join(f"{name}=" for name in arguments.named_only)
    if arguments.var_named:
        named = f"{named} and any other" if named else "any other"
    parts = [*([_listed(plain)] if plain else []), *([f"by name {named}"] if named else [])]
    return f"It takes {', and '.join(parts)}."


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    text = text.replace("\n", "\\n") or "${EMPTY}"
    return text if len(text) <= _WIDEST else text[:_WIDEST] + "…"
