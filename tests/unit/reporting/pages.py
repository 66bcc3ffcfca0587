"""Reads HTML as strictly as no browser does."""

from __future__ import annotations

from html.parser import HTMLParser

OURS = frozenset("details summary div table tr th td pre b i mark bdi br".split())
_ALONE = frozenset(("br",))
_ATTRIBUTES = frozenset("style align valign nowrap width border cellpadding cellspacing dir open".split())


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in OURS, f"Nobody wrote <{tag}>."
        assert {name for name, _ in attrs} <= _ATTRIBUTES, attrs
        if tag not in _ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing."
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"A comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"A declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"An instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"A section: {data}")


def texts_in(html: str) -> list[str]:
    """The texts of the page. Fails where a tag is not one of ours, or is not closed where it should be."""
    page = _Page()
    page.feed(html)
    page.close()
    assert not page.open, f"Never closed: {page.open}"
    return page.texts
