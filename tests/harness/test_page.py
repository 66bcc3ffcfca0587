"""The keyword page in docs/ is that of the keywords as they are, and its links lead somewhere."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.manual.page import PAGE, content, write

HEADING = re.compile(r"<h\d[^>]* id=\"([^\"]+)\"")
LINK = re.compile(r"<a\b[^>]* href=\"([^\"]*)\"")
OF_LIBDOC = {"Importing", "Keywords"}
"""Sections of the page around the documentation. Older versions of Libdoc link to them."""
LEADS_NOWHERE = re.compile(r"<span class=\"name\">([^<]*)</span>")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "keywords.html"
    write(path)
    return path


def test_the_keyword_page_is_up_to_date(drawn: Path) -> None:
    assert content() == content(drawn), f"Write {PAGE.name} anew: python -m tests.manual.page"


def test_links_lead_to_files_and_to_what_is_on_the_page(drawn: Path) -> None:
    # Robot takes all from a `[` to the next link of the paragraph for the target of that link.
    page = content(drawn)
    headings = set(map(unescape, HEADING.findall(page["introduction"])))
    targets = {name for name, _, _ in page["keywords"]} | headings | OF_LIBDOC
    links = [unescape(link) for doc in _docs(page) for link in LINK.findall(doc)]
    assert len(links) > 300
    lost = [link for link in links if not _leads_somewhere(link, targets)]
    assert not lost, f"No targets on the keyword page: {', '.join(lost)}"


def test_names_in_backticks_are_keywords_or_sections(drawn: Path) -> None:
    assert [name for doc in _docs(content(drawn)) for name in LEADS_NOWHERE.findall(doc)] == []


def _docs(page: dict[str, object]) -> list[str]:
    introduction, keywords = page["introduction"], page["keywords"]
    assert isinstance(introduction, str)
    assert isinstance(keywords, list)
    return [introduction, *(doc for _, _, doc in keywords)]


def _leads_somewhere(link: str, targets: set[str]) -> bool:
    path, _, anchor = link.partition("#")
    if path.startswith("https://"):
        return True
    return (PAGE.parent / path).is_file() if path else unquote(anchor) in targets
