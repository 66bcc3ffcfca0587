"""The check of the words finds those to avoid, and excuses no more than CONTEXT.md does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import words

CONTEXT = """\
# The words

| word | meaning |
|---|---|
| event | one Kafka record [message, record, msg] |
| field | a part of the value [property] |
| schema | what says which fields there are [model] |
| pattern | a text that names topics [wildcard, topic mask] |
| marker | a text that stands for values [wildcard] |

## Inside the code

| word | meaning |
|---|---|
| record | what the client hands over |

## In another sense

| word | its other sense |
|---|---|
| message | the text of a failure [str] |
| message | a type of Protobuf [Protobuf] |
"""
# Every word is said, and both other senses are met.
FINE = """\
EVENT, FIELD, SCHEMA, PATTERN, MARKER, RECORD = range(6)


class Protobuf:
    message: int


def fails(message: str) -> None:
    pass
"""


def drift(source: str, path: str = "KafkaLibrary/rooms/one.py") -> list[str]:
    check = words.Check(words.read(CONTEXT))
    return [problem for said in words.said_in(path, source) for problem in check.drift(path, said)]


def keyword(documentation: str) -> str:
    return f'''class Keywords:
    @keyword(name="One")
    def one(self, event):
        """{documentation}"""
'''


@pytest.mark.parametrize(
    "source",
    [
        "def on_message(): ...",
        "async def read_messages(): ...",
        "class MessageReader: ...",
        "class KafkaMsgs: ...",
        "_LAST_MESSAGE = 1",
        "_FIRST, (_LAST_MESSAGE, *_MORE) = 1, (2, 3)",
        "_MESSAGES: list[int] = []",
        "class One:\n    message: int",
        "def one(message): ...",
        "def one(*messages, **more): ...",
        "def one(event, *, message: Any = None): ...",
        "one = lambda message: 1",
        "class One:\n    def __init__(self, event):\n        self._message = event",
        "def one():\n    def on_message(): ...",
        "if True:\n    MESSAGE = 1",
        "def topic_mask(): ...",
        "properties = {}",
    ],
)
def test_a_name_with_a_word_to_avoid_is_found(source: str) -> None:
    assert len(drift(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "def on_event(): ...",
        "class Remessaged: ...",
        "def one(event):\n    message = event\n    message: int = 1",
        "from one import message",
        "one.do(message=1)",
        "def one(event):\n    return event.message",
        "def topic_and_mask(): ...",
        "mask_of_topic = 1",
        keyword('One event, with ``message`` and `Wait For Message` and the text "message".'),
    ],
)
def test_what_others_have_named_and_a_functions_own_variables_are_left_alone(source: str) -> None:
    assert drift(source) == []


def test_it_says_where_what_and_what_to_say_instead() -> None:
    assert drift("class One:\n    wildcards: int\n\n    def on_message(self): ...") == [
        "KafkaLibrary/rooms/one.py:2: 'wildcard' in 'wildcards': say 'pattern' or 'marker'",
        "KafkaLibrary/rooms/one.py:4: 'message' in 'on_message': say 'event'",
    ]


@pytest.mark.parametrize("path", ["KafkaLibrary/messages.py", "KafkaLibrary/messages/__init__.py"])
def test_a_module_and_a_package_have_names_too(path: str) -> None:
    assert drift("", path) == [f"{path}:1: 'message' in 'messages': say 'event'"]


def test_a_package_is_told_once_and_not_with_each_of_its_modules() -> None:
    assert drift("EVENT = 1", "KafkaLibrary/messages/one.py") == []


def test_the_documentation_of_a_keyword_is_read_by_lines() -> None:
    assert drift(keyword("Waits.\n\n        The topic's messages are read,\n        each message once.\n        ")) == [
        "KafkaLibrary/rooms/one.py:6: 'message' in the manual: say 'event'",
        "KafkaLibrary/rooms/one.py:7: 'message' in the manual: say 'event'",
    ]


def test_other_documentation_is_for_those_who_read_the_code() -> None:
    assert drift('def one():\n    """Reads messages."""') == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A topic mask fits.", 1),
        ("A topic-mask fits.", 1),
        ("Every topic\n        mask fits.", 1),
        ("A topic, mask or not.", 0),
        ("It ends with a topic. Mask it.", 0),
    ],
)
def test_two_words_are_one_phrase_where_nothing_stands_between(text: str, found: int) -> None:
    assert len(drift(keyword(text))) == found


def test_a_word_of_the_code_is_right_in_code_and_not_for_users() -> None:
    assert drift("def read(records): ...") == []
    assert len(drift("@keyword\ndef wait_for_record(event): ...")) == 1
    assert len(drift("@keyword\ndef one(records): ...")) == 1
    assert len(drift(keyword("Reads records."))) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("KafkaLibrary/one.py", "def fails(message: str | None): ..."),
        ("KafkaLibrary/one.py", "class Failure:\n    message: str = ''"),
        ("KafkaLibrary/one.py", "def protobuf_message(): ..."),
        ("KafkaLibrary/one.py", "class ProtobufSchema:\n    def first_message(self, message): ..."),
        ("KafkaLibrary/protobuf/one.py", "MESSAGES = 1"),
        ("KafkaLibrary/protobuf_rules.py", "MESSAGES = 1"),
        ("KafkaLibrary/one.py", keyword("The schema has one\n        message, as ``Protobuf`` calls it.")),
    ],
)
def test_another_sense_is_told_by_what_stands_beside(path: str, source: str) -> None:
    assert drift(source, path) == []


@pytest.mark.parametrize(
    "source",
    [
        "def fails(message: Any, why: str): ...",
        "class ProtobufSchema: ...\n\ndef first_message(): ...",
        keyword("Reads Protobuf. The message is read."),
        keyword("| a | Protobuf |\n        | a | message |"),
    ],
)
def test_what_stands_elsewhere_excuses_nothing(source: str) -> None:
    assert len(drift(source)) == 1


def project(root: Path, source: str, context: str = CONTEXT) -> Path:
    (root / "KafkaLibrary").mkdir()
    (root / "KafkaLibrary" / "one.py").write_text(source)
    (root / "CONTEXT.md").write_text(context)
    return root


def test_a_project_that_keeps_the_words_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert words.main(project(tmp_path, FINE)) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("source", "context", "said"),
    [
        (FINE + "\n\nMESSAGES = 1\n", CONTEXT, "KafkaLibrary/one.py:12: 'message' in 'MESSAGES': say 'event'"),
        (FINE.replace("Protobuf", "Other").replace("int", "str"), CONTEXT, "nothing has 'message' beside 'protobuf'"),
        (FINE.replace("PATTERN", "SHAPE"), CONTEXT, "'pattern' is said nowhere any more"),
    ],
)
def test_drift_and_what_stands_in_vain_fail_the_run(
    source: str, context: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words.main(project(tmp_path, source, context)) == 1
    assert said in capsys.readouterr().out


def test_a_row_that_can_not_be_read_holds_nothing_and_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no row of a word and a meaning"):
        words.main(project(tmp_path, FINE, CONTEXT.replace("[property] |", "[property]")))
