"""The keyword page in docs/ is that of the keywords as they are."""

from __future__ import annotations

from pathlib import Path

from tests.manual.page import PAGE, content, write


def test_the_keyword_page_is_up_to_date(tmp_path: Path) -> None:
    write(tmp_path / "keywords.html")
    assert content() == content(tmp_path / "keywords.html"), f"Write {PAGE.name} anew: python -m tests.manual.page"
