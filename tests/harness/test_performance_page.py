"""What is measured by itself goes into a section of its own, and the page stays as it was beside that."""

from __future__ import annotations

from tests.benchmarks.page import parts_by_themselves, with_part

PAGE = "# Performance\n\n## Idle\nquiet\n\n## What stands in the way of more\nmuch\n"


def test_a_part_comes_before_what_stands_in_the_way() -> None:
    page = with_part(PAGE, "rows", "| a |\n")
    assert page == PAGE.replace("## What stands", "## Measured by themselves\n### rows\n| a |\n\n## What stands")


def test_a_part_is_written_anew_beside_the_others() -> None:
    page = with_part(with_part(PAGE, "rows", "| a |\n"), "flows", "| b |\n")
    page = with_part(page, "rows", "| c |\n")
    assert parts_by_themselves(page) == {"flows": "| b |\n", "rows": "| c |\n"}
    assert page.startswith("# Performance\n\n## Idle\nquiet\n\n## Measured")
    assert page.endswith("## What stands in the way of more\nmuch\n")
