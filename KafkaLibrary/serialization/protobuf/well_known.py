"""Google's well-known types, and those of Connect's converter, as testers write them: texts for moments, a decimal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

from KafkaLibrary.serialization.protobuf.duration_texts import mask_text, paths_of, span_of
from KafkaLibrary.serialization.protobuf.reading import is_well_known
from KafkaLibrary.serialization.protobuf.values import Unfit, check_of, content, text
from KafkaLibrary.serialization.protobuf.writing import Fill, Steps, Writers, fields_writer, written
from KafkaLibrary.serialization.schemas.violations import Violation
from KafkaLibrary.serialization.values import phrases
from KafkaLibrary.serialization.values.binary import utf8
from KafkaLibrary.serialization.values.numbers import digits_and_scale, double
from KafkaLibrary.serialization.values.times import days_of, moment_of, time_of

_MOST_DIGITS = 4000
_SPAN = "be a duration in seconds such as 3.5s"
_MASK = "be names of fields with commas between, such as id,customer.name"
_JSON = "be a value that JSON has"
_WHOLE = "be a number that a double holds exactly"
_TYPED = "name a type that the schema knows, or be beside the base64 text of a value"


def _two_parts(read: Callable[[Any], tuple[int, int] | None], asked: str) -> Callable[[Writers, Any], Fill]:
    """For a Timestamp and a Duration. A form that has no text is read, and so taken, as its two fields."""

    def make(writers: Writers, descriptor: Any) -> Fill:
        as_fields = fields_writer(writers, descriptor)

        def fill(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
            if isinstance(value, dict):
                as_fields(message, value, steps, found)
                return
            parts = read(value)
            if parts is None:
                found.append(Violation(steps, "fit", asked, value))
            else:
                message.seconds, message.nanos = parts

        return fill

    return make


def _mask(writers: Writers, descriptor: Any) -> Fill:
    as_fields = fields_writer(writers, descriptor)

    def fill(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
        if isinstance(value, dict):
            as_fields(message, value, steps, found)
            return
        paths = paths_of(value) if utf8(value) is not None else None
        if paths is None or mask_text(paths) != value:
            found.append(Violation(steps, "fit", _MASK, value))
        else:
            message.paths.extend(paths)

    return fill


def _by_parts(parts_of: Callable[[Any], dict[str, Any] | None], asked: str) -> Callable[[Writers, Any], Fill]:
    """For a type of Connect's converter: a value that has another form, or its fields as they are."""

    def make(writers: Writers, descriptor: Any) -> Fill:
        as_fields = fields_writer(writers, descriptor)

        def fill(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
            parts = None if isinstance(value, dict) else parts_of(value)
            if parts is None and not isinstance(value, dict):
                found.append(Violation(steps, "fit", asked, value))
            else:
                as_fields(message, value if parts is None else parts, steps, found)

        return fill

    return make


def _decimal_parts(value: Any) -> dict[str, Any] | None:
    """As Java has them: the digits as bytes, and how many they are."""
    found = digits_and_scale(value, _MOST_DIGITS)
    if found is None:
        return None
    digits, scale = found
    size = (digits if digits >= 0 else -digits - 1).bit_length() // 8 + 1
    return {"value": digits.to_bytes(size, "big", signed=True), "precision": len(str(abs(digits))), "scale": scale}


def _date_parts(value: Any) -> dict[str, Any] | None:
    days = days_of(value) if isinstance(value, (str, date)) else None
    if days is None:
        return None
    day = date.fromordinal(date(1970, 1, 1).toordinal() + days)
    return {"year": day.year, "month": day.month, "day": day.day}


def _time_parts(value: Any) -> dict[str, Any] | None:
    nanos = time_of(9)(value) if isinstance(value, (str, time)) else None
    if nanos is None:
        return None
    seconds, part = divmod(nanos, 10**9)
    return {"hours": seconds // 3600, "minutes": seconds // 60 % 60, "seconds": seconds % 60, "nanos": part}


def _wrapper(writers: Writers, descriptor: Any) -> Fill:
    check = check_of(descriptor.fields_by_name["value"])

    def fill(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
        try:
            message.value = check(value)
        except Unfit as unfit:
            found.append(Violation(steps, "fit", unfit.asked, value))

    return fill


def _struct(writers: Writers, descriptor: Any) -> Fill:
    return fields_of_json


def fields_of_json(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
    if not isinstance(value, dict):
        found.append(Violation(steps, "fit", "be an object", value))
        return
    for name, part in dict.items(value):
        place = (*steps, str(name))
        try:
            _json(message.fields[text(name)], part, place, found)
        except Unfit:
            found.append(Violation(place, "fit", phrases.NAME, part))


def _elements_of_json(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
    if not isinstance(value, list | tuple):
        found.append(Violation(steps, "fit", phrases.LIST, value))
        return
    for index, element in enumerate(value):
        _json(message.values.add(), element, (*steps, index), found)


def _json(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
    if isinstance(value, dict):
        message.struct_value.SetInParent()
        fields_of_json(message.struct_value, value, steps, found)
    elif isinstance(value, list | tuple):
        message.list_value.SetInParent()
        _elements_of_json(message.list_value, value, steps, found)
    else:
        try:
            name, single = _single(value)
        except Unfit as unfit:
            found.append(Violation(steps, "fit", unfit.asked, value))
        else:
            setattr(message, name, single)


def _single(value: Any) -> tuple[str, Any]:
    if value is None:
        return "null_value", 0
    if isinstance(value, bool):
        return "bool_value", value
    if isinstance(value, str):
        return "string_value", text(value)
    if isinstance(value, int | float | Decimal):
        number = double(value)
        if number is None:
            raise Unfit(_WHOLE)
        return "number_value", number
    raise Unfit(_JSON)


def _any(writers: Writers, descriptor: Any) -> Fill:
    def fill(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
        if not isinstance(value, dict):
            found.append(Violation(steps, "fit", "be an object with its type in the field @type", value))
            return
        rest = dict(value)
        if not rest:
            return
        address = rest.pop("@type", None)
        if utf8(address) is None:
            found.append(_untyped(value, steps))
            return
        inner = writers.find(address.rpartition("/")[2])
        message.type_url = address
        if inner is None:
            _unknown_type(message, rest, (steps, address), found)
        else:
            packed = _packed(writers, inner, rest, steps, found)
            message.value = packed

    return fill


def _untyped(value: dict[str, Any], steps: Steps) -> Violation:
    place = (*steps, "@type")
    if "@type" in value:
        return Violation(place, "fit", _TYPED, value["@type"])
    return Violation(place, "required", None, tuple(map(str, value)))


def _unknown_type(message: Any, rest: dict[str, Any], place: tuple[Steps, str], found: list[Violation]) -> None:
    steps, address = place
    if rest.keys() != {"value"}:
        found.append(Violation((*steps, "@type"), "fit", _TYPED, address))
        return
    try:
        message.value = content(rest["value"])
    except Unfit as unfit:
        found.append(Violation((*steps, "value"), "fit", unfit.asked, rest["value"]))


def _packed(writers: Writers, inner: Any, rest: dict[str, Any], steps: Steps, found: list[Violation]) -> bytes:
    own: list[Violation] = []
    if not is_well_known(inner):
        packed = written(inner, writers.of(inner), rest, steps, own)
    else:
        place = (*steps, "value")
        own += [Violation((*steps, str(name)), "unknown", ("value",), rest[name]) for name in rest if name != "value"]
        packed = written(inner, writers.of(inner), rest.get("value"), place, own)
    found += own
    return packed


WELL_KNOWN: dict[str, Callable[[Writers, Any], Fill]] = {
    "confluent.type.Decimal": _by_parts(_decimal_parts, "be a decimal"),
    "google.type.Date": _by_parts(_date_parts, phrases.DATE),
    "google.type.TimeOfDay": _by_parts(_time_parts, phrases.time(9)),
    "google.protobuf.Any": _any,
    "google.protobuf.Duration": _two_parts(span_of, _SPAN),
    "google.protobuf.FieldMask": _mask,
    "google.protobuf.ListValue": lambda writers, descriptor: _elements_of_json,
    "google.protobuf.Struct": _struct,
    "google.protobuf.Timestamp": _two_parts(moment_of, phrases.moment(9)),
    "google.protobuf.Value": lambda writers, descriptor: _json,
    **{
        f"google.protobuf.{name}Value": _wrapper
        for name in "Bool Bytes Double Float Int32 Int64 String UInt32 UInt64".split()
    },
}
