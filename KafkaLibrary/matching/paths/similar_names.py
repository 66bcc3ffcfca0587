"""Names similar to one that is missing, ``$.status`` for ``$.statsu``, and places elsewhere that have the name."""

from __future__ import annotations

import difflib
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

from KafkaLibrary.matching.one_line_texts import is_plain_name, show_path, show_text
from KafkaLibrary.matching.paths.grammar import is_own

MOST_NAMES = 10
_ELSEWHERE_MOST = 3
_MOST_LOOKED_AT = 2000
_MOST_COMPARED = 200
_NEAR = 0.6
_NEARER = 0.85
_LONG = 5
_TURNED = 2

Place = tuple[str | int, ...]


def similar_names_in(document: Any, steps: tuple[Any, ...], root: str) -> list[str]:
    """Names at the deepest level that ``steps`` reach, and paths to the wanted name elsewhere.

    Near names come first, then the paths; where there is neither, all names of that level.
    """
    level, reached, wanted = _deepest(document, steps)
    if isinstance(level, list) and _is_index(wanted):
        return [with_size(show_path(reached, root), len(level))]
    if not isinstance(wanted, str):
        return []
    here = [name for name, _ in _fields(level)]
    ranked = sorted(here, key=lambda name: -_likeness(name, wanted))
    near = [name for name in ranked if _likeness(name, wanted) >= _NEAR]
    elsewhere = [show_path(place, root) for place in islice(_places_of(wanted, document, reached), _ELSEWHERE_MOST)]
    near, ranked = ([_shown(name, reached, root) for name in names[:MOST_NAMES]] for names in (near, ranked))
    return ([*near, *elsewhere] or ranked)[:MOST_NAMES]


def with_size(path: str, size: int) -> str:
    """A list with how many elements it has."""
    return f"{path} with {size or 'no'} element{'s' * (size != 1)}"


def short_list(document: Any, steps: tuple[Any, ...], root: str) -> tuple[int, str] | None:
    """The size of the list that has no element where the steps end, and the path to it; nothing where that is else."""
    level, reached, wanted = _deepest(document, steps)
    is_short = isinstance(level, list) and level and _is_index(wanted)
    return (len(level), show_path(reached, root)) if is_short else None


def _is_index(step: Any) -> bool:
    return isinstance(step, int) or (isinstance(step, str) and step.isdecimal())


def near_name(document: Any, steps: tuple[Any, ...], root: str) -> str:
    """The name that is nearest to the one that is missing, and rather near; empty where there is none."""
    level, reached, wanted = _deepest(document, steps)
    if not isinstance(wanted, str) or len(wanted) < _LONG:
        return ""
    near = max((name for name, _ in _fields(level)), key=lambda name: _ratio(name, wanted), default="")
    return _shown(near, reached, root) if near and _ratio(near, wanted) >= _NEARER else ""


def places_elsewhere(document: Any, steps: tuple[Any, ...]) -> list[str]:
    """Paths that end with the same names and begin at other places where the first that is missing stands."""
    _, reached, wanted = _deepest(document, steps)
    rest = steps[len(reached) + 1 :]
    if not isinstance(wanted, str) or not all(isinstance(step, (str, int)) for step in rest):
        return []
    found = islice(_places_of(wanted, document, reached), _ELSEWHERE_MOST)
    return [show_path((*place, *rest), "$") for place in found]


def null_on_the_way(document: Any, steps: tuple[Any, ...], root: str) -> str:
    """The path to a null in which the steps end before their last; empty where there is none."""
    part, way, _ = _deepest(document, steps)
    return show_path(way, root) if part is None and len(way) < len(steps) else ""


def reaches(document: Any, steps: tuple[Any, ...]) -> bool:
    """Whether the document has what the first of the steps leads to, and there are more."""
    return bool(_deepest(document, steps)[1])


_WRAPPERS = ("payload", "value", "data", "body", "message", "event", "record", "msg", "content")
_OWN = ("key", "topic", "partition", "offset", "timestamp")
_HEADERS = ("header", "headers")


def roots_meant(origin: str, steps: tuple[str | int, ...]) -> Iterator[str]:
    """Paths that the steps may have been meant for, from another place on.

    An event's own parts were taken for fields, ``$.key`` and ``header.source``, or a name stands in front of a field
    that only other tools have there, ``payload.status``.
    """
    if origin == "headers":
        yield show_path((*steps,), "$")
        return
    for start, step in enumerate(steps):
        rest = steps[start + 1 :]
        if isinstance(step, str) and step.casefold() in _OWN:
            yield step.casefold() if step.casefold() != "key" else show_path(rest, "key")
        if isinstance(step, str) and step.casefold() in _HEADERS and len(rest) == 1:
            yield show_path(rest, "headers")
        if rest:
            yield show_path(rest, "$")


