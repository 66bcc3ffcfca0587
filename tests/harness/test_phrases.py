"""The check of the phrases finds those to avoid, and only where testers read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import phrases, words
from tests.places import ROOT


@pytest.mark.parametrize(
    "text",
    [
        "`=` is no operator.",
        "'contains' is none for numbers.",
        "There is no such group: is the application running?",
        "There is nothing behind `>`.",
        "Kafka is away.",
        "What stands in brackets",
        "a condition that hardly means what it says",
        "The lag can't be told.",
        "A topic's name is needed, not ''.",
        "The topic was deleted and made again.",
        "An event matched that should not have come",
        "2 or more was waited for.",
        "Gives the event that was found.",
        "since a number was compared with a text",
    ],
)
def test_a_phrase_to_avoid_is_found(text: str) -> None:
    assert list(phrases.avoided_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "There is no connection 'order'.",
        "The group is 3 behind, and it is\n        behind the end.",
        "A sign stands for several values.",
        "The topic no longer exists, and is no larger.",
        "What a killed run left behind is deleted.",
        "Fails if there is none.",
        "In code it may be: `value is no operator`",
        "| Gives | a first word |",
    ],
)
def test_plain_english_is_not(text: str) -> None:
    assert not list(phrases.avoided_in(text))


def test_the_line_and_what_to_say_are_told() -> None:
    assert list(phrases.avoided_in("It is fine.\nKafka is away.")) == [(2, "'is away': say 'unreachable'")]


def test_messages_and_the_manual_are_read_and_nothing_else() -> None:
    source = '''"""Kafka is away."""

CAUSE = "Kafka is away"
"""Where Kafka is away."""


class Keywords:
    """Kafka is away."""

    @keyword
    def one(self):
        """It is away."""
        raise Problem(f"{self} is away")

    def other(self):
        """It is away."""
'''
    lines = [line for line, text in phrases.messages(source) if list(phrases.avoided_in(text))]
    assert sorted(lines) == [3, 12, 13]


def test_a_message_a_page_and_an_approved_text_fail_the_check(tmp_path: Path) -> None:
    for place, text in {
        "CONTEXT.md": "",
        "KafkaLibrary/one.py": 'WHY = "Kafka is away"\n',
        "README.md": "Kafka is away.\n",
        "docs/guide/page.md": "# Page\n\nKafka is away.\n",
        "tests/robot/approved/waiting.txt": "=== Kafka Is Away\nKafka is away.\n",
    }.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text, encoding="utf-8")
    found = phrases.problems(tmp_path)
    assert [one.partition(": ")[0] for one in found] == [
        "KafkaLibrary/one.py:1",
        "README.md:1",
        "docs/guide/page.md:3",
        "tests/robot/approved/waiting.txt:2",
    ]
    assert words.main(tmp_path) == 1


def test_what_testers_read_is_plain_english() -> None:
    assert phrases.problems(ROOT) == []
