"""The grammar of paths: ``$.items[0].sku``, ``headers.NAME``, ``key`` and so on become an origin and its steps.

Names, indexes and ``*`` are read to the end here. What stands between other brackets is kept
as it was written, for jsonpath-ng.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from KafkaLibrary.matching.one_line_texts import is_name_character, quoted, show_text
from KafkaLibrary.matching.operators.cell_splitting import closing
from KafkaLibrary.matching.syntax_error import SyntaxFault


class Every:
    """The step ``*``: every element of a list, every field of an object."""


class Bracket(NamedTuple):
    """A step in brackets that only jsonpath-ng reads: a filter, a slice or a union."""

    text: str


class Descend:
    """The step ``..``: what follows, at any depth."""


EVERY: Final = Every()
DESCEND: Final = Descend()
Step = str | int | Every | Bracket | Descend


class Segment(NamedTuple):
    """One step and the place in the path where it begins."""

    step: Step
    place: int


class ParsedPath(NamedTuple):
    """A path as it was read: where it begins, and the steps from there.

    ``is_part`` is true of ``value`` and ``key`` alone: what Kafka has there, which is null where it has nothing.
    """

    origin: str
    segments: tuple[Segment, ...]
    is_part: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(segment.step for segment in self.segments)


ROOMY: Final = ("value", "key")
"""Origins that paths may go into."""
OWN: Final = ("is_tombstone", "topic", "partition", "offset")
"""Origins that are found as an event has them."""
ORIGINS: Final = (*ROOMY, "headers", *OWN, "timestamp")

_ORIGIN = re.compile(rf"({'|'.join(ORIGINS)})(?=$|[.\[])")
_INDEX = re.compile(r"\[\s*(-?[0-9]{1,15})\s*\]")
_EVERY_IN_BRACKETS = re.compile(r"\[\s*\*\s*\]")
_WHICH = re.compile(r"\[\s*(\*|-?[0-9]{1,15})\s*\]\Z")
_QUOTED = re.compile(r"""\[\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*\]""", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_FOR_JSONPATH = re.compile(r"\[\s*(?:\?|[-0-9:*]|['\"])")
_WORD_IN_BRACKETS = re.compile(r"\[\s*([^\[\]'\"()?*:,/\\`]+?)\s*\]")

_ARITHMETIC = "A path has no arithmetic. Compare the field itself."
_SPACED = "An operator needs a space on both sides, as in `$.amount >= 100`."
_ADVICE = {
    **dict.fromkeys("+*/%", _ARITHMETIC),
    **dict.fromkeys("=<>!~^", _SPACED),
    "|": "A path has no union `|`. Write one condition for each path.",
    "&": "Paths can't be joined. Write one condition for each path.",
    "`": "A path has no functions.",
    "(": "A path has no functions and no calculations.",
    ",": "Write one condition for each path.",
    "]": "There is no `[` that this bracket closes.",
}


def read_path(text: str) -> ParsedPath:
    """The origin and steps of a path. Raises ``SyntaxFault``."""
    if not text:
        raise SyntaxFault("The path is empty.", 0, "A path is `$.order.id`, `key`, `headers.NAME` or the like.")
    if text[0] == "$":
        return ParsedPath("value", _after_root(text))
    if text == "trace":  # a longer path leads into a field of that name
        return ParsedPath(text, ())
    named = _ORIGIN.match(text)
    if not named:
        return ParsedPath("value", _bare(text))
    origin, end = named[1], named.end()
    if origin == "headers":
        return ParsedPath(origin, _header(text, end))
    if origin not in ROOMY and end < len(text):
        advice = f"For a field of the value write `$.{text}`."
        raise SyntaxFault(f"The {origin} of an event has no fields of its own.", end, advice)
    return ParsedPath(origin, _segments(text, end), is_part=origin in ROOMY and end == len(text))


def is_own(name: str) -> bool:
    """Whether this alone is a part of the event, so that a field of that name is written ``$.value``."""
    return name in (*ORIGINS, "trace")


def _after_root(text: str) -> tuple[Segment, ...]:
    if len(text) > 1 and text[1] not in ".[":
        named = f"Write `$.{text[1:]}`, or `$.{text}` where the name itself begins with `$`."
        advice = named if is_name_character(text[1]) else _ADVICE.get(text[1], "")
        raise SyntaxFault("After `$` a path continues with `.` or `[`.", 1, advice)
    return _segments(text, 1)


def _bare(text: str) -> tuple[Segment, ...]:
    if text[0] == "[" or text.startswith(".."):
        return _segments(text, 0)
    if text[0] == ".":
        raise SyntaxFault("A path can't begin with a dot.", 0, f"Write `${text}`.")
    if text == "@" or text.startswith(("@.", "@[")):
        raise SyntaxFault("`@` is an element, only inside a filter.", 0, f"Write `${text[1:]}`.")
    name, end = _name(text, 0)
    return (Segment(name, 0), *_segments(text, end))


def _segments(text: str, start: int) -> tuple[Segment, ...]:
    found: list[Segment] = []
    place = start
    while place < len(text):
        if text[place] == "[":
            step, end = _bracket(text, place)
            found.append(Segment(step, place))
        elif text.startswith("..", place):
            found.append(Segment(DESCEND, place))
            end = place + 2
            if not text.startswith("[", end):
                step, end = _name_or_every(text, end)
                found.append(Segment(step, place + 2))
        elif text[place] == ".":
            step, end = _name_or_every(text, place + 1)
            found.append(Segment(step, place + 1))
        else:
            raise _unexpected(text, place)
        place = end
    return tuple(found)


def _name_or_every(text: str, start: int) -> tuple[Step, int]:
    if text.startswith("*", start):
        return EVERY, start + 1
    return _name(text, start)


def _name(text: str, start: int) -> tuple[str, int]:
    end = start
    while end < len(text) and is_name_character(text[end]):
        end += 1
    if end == start and end == len(text):
        shorter = show_text(text[:end].rstrip("."))
        raise SyntaxFault("The path ends where a name should follow.", end, f"Write `{shorter}`.")
    if end == start:
        raise _unexpected(text, end)
    return text[start:end], end


def _unexpected(text: str, place: int) -> SyntaxFault:
    character = text[place]
    advice = _ADVICE.get(character)
    start = place
    while start and is_name_character(text[start - 1]):
        start -= 1
    if advice is None:
        end = next((at for at in range(place, len(text)) if text[at] in ".["), len(text))
        root = text[:start].removesuffix(".") or "$"
        whole = text[start:end].strip("'\" ")
        named = show_text(f"{root}[{quoted(whole)}]{text[end:]}")
        advice = f"Other names go into brackets and quotes: `{named}`."
    what = "a space" if character.isspace() else f"`{show_text(character)}`"
    return SyntaxFault(f"The path can't be read: a plain name can't hold {what}.", place, advice)


def _bracket(text: str, place: int) -> tuple[Step, int]:
    if index := _INDEX.match(text, place):
        return int(index[1]), index.end()
    if every := _EVERY_IN_BRACKETS.match(text, place):
        return EVERY, every.end()
    if name := _QUOTED.match(text, place):
        return _ESCAPE.sub(r"\1", name[1] if name[1] is not None else name[2]), name.end()
    end = closing(text, place)
    if end is None:
        raise SyntaxFault("The path can't be read: this bracket is not closed.", place, "It needs a `]`.")
    if _FOR_JSONPATH.match(text, place):
        return Bracket(text[place:end]), end
    if word := _WORD_IN_BRACKETS.match(text, place):
        raise SyntaxFault("A name in brackets needs quotes.", place + 1, f"Write `[{quoted(word[1])}]`.")
    forms = "Brackets hold `0`, `*`, `'a name'`, `1:3`, `0, 2` or a filter such as `?(@.sku == 'A1')`."
    raise SyntaxFault("The path can't be read: brackets can't hold this.", place + 1, forms)


def _header(text: str, end: int) -> tuple[Segment, ...]:
    if end == len(text):
        return ()
    which = _WHICH.search(text, end)
    rest = text[end : which.start() if which else len(text)]
    if name := _QUOTED.fullmatch(rest):
        read = _ESCAPE.sub(r"\1", name[1] if name[1] is not None else name[2])
    elif rest.startswith(".") and len(rest) > 1 and "[" not in rest:
        read = rest[1:]
    else:
        advice = (
            "Write `headers.NAME` or `headers['NAME']`; of several with that name `headers.NAME[0]`, `[-1]`, `[*]`."
        )
        raise SyntaxFault("A path to a header needs the header's name.", end, advice)
    name_segment = Segment(read, end)
    if which is None:
        return (name_segment,)
    return name_segment, Segment(EVERY if which[1] == "*" else int(which[1]), which.start())