def wrapped_otherwise(document: Any, steps: tuple[Any, ...]) -> str:
    """The path to the same field outside of, or within, what other tools put around a value; empty where it is none.

    ``payload.orderId`` is `orderId` in most events, and in an envelope it is the other way round.
    """
    plain = all(isinstance(step, (str, int)) for step in steps)
    if not plain or not isinstance(document, dict) or not steps or steps[0] in document:
        return ""
    inner = next((place for place, step in enumerate(steps) if not _is_wrapper(step)), len(steps))
    rest = steps[inner:]
    starts = [*([()] if inner else []), *((name,) for name, _ in _fields(document) if _is_wrapper(name))]
    places = ((*start, *rest) for start in starts if rest)
    return next((show_path(place, "$") for place in places if len(_deepest(document, place)[1]) == len(place)), "")


def _is_wrapper(step: Any) -> bool:
    return isinstance(step, str) and step.casefold() in _WRAPPERS


def _shown(name: str, at: Place, root: str) -> str:
    """The name, or the whole path where it stands in brackets or alone is a part of the event."""
    is_alone = root == "headers" or (is_plain_name(name) and (at or root != "$" or not is_own(name)))
    return show_text(name if is_alone else show_path((*at, name), root))


def name_meant(document: Any, steps: tuple[Any, ...], root: str) -> str:
    """What stands where the steps end and is theirs but for a slip of the pen; empty where there is none.

    A field of the whole value is named alone, any other by its path: the name alone would be another field.
    """
    level, reached, wanted = _deepest(document, steps)
    if not isinstance(wanted, str):
        return ""
    if isinstance(level, list) and wanted.isdecimal() and int(wanted) < len(level):
        return show_path((*reached, int(wanted)), root)
    meant = next((name for name, _ in _fields(level) if _is_slip(wanted, name)), "")
    return show_path((*reached, meant), root) if meant and (reached or root != "$") else meant


def _is_slip(written: str, name: str) -> bool:
    """The same letters and digits, two of them turned round, one letter more or less, or the last one doubled.

    Names are made alike on purpose, too: ``line1`` and ``line2``, ``error`` and ``errors``, ``paidBy`` and ``paidAt``.
    """
    one, other = _folded(written), _folded(name)
    if one == other:
        return True
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if len(left) == len(right) == _TURNED:
        return left == right[::-1]
    changed = left + right
    doubled = start > 0 and one[start - 1] == other[start - 1] == changed
    inside = start > 0 and end > 0  # what differs at an end is a name of its own
    return (inside or doubled) and len(changed) == 1 and changed.isalpha() and min(len(one), len(other)) >= _LONG


def _alike(one: str, other: str) -> int:
    """How many characters are the same from the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _ratio(name: str, wanted: str) -> float:
    return difflib.SequenceMatcher(None, _folded(name), _folded(wanted), autojunk=False).ratio()


def _deepest(document: Any, steps: tuple[Any, ...]) -> tuple[Any, Place, Any]:
    """The part of the document that the steps reach, the way to it, and the step that failed there."""
    way: list[str | int] = []
    for step in steps:
        fits = isinstance(document, dict if isinstance(step, str) else list)
        if not fits or not isinstance(step, (str, int)):
            return document, tuple(way), step if isinstance(step, str) else _last_name(steps)
        try:
            document = document[step]
        except LookupError:
            return document, tuple(way), step
        way.append(step)
    return document, tuple(way), None


def _last_name(steps: tuple[Any, ...]) -> Any:
    return next((step for step in reversed(steps) if isinstance(step, str)), None)


def _likeness(name: str, wanted: str) -> float:
    one, other = _folded(name), _folded(wanted)
    if one == other:
        return 2.0
    if min(len(one), len(other)) > 1 and (one in other or other in one):
        return 1.0
    return _ratio(name, wanted)


def _folded(name: str) -> str:
    """The letters and digits of a name: ``order_id``, ``orderID`` and ``order-id`` are the same."""
    return "".join(filter(str.isalnum, name[:100].casefold()))


def _places_of(wanted: str, document: Any, but: Place) -> Iterator[Place]:
    """Ways to fields of this name, shallow ones first; in a list only its first element is looked at."""
    waiting: deque[tuple[Place, Any]] = deque([((), document)])
    looked_at = 0
    while waiting and looked_at < _MOST_LOOKED_AT:
        place, value = waiting.popleft()
        looked_at += 1
        if isinstance(value, dict) and wanted in value and place != but:
            yield (*place, wanted)
        waiting.extend(((*place, name), inner) for name, inner in _fields(value))
        if isinstance(value, list) and value:
            waiting.append(((*place, 0), value[0]))


def _fields(value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, dict):
        return []
    return [(name, inner) for name, inner in islice(value.items(), _MOST_COMPARED) if isinstance(name, str)]
