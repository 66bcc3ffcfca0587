"""Values as testers keep them: dictionaries whose entries read as attributes, for ``${event.value.order.id}``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

NOT_SENT = ("__debezium_unavailable_value", "X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==")
"""What Debezium writes for a value that the database did not tell: as text, and in base64 as bytes."""
_METHODS = frozenset(name for name in dir(dict) if not name.startswith("_"))

__all__ = [
    "NOT_SENT",
    "CountedInterval",
    "CountedMoment",
    "Fields",
    "Geometry",
    "Interval",
    "OneField",
    "WindowedKey",
    "named_as",
    "own_copy",
    "own_tree",
]


class Fields(dict[str, Any]):
    """A dictionary whose entries read as attributes too, for ``${event.value.order.id}``.

    A field may be named as a method of dictionaries: an order has ``items``. Such an attribute is
    the field, and can be called as the method, since Python's own JSON writer calls ``items()``.
    """

    def __getattribute__(self, name: str) -> Any:
        if name in _METHODS and name in self:
            return _with_method(self, name)
        return super().__getattribute__(name)

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            known = ", ".join(map(str, list(self)[:20])) or "none"
            raise AttributeError(f"There is no field '{name}'; the fields are: {known}.") from None


class CountedMoment(str):
    """The text of a moment that came as a number of units since 1970. A test may compare it without the zone, too."""

    __slots__ = ()


class Interval(str):
    """The text of an interval, as a connector writes it. A test may write it in each of its forms."""

    __slots__ = ()


class CountedInterval(int):
    """An interval that came as a number of units, of which a second has a power of ten: ``digits``."""

    digits = 6


class NanoInterval(CountedInterval):
    """One that is finer."""

    digits = 9


class Geometry(Fields):
    """The object of a geometry as it came; ``wkt`` is its text, which a test compares it with."""

    def __init__(self, members: dict[str, Any], wkt: str) -> None:
        super().__init__(members)
        self.wkt = wkt


class _Callable:
    """A field that can be called as the method that it is named as."""

    _method: Any

    def __call__(self, *args: Any, **named: Any) -> Any:
        return self._method(*args, **named)


class _FieldsField(_Callable, Fields):
    pass


class _ListField(_Callable, list[Any]):
    pass


class _TextField(_Callable, str):  # noqa: SLOT000 - it has room for the method
    pass


class _BytesField(_Callable, bytes):
    pass


class _IntegerField(_Callable, int):
    pass


class _FloatField(_Callable, float):
    pass


class _DecimalField(_Callable, Decimal):
    pass


class OneField(_Callable):
    """Null, true or false, which Python lets nothing else be: equal to it, as true as it, and shown like it."""

    def __init__(self, value: bool | None) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, OneField) else other)

    def __hash__(self) -> int:
        return hash(self.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __repr__(self) -> str:
        return repr(self.value)


_FIELDS: dict[type, Any] = {
    Fields: _FieldsField,
    dict: _FieldsField,
    list: _ListField,
    str: _TextField,
    bytes: _BytesField,
    int: _IntegerField,
    float: _FloatField,
    Decimal: _DecimalField,
}


def _with_method(fields: Fields, name: str) -> Any:
    value = dict.__getitem__(fields, name)
    if isinstance(value, _Callable):
        return value
    field = named_as(dict.__getattribute__(fields, name), value)
    if not isinstance(field, OneField):  # of which JSON writers could make nothing
        dict.__setitem__(fields, name, field)  # a list is changed in place, so there may be one only
    return field


def named_as(method: Any, value: Any) -> Any:
    """The value, which can be called as the method too that has its name."""
    kind = next((_FIELDS[base] for base in type(value).__mro__ if base in _FIELDS), OneField)
    field = kind(value) if type(value) is not bool else OneField(value)
    field._method = method
    return field


class WindowedKey(Fields):
    """A key and its window, of Kafka Streams: ``key``, ``start``, and ``end`` where it is known.

    In a condition ``key`` is the key in it; ``key.start`` and ``key.end`` are the window.
    """

    @property
    def shown(self) -> str:
        """It in few words, for messages."""
        start, end = self["start"], self.get("end", "")
        day, _, time = end.partition("T")
        until = f" to {time if start.startswith(day) else end}" if end else ""
        return f"{self['key']} from {start}{until}"


def own_copy(fast: Any, exact: Any) -> Any:
    """A part of a decoded value as the tester's own: ``Fields`` for objects, doubles for fractions, exact integers."""
    if isinstance(exact, Geometry):
        return Geometry(exact, exact.wkt)
    if isinstance(exact, dict):
        return Fields((name, own_copy(fast[name], part)) for name, part in exact.items())
    if isinstance(exact, list):
        return [own_copy(one, other) for one, other in zip(fast, exact, strict=True)]
    return fast if isinstance(fast, float) and isinstance(exact, Decimal) else exact


def own_tree(value: Any) -> Any:
    """A value without shared parts as the tester's own, with ``Fields`` for its objects."""
    if isinstance(value, dict) and not isinstance(value, Geometry):
        return Fields((name, own_tree(part)) for name, part in value.items())
    if isinstance(value, list):
        return [own_tree(part) for part in value]
    return value
