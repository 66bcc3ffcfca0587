"""What Robot is told of each keyword: its arguments, their types and how values become them, its tags."""

from __future__ import annotations

from collections.abc import Container, ItemsView, Iterable
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from robot.running.context import EXECUTION_CONTEXTS
from robotlibcore import DynamicCore

from KafkaLibrary.keywords.calls.signatures import argument_types, common_arguments
from KafkaLibrary.lazy_module import LazyModule

if TYPE_CHECKING:
    from KafkaLibrary.keywords.calls.signatures import keyword_tags
else:
    keyword_tags = LazyModule("KafkaLibrary.keywords.calls.signatures.keyword_tags")


class DescribedKeywords(DynamicCore):  # type: ignore[misc] # PythonLibCore has no types
    """PythonLibCore reads the methods. What all keywords have alike is added here."""

    def __init__(self, components: list[Any]) -> None:
        DynamicCore.__init__(self, components)

    def get_keyword_tags(self, name: str) -> list[str]:
        own = super().get_keyword_tags(name)
        return [*keyword_tags.tags_of(name, self.keywords[name].__module__), *own]

    def get_keyword_arguments(self, name: str) -> list[Any]:
        """Where an argument is called as Python calls none, such as ``with``, there is a ``_`` behind it in Python."""
        own = [_in_robot(one) for one in super().get_keyword_arguments(name)]
        return common_arguments.with_added(own, common_arguments.added_to(self.keywords.get(name)))

    def get_keyword_types(self, name: str) -> dict[str, Any]:
        added = dict.fromkeys(common_arguments.added_to(self.keywords.get(name)), str)
        own = {_in_robot(one): kind for one, kind in super().get_keyword_types(name).items()}
        return argument_types.types_of(name, {**own, **added})

    def run_keyword(self, name: str, args: Any, kwargs: Any = None) -> Any:
        given = {f"{one}_" if iskeyword(one) else one: value for one, value in (kwargs or {}).items()}
        return super().run_keyword(name, args, given)


def _in_robot(argument: Any) -> Any:
    """An argument as Robot knows it: its name, or its name and default."""
    if isinstance(argument, tuple):
        return (_in_robot(argument[0]), *argument[1:])
    bare = argument[:-1]
    return bare if argument.endswith("_") and iskeyword(bare) else argument


class _AnyOf(type):
    """A class of which each of its ``kinds`` counts as a part, for those who ask with ``issubclass``."""

    kinds: frozenset[type] = frozenset()

    def __subclasscheck__(cls, kind: type) -> bool:
        return kind in cls.kinds


class TakenAsGiven(dict[type, Any]):
    """What Robot is told of how values become arguments: each is handed to the keyword as it is, or as its text.

    The keywords' own messages say more than one about a type would. A union of types, or Robot's own conversion, would
    turn ``${5}`` into text, or take ``null`` for no JSON.

    Robot makes its converters anew for every call of a keyword, and looks through the signature of each: for fifty
    types that took five times as long as the call. So while a suite runs there are two, of all types that are alike.
    Libdoc, which describes each type, gets them all.
    """

    def __init__(self, kinds: Iterable[type], *, as_texts: Container[type]) -> None:
        super().__init__({one: _as_text if one in as_texts else _as_it_is for one in kinds})
        self._alike: dict[type, Any] = {}
        for convert in (_as_text, _as_it_is):
            alike = frozenset(one for one, how in super().items() if how is convert)
            self._alike[_AnyOf(convert.__name__, (), {"kinds": alike})] = convert

    def items(self) -> ItemsView[type, Any]:  # type: ignore[override] # as any mapping has it
        return ItemsView(self) if EXECUTION_CONTEXTS.current is None else self._alike.items()


def _as_text(value):  # type: ignore[no-untyped-def] # with a type, Robot would take values of that type only
    return str(value)


def _as_it_is(value):  # type: ignore[no-untyped-def] # the same
    return value


TAKEN_AS_GIVEN = TakenAsGiven(argument_types.OWN, as_texts=argument_types.OF_TEXT)
