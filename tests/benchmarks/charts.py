"""Line charts as SVG, drawn with presentation attributes alone: they open where neither script nor CSS is allowed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 220, 48, 60
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_INK, _PAPER, _GRID = "#222222", "#ffffff", "#dddddd"
_FONT = 'font-family="sans-serif"'

_SIZE = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines over what grows. Both axes are logarithmic; ``unit`` is that of the height."""

    title: str
    across: str
    unit: str
    lines: Mapping[str, Sequence[Point]]

    def svg(self) -> str:
        points = [point for line in self.lines.values() for point in line]
        across = _Axis.over([x for x, _ in points], _LEFT, WIDTH - _RIGHT)
        up = _Axis.over([y for _, y in points], HEIGHT - _BOTTOM, _TOP)
        # The paper is painted, so that the ink is read on a dark page, too.
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {_SIZE} role="img" aria-label="{escape(self.title)}">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/>',
            _text(_LEFT, 26, self.title, size=16, weight="bold"),
            *_upright(across),
            *_level(up),
            _text((_LEFT + WIDTH - _RIGHT) / 2, HEIGHT - 16, self.across, anchor="middle"),
            _turned(20, (_TOP + HEIGHT - _BOTTOM) / 2, self.unit),
        ]
        for number, (name, line) in enumerate(self.lines.items()):
            parts += _line(line, name, number, across, up)
        return "\n".join([*parts, "</svg>", ""])


@dataclass(frozen=True, slots=True)
class _Axis:
    """A logarithmic scale of whole decades, from the pixel of its least to that of its largest number."""

    least: int
    largest: int
    begin: float
    end: float

    @classmethod
    def over(cls, numbers: Sequence[float], begin: float, end: float) -> _Axis:
        known = [number for number in numbers if number > 0]
        least = math.floor(math.log10(min(known)) + 1e-9)
        largest = math.ceil(math.log10(max(known)) - 1e-9)
        return cls(least, max(largest, least + 1), begin, end)

    def at(self, number: float) -> float:
        share = (math.log10(max(number, 10.0**self.least)) - self.least) / (self.largest - self.least)
        return self.begin + share * (self.end - self.begin)

    @property
    def marks(self) -> list[float]:
        return [10.0**power for power in range(self.least, self.largest + 1)]


def _upright(axis: _Axis) -> list[str]:
    parts = []
    for mark in axis.marks:
        x = axis.at(mark)
        parts.append(_rule(x, _TOP, x, HEIGHT - _BOTTOM))
        parts.append(_text(x, HEIGHT - _BOTTOM + 18, _number(mark), anchor="middle", size=12))
    return parts


def _level(axis: _Axis) -> list[str]:
    parts = []
    for mark in axis.marks:
        y = axis.at(mark)
        parts.append(_rule(_LEFT, y, WIDTH - _RIGHT, y))
        parts.append(_text(_LEFT - 8, y + 4, _number(mark), anchor="end", size=12))
    return parts


def _line(points: Sequence[Point], name: str, number: int, across: _Axis, up: _Axis) -> list[str]:
    colour = _COLOURS[number % len(_COLOURS)]
    places = [(across.at(x), up.at(y)) for x, y in points]
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    legend = _TOP + 12 + number * 24
    beside = WIDTH - _RIGHT + 16
    return [
        f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places),
        f'<rect x="{beside}" y="{legend - 9}" width="14" height="10" fill="{colour}"/>',
        _text(beside + 20, legend, name, size=12),
    ]


def _rule(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{_GRID}" stroke-width="1"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: int = 13, weight: str = "normal") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" {_FONT} font-size="{size}" font-weight="{weight}" '
        f'text-anchor="{anchor}" fill="{_INK}">{escape(text)}</text>'
    )


def _turned(x: float, y: float, text: str) -> str:
    return (
        f'<text x="{x}" y="{y:.1f}" {_FONT} font-size="13" text-anchor="middle" fill="{_INK}" '
        f'transform="rotate(-90 {x} {y:.1f})">{escape(text)}</text>'
    )


def _number(number: float) -> str:
    return f"{number:,.0f}" if number >= 1 else f"{number:g}"
