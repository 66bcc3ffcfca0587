"""`alias=` for keywords that ask Kafka, and `message=` or `msg=` for those that check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from robot.libdocpkg import LibraryDocumentation

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.keywords.calls.signatures import keyword_tags
from KafkaLibrary.keywords.calls.signatures.common_arguments import _ASK_NO_KAFKA, with_added, with_common_arguments

KEYWORDS: dict[str, Any] = {str(one.name): one for one in LibraryDocumentation("KafkaLibrary").keywords}
OWN_ALIAS = ("Connect To Kafka", "Switch Kafka Connection", "Disconnect From Kafka", "Load Contract")
THEMES = {
    *("checking", "connections", "dead-letters", "evidence", "formats", "groups", "hostile-events", "publishing"),
    *("answers", "contracts", "row-changes", "schemas", "topics", "transactions", "waiting"),
}


@pytest.fixture(scope="module")
def kafka() -> Iterator[Any]:
    library: Any = KafkaLibrary("embedded")
    library.connect_to_kafka("embedded", alias="other")
    library.switch_kafka_connection("default")
    yield library
    library.disconnect_from_all_kafka()


@pytest.mark.parametrize("name", KEYWORDS)
def test_a_keyword_takes_an_alias_or_is_named_as_one_that_asks_no_kafka(name: str) -> None:
    method = name.lower().replace(" ", "_").replace("-", "_")
    takes_alias = "alias" in KEYWORDS[name].args.argument_names
    assert takes_alias == (method not in _ASK_NO_KAFKA or name in OWN_ALIAS)


@pytest.mark.parametrize("name", KEYWORDS)
def test_a_check_takes_a_message_by_both_names_unless_it_takes_conditions(name: str) -> None:
    arguments = KEYWORDS[name].args
    names = arguments.argument_names
    if arguments.var_positional:
        assert "msg" not in names, "`msg=started` may be a condition whose second sign is missing."
    elif "Should" in name or "Wait" in name or "message" in names:
        assert {"message", "msg"} <= set(names)


@pytest.mark.parametrize("name", KEYWORDS)
def test_a_keyword_has_a_theme(name: str) -> None:
    tags = set(KEYWORDS[name].tags)
    assert tags, f"{keyword_tags.__file__} has the themes by module and by name."
    assert tags <= THEMES, "A new theme stands in the list of this test, too."


def test_another_connection_is_used_for_one_call(kafka: Any) -> None:
    kafka.publish_event("orders", {"id": 1}, alias="other")
    assert [event.value for event in kafka.get_events("orders", alias="other")] == [{"id": 1}]
    kafka.no_event_should_arrive("orders", "id == 1", within=0, missing_ok=True)
    assert kafka.switch_kafka_connection("default") == "default"


def test_after_a_failure_the_current_connection_is_the_one_before(kafka: Any) -> None:
    with pytest.raises(AssertionError):
        kafka.wait_for_event("nothing.there", timeout=0, alias="other")
    assert kafka.switch_kafka_connection("default") == "default"


def test_a_temporary_connection_does_not_become_the_one_that_is_used_after_a_disconnect(kafka: Any) -> None:
    kafka.connect_to_kafka("embedded", alias="third")
    kafka.publish_event("orders", {"id": 2}, alias="other")
    kafka.disconnect_from_kafka("third")
    assert kafka.switch_kafka_connection("default") == "default"


def test_a_misspelt_alias_is_named(kafka: Any) -> None:
    with pytest.raises(ValueError, match=r"There is no connection 'othr'\. Did you mean 'other'\?"):
        kafka.get_events("orders", alias="othr")


@pytest.mark.parametrize("none", [None, ""])
def test_no_alias_is_the_current_connection(kafka: Any, none: Any) -> None:
    topic = f"payments.{none}.of-the-current-one"
    kafka.publish_event(topic, {"id": 1}, alias=none)
    assert len(kafka.get_events(topic)) == 1


@pytest.mark.parametrize("name", ["message", "msg"])
def test_a_message_stands_in_front_of_a_failure(kafka: Any, name: str) -> None:
    event = kafka.publish_event("orders", {"status": "NEW"})
    with pytest.raises(AssertionError, match=r"^the order was paid\nEvent orders"):
        kafka.event_field_should_be(event, "status", "PAID", **{name: "the order was paid"})
    with pytest.raises(AssertionError, match=r"^the topic is there\nThe topic 'no\.such'"):
        kafka.topic_should_exist("no.such", **{name: "the topic is there"})
    kafka.event_field_should_be(event, "status", "NEW", **{name: "never shown"})


@pytest.mark.parametrize("name", ["message", "msg"])
def test_an_empty_message_leaves_the_verdict_in_the_first_line(kafka: Any, name: str) -> None:
    with pytest.raises(AssertionError, match=r"^The topic 'no\.such'"):
        kafka.topic_should_exist("no.such", **{name: ""})


def test_two_messages_are_refused(kafka: Any) -> None:
    event = kafka.publish_event("orders", {"status": "NEW"})
    with pytest.raises(ValueError, match="two names of one argument"):
        kafka.event_field_should_be(event, "status", "NEW", message="a", msg="b")
    with pytest.raises(ValueError, match="two names of one argument"):
        kafka.get_event_field(event, "status", "==", "NEW", "a", msg="b")


@pytest.mark.parametrize("name", ["message", "msg"])
def test_where_there_are_conditions_it_is_no_message(kafka: Any, name: str) -> None:
    kafka.publish_event("logs", {name: "stopped"})
    with pytest.raises(TypeError, match=name):
        kafka.wait_for_event("logs", **{name: "started"}, timeout=0)


def test_a_new_keyword_has_them_by_itself() -> None:
    def rows_should_change(self: Any, table: Any, *, within: Any = 0) -> None:
        raise NotImplementedError

    def read_rows(self: Any, *conditions: Any, since: Any = None) -> None:
        raise NotImplementedError

    checking: Any = with_common_arguments(rows_should_change)
    reading: Any = with_common_arguments(read_rows)
    assert checking.added_arguments == ("alias", "message", "msg")
    assert reading.added_arguments == ("alias",)
    assert keyword_tags.tags_of("rows_should_change", "KafkaLibrary.keywords.row_changes") == (
        "row-changes",
        "checking",
    )


@pytest.mark.parametrize(
    ("own", "whole"),
    [
        (["a"], ["a", "*", ("alias", None)]),
        ([("a", 1), "*", ("b", 2)], [("a", 1), "*", ("b", 2), ("alias", None)]),
        (["a", "*cells", ("b", 2)], ["a", "*cells", ("b", 2), ("alias", None)]),
        (["a", "**others"], ["a", "*", ("alias", None), "**others"]),
        ([], ["*", ("alias", None)]),
    ],
)
def test_robot_is_told_of_them_where_named_arguments_stand(own: list[Any], whole: list[Any]) -> None:
    assert with_added(own, ["alias"]) == whole
    assert with_added(own, []) == own
