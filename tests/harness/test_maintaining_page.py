"""What docs/maintaining.md names is there."""

from __future__ import annotations

import re

from tests.parts import PARTS
from tests.places import ROOT

PAGE = (ROOT / "docs" / "maintaining.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|toml|md))`")
MADE_BY_A_RUN = {"results/mine/"}


def test_the_files_and_folders_that_it_names_are_there() -> None:
    names = sorted(set(NAMED.findall(PAGE)) - MADE_BY_A_RUN)
    assert len(names) > 50
    gone = [name for name in names if not any((root / name).exists() for root in (ROOT, ROOT / "KafkaLibrary"))]
    assert not gone, f"docs/maintaining.md names what is not there: {', '.join(gone)}"


def test_all_parts_of_the_tests_are_named() -> None:
    assert [part for part in PARTS if f"`{part}`" not in PAGE] == []


def test_links_lead_to_files() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
