"""What Robot is told of each keyword: its arguments, their types, its tags."""

from __future__ import annotations

from keyword import iskeyword
from typing import TYPE_CHECKING, Any

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
