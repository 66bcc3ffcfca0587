"""Lets the library answer a call whose arguments do not fit its keyword, where Robot would say how many it got."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

from robot.errors import DataError
from robot.running.context import EXECUTION_CONTEXTS
from robot.variables import is_dict_variable, is_list_variable

from KafkaLibrary.lazy_module import LazyModule

if TYPE_CHECKING:
    from KafkaLibrary.keywords.calls.signatures import wrong_arguments
else:
    wrong_arguments = LazyModule("KafkaLibrary.keywords.calls.signatures.wrong_arguments")


class ArgumentListener:
    """Robot hands each call of a keyword to it, before it assigns the cells to the arguments."""

    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self, library: object) -> None:
        self._library = weakref.ref(library)

    def start_library_keyword(self, _data: Any, implementation: Any, _result: Any) -> None:
        # What Robot hands over is the copy of the keyword for this one call. It comes twice where two imports, with
        # the same arguments and other names, have one library object.
        if isinstance(implementation.args, ExplainedArguments):
            return
        library, owner = self._library(), implementation.owner
        # The object of another library is not asked for: where each test has a new one, that would make it.
        if owner.code is type(library) and owner.instance is library:
            implementation.args = ExplainedArguments(implementation.name, implementation.args)


class ExplainedArguments:
    """The arguments of a keyword as Robot knows them. Where it can't assign the cells, it is said what to write."""

    def __init__(self, keyword: str, arguments: Any) -> None:
        self._keyword = keyword
        self._arguments = arguments

    def resolve(self, cells: Any, *others: Any, **named: Any) -> Any:
        """What Robot's own method gives. Its parameters differ between versions; the cells are the first in all."""
        try:
            return self._arguments.resolve(cells, *others, **named)
        except DataError as error:
            if not wrong_arguments.is_about_arguments(str(error)):
                raise
            said = wrong_arguments.explained(self._keyword, self._arguments, _expanded(cells), str(error))
            raise DataError(said) from None

    def __getattr__(self, name: str) -> Any:
        if name == "_arguments":  # a copy that is being made has it not yet
            raise AttributeError(name)
        return getattr(self._arguments, name)

    def __iter__(self) -> Any:
        return iter(self._arguments)

    def __bool__(self) -> bool:
        return bool(self._arguments)

    def __str__(self) -> str:
        return str(self._arguments)


def _expanded(cells: Any) -> list[Any]:
    """A list or a dictionary counts as what is in it. Other variables are shown as they are written."""
    context = EXECUTION_CONTEXTS.current
    found: list[Any] = []
    for cell in cells:
        is_variable = isinstance(cell, str) and not context.dry_run
        if is_variable and is_list_variable(cell):
            found += context.variables.replace_list([cell])
        elif is_variable and is_dict_variable(cell):
            items = context.variables.replace_scalar(cell).items()
            found += [wrong_arguments.OfDictionary(str(name), value) for name, value in items]
        else:
            found.append(cell)
    return found
