"""The rooms of the library and who uses whom, drawn into docs/pictures/rooms.svg.

python -m tests.pictures.rooms
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum
from pathlib import Path

from tests.pictures.imports import Uses, among, imports_of
from tests.pictures.layout import Layout, Spot, laid_out
from tests.places import ROOT

PICTURE = ROOT / "docs" / "pictures" / "rooms.svg"
PACKAGE = ROOT / "KafkaLibrary"

_SIZE, _SIGN = 13, 7.9
"""Of the letters, and the width of one: they are all as wide as each other."""
_HIGH, _PADDING, _TITLE = 28, 14, 26
_GAP, _BETWEEN_ROWS, _MARGIN = 16, 34, 20
_TIP = 5
# Attributes say how it looks on light paper, and where CSS is not allowed; the rules what is other in the dark.
_DARK = """<style>
@media (prefers-color-scheme: dark) {
.paper { fill: #0d1117 } .outer { fill: #161b22; stroke: #3d444d } .room { fill: #1f3a5f; stroke: #6ea8fe }
.file { fill: #21262d; stroke: #6e7681 } .name { fill: #e6edf3 } .arrow { stroke: #9da7b3 } .tip { fill: #9da7b3 }
}
</style>"""
_SAID = (
    "Each arrow leads to what is used; those that follow from others are left out.",
    "Blue is a room, a folder of files; grey is one file. Everything stands above all that it uses.",
)


@dataclass(frozen=True, slots=True)
class Block:
    """What is drawn for one room, from its upper left corner on."""

    width: float
    height: float
    parts: list[str]


def picture(package: Path = PACKAGE) -> str:
    """The picture as SVG, the same on every machine."""
    imports = imports_of(package)
    rooms = _rooms(package.name, imports, {name: _inside(name, imports) for name in among(package.name, imports)})
    width, height = rooms.width + 2 * _MARGIN, rooms.height + 2 * _MARGIN + len(_SAID) * 20 + _MARGIN
    box = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    said = [_text(_MARGIN, height - _MARGIN - 20 * place, one) for place, one in enumerate(reversed(_SAID))]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="The rooms of {package.name}">',
        _DARK,
        f'<rect class="paper" width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
        *_moved(rooms, _MARGIN, _MARGIN),
        *said,
        "</svg>",
    ]
    return "\n".join([*lines, ""])


def _inside(name: str, imports: Uses) -> Block:
    """A folder of rooms with all of them, a room of files alone by its name."""
    inner = among(name, imports)
    if not any(among(one, imports) for one in inner):
        return _box(name, "room" if inner else "file")
    rooms = _rooms(name, imports, {one: _box(one, "room" if among(one, imports) else "file") for one in inner})
    width, height = rooms.width + 2 * _PADDING, rooms.height + _TITLE + 2 * _PADDING
    outer = f'<rect class="outer" width="{width:.1f}" height="{height:.1f}" rx="8" fill="#f6f8fa" stroke="#afb8c1"/>'
    title = _text(_PADDING, _TITLE - 4, _last(name), weight="bold")
    return Block(width, height, [outer, title, *_moved(rooms, _PADDING, _TITLE + _PADDING)])


def _box(name: str, kind: str) -> Block:
    fill, stroke = {"room": ("#ddeeff", "#3572b0"), "file": ("#f6f8fa", "#8c959f")}[kind]
    width = len(_last(name)) * _SIGN + 2 * 10
    shape = f'<rect class="{kind}" width="{width:.1f}" height="{_HIGH}" rx="5" fill="{fill}" stroke="{stroke}"/>'
    return Block(width, _HIGH, [shape, _text(width / 2, _HIGH / 2 + 4.5, _last(name), anchor="middle")])


def _rooms(parent: str, imports: Uses, blocks: dict[str, Block]) -> Block:
    """Rooms in their rows, with the arrows between them."""
    layout = laid_out(among(parent, imports), lambda name: blocks[name].width, _GAP)
    heights = [max((blocks[spot.name].height for spot in row if not spot.above), default=0) for row in layout.rows]
    tops = [fsum(heights[number + 1 :]) + _BETWEEN_ROWS * (len(heights) - 1 - number) for number in range(len(heights))]
    half = {spot: 0 if spot.above else blocks[spot.name].width / 2 for spot in layout.middles}
    left = min(middle - half[spot] for spot, middle in layout.middles.items())
    right = max(middle + half[spot] for spot, middle in layout.middles.items())
    parts: list[str] = []
    spans: dict[Spot, _Span] = {}
    for number, row in enumerate(layout.rows):
        for spot in row:
            high = heights[number] if spot.above else blocks[spot.name].height
            top = tops[number] + (heights[number] - high) / 2
            middle = layout.middles[spot] - left
            spans[spot] = _Span(middle, top, top + high, tops[number], tops[number] + heights[number])
            if not spot.above:
                parts += _moved(blocks[spot.name], middle - half[spot], top)
    return Block(right - left, tops[0] + heights[0], [*_arrows(layout, spans), *parts])


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a spot's column is, the spot in it, and its row."""

    middle: float
    top: float
    bottom: float
    row_top: float
    row_bottom: float


def _arrows(layout: Layout, spans: dict[Spot, _Span]) -> Iterator[str]:
    """From below one to above the other. Only the room between two rows is crossed aslant, where nothing stands."""
    for upper, lower in layout.arrows:
        start, end = spans[upper], spans[lower]
        tip = 0 if lower.above else _TIP
        begin = start.top if upper.above else start.bottom
        bend = (start.row_bottom + end.row_top) / 2
        way = (
            f"M{start.middle:.1f} {begin:.1f}V{start.row_bottom:.1f}"
            f"C{start.middle:.1f} {bend:.1f} {end.middle:.1f} {bend:.1f} {end.middle:.1f} {end.row_top:.1f}"
            f"V{end.top - tip:.1f}"
        )
        yield f'<path class="arrow" d="{way}" fill="none" stroke="#57606a" stroke-width="1.2"/>'
        if tip:
            point = f"M{end.middle:.1f} {end.top:.1f}l-4 -{_TIP + 2}h8z"
            yield f'<path class="tip" d="{point}" fill="#57606a"/>'


def _moved(block: Block, x: float, y: float) -> list[str]:
    return [f'<g transform="translate({x:.1f} {y:.1f})">', *block.parts, "</g>"]


def _text(x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f'<text class="name" x="{x:.1f}" y="{y:.1f}" font-family="monospace" font-size="{_SIZE}" '
        f'font-weight="{weight}" text-anchor="{anchor}" fill="#1f2328">{text}</text>'
    )


def _last(name: str) -> str:
    return name.rpartition(".")[2]


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
