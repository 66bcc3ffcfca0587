"""The page of coverage is plain HTML, in which nothing of a contract or a test is taken for HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from KafkaLibrary.contracts.coverage.sightings import Item, Sighting, Sightings
from KafkaLibrary.reporting.evidence import coverage_page

HOSTILE = '<script>alert("x")</script>&\x00\u202e'
ITEMS = [
    Item(HOSTILE, "channel", HOSTILE),
    Item(HOSTILE, "message", HOSTILE),
    Item(HOSTILE, "field", HOSTILE, HOSTILE, "present"),
    Item(HOSTILE, "value", HOSTILE, HOSTILE, HOSTILE),
]
FOUND = Sightings(
    frozenset(ITEMS),
    {ITEMS[1]: Sighting(1, HOSTILE)},
    {ITEMS[3]: Sighting(2, HOSTILE)},
    frozenset([(HOSTILE, HOSTILE)]),
)
_VOID = ("br", "meta")


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def test_it_needs_no_script_and_no_style() -> None:
    for html in (coverage_page.page(FOUND), coverage_page.table(FOUND)):
        found = read(html)
        assert not {"script", "style", "link", "iframe", "img"} & set(found.tags)
        assert "style" not in found.attributes
        assert not [one for one in found.attributes if one.startswith("on")]
        assert found.open == []


def test_seen_published_and_never_are_told_apart() -> None:
    items = [Item("c", "message", "M"), *(Item("c", "value", "M", "$.s", one) for one in ("A", "B", "C"))]
    found = Sightings(
        frozenset(items), {items[0]: Sighting(1, "T"), items[1]: Sighting(1, "T1")}, {items[2]: Sighting(1, "T2")}
    )
    html = coverage_page.page(found)
    assert "&#10003; <b>A</b> <small>T1</small><br>&#8593; <b>B</b> <small>T2</small><br>&#8211; <b>C</b> " in html
    assert "Coverage of contracts: 75 %" in html


def test_a_percentage_is_never_rounded_up_to_all() -> None:
    items = [Item("c", "value", "M", "$", str(number)) for number in range(1000)]
    found = Sightings(frozenset(items), {one: Sighting(1, "T") for one in items[1:]})
    assert "Coverage of contracts: 99 %" in coverage_page.page(found)


def test_where_nothing_was_seen_it_says_so() -> None:
    assert "No event was seen." in coverage_page.page(Sightings())


def test_what_fits_several_messages_is_told_apart() -> None:
    item = Item("c", "message", "M")
    found = Sightings(frozenset([item]), several={item: Sighting(1, "T")})
    html = coverage_page.page(found)
    assert "0 of 1, 0 %, 1 fit several messages" in html
    assert "0 %, fits several messages" in html
