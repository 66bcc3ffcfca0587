"""Topics: made for a test, emptied, deleted, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.errors import KafkaLibraryError, KeywordMisused, TopicMayExist
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.keywords.calls.since_and_timeout import deadline_of, seconds
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, warn

if TYPE_CHECKING:
    from KafkaLibrary.broker import temporary_topics
    from KafkaLibrary.connection import Connection
else:
    temporary_topics = LazyModule("KafkaLibrary.broker.temporary_topics")

_PREFIX = re.compile(r"[A-Za-z0-9._-]{1,150}")


class Topics(LibraryComponent):
    """Keywords about topics."""

    @keyword
    def create_topic(
        self,
        topic: Any,
        partitions: Any = 1,
        replication_factor: Any = None,
        timeout: Any = None,
        **config: Any,
    ) -> None:
        """Creates a topic and returns when it can be used. Fails if it already exists.

        A topic that ``watch=`` made on the embedded broker counts as not created yet: it has one partition, and this
        keyword accepts it once with ``partitions=1``. For more, leave it out of ``watch=``, create it, and then call
        `Watch Topics`.

        ``replication_factor`` is the cluster's default unless given. ``config`` has topic settings by Kafka's names,
        such as ``cleanup.policy=compact``. The embedded broker has no such settings: a warning says so.

        Example:
        | `Create Topic`    logins    partitions=3
        | `Publish Event`    logins    {"action": "login"}    partition=2

        Example (needs a real Kafka):
        | `Create Topic`    audit    partitions=3    retention.ms=60000
        | `Delete Topic`    audit
        """
        number = arguments.whole_number(partitions, "partitions", 1)
        copies = arguments.number_if_given(replication_factor, "replication_factor", 1)
        connection = self._session.current
        connection.topics.create(topic, number, copies, config, deadline_of(timeout, self._session))
        note(f"Created the topic '{topic}'.")
        _warn_of_settings(connection, config)

    @keyword
    def create_temporary_topic(
        self,
        prefix: str = "test",
        partitions: Any = 1,
        replication_factor: Any = None,
        timeout: Any = None,
        **config: Any,
    ) -> str:
        """Creates a topic with a unique name, returns the name, and deletes the topic when the test or suite ends.

        The name is ``prefix``, this library's mark, the time of creation (seconds since 1970), and something random.
        The other arguments are those of `Create Topic`.

        It is also deleted when the run is stopped with Ctrl-C. What a killed run left behind is deleted by a later run
        at its first temporary topic, once it is more than a day old by the clocks of this machine and of Kafka.
        The embedded broker can't delete topics: there it ends with the connection.

        Example:
        | ${topic}=    `Create Temporary Topic`    orders
        | `Publish Event`    ${topic}    {"orderId": 42}
        """
        if not _PREFIX.fullmatch(prefix):
            raise KeywordMisused(f"prefix= has letters, digits, '.', '_' and '-' only, not '{prefix}'.")
        name = temporary_topics.temporary_name(prefix)
        connection = self._session.current
        number = arguments.whole_number(partitions, "partitions", 1)
        copies = arguments.number_if_given(replication_factor, "replication_factor", 1)
        deadline = deadline_of(timeout, self._session)
        if not connection.embedded:
            self._session.keep_temporary(connection, name)
        try:
            connection.topics.create(name, number, copies, config, deadline)
        except TopicMayExist:
            raise
        except KafkaLibraryError:
            self._session.drop_temporary(name)
            raise
        note(f"Created the temporary topic '{name}'.")
        _warn_of_settings(connection, config)
        cleaned = connection.leftovers.clean(prefix, deadline)
        if cleaned:
            note(cleaned)
        return name

    @keyword
    def delete_topic(self, topic: Any, timeout: Any = None) -> None:
        """Deletes a topic, and returns when Kafka no longer knows it. Fails if it does not exist.

        Example (needs a real Kafka):
        | `Create Topic`    audit
        | `Delete Topic`    audit
        | `Topic Should Not Exist`    audit
        """
        self._session.delete_topic(topic, deadline_of(timeout, self._session))

    @keyword
    def delete_events(self, topic: Any, timeout: Any = None) -> None:
        """Deletes the events that a topic has now; later ones get the next offsets.

        Kafka does that if the topic's ``cleanup.policy`` includes ``delete``, the default; for a topic that is only
        compacted it fails.

        Example (needs a real Kafka):
        | ${topic}=    `Create Temporary Topic`
        | `Publish Event`    ${topic}    {"orderId": 42}
        | `Delete Events`    ${topic}
        | ${events}=    `Get Events`    ${topic}    since=earliest
        | Should Be Empty    ${events}
        """
        self._session.look_before_loss(topic)
        left = self._session.current.topics.empty(topic, deadline_of(timeout, self._session))
        note(f"The first offsets of '{topic}' by partition are now {left}.")

    @keyword
    def get_topics(self, timeout: Any = None) -> list[str]:
        """Returns the sorted names of all topics that this connection may see, without Kafka's internal ones.

        Example:
        | `Publish Event`    orders    {"orderId": 42}
        | ${topics}=    `Get Topics`
        | Should Contain    ${topics}    orders
        """
        return self._session.current.topics.names(deadline_of(timeout, self._session))

    @keyword
    def get_topic_configuration(self, topic: Any, timeout: Any = None) -> dict[str, str]:
        """Returns the configuration of a topic, by Kafka's names, as text.

        Example (needs a real Kafka):
        | ${topic}=    `Create Temporary Topic`    cleanup.policy=compact
        | ${configuration}=    `Get Topic Configuration`    ${topic}
        | Should Be Equal    ${configuration}[cleanup.policy]    compact
        """
        return self._session.current.topics.configuration(topic, deadline_of(timeout, self._session))

    @keyword
    def topic_should_exist(self, topic: Any, timeout: Any = "0 s") -> None:
        """Fails unless the topic exists, or appears within ``timeout``. Checking never creates it.

        If there are several, in a list or with commas, each must exist.

        Example:
        | `Publish Event`    orders    {"orderId": 42}
        | `Topic Should Exist`    orders    timeout=5 s
        """
        self._expect(topic, timeout, there=True)

    @keyword
    def topic_should_not_exist(self, topic: Any, timeout: Any = "0 s") -> None:
        """Fails if the topic, or one of several, exists, unless it disappears within ``timeout``.

        Example:
        | `Topic Should Not Exist`    no.such.topic
        """
        self._expect(topic, timeout, there=False)

    def _expect(self, topic: Any, timeout: Any, *, there: bool) -> None:
        connection = self._session.current
        deadline = connection.deadline(seconds(timeout))
        for name in arguments.topics_by_name(topic):
            connection.topics.expect(name, deadline, there=there, patience=connection.timeout)


def _warn_of_settings(connection: Connection, config: Mapping[str, Any]) -> None:
    if connection.embedded and config:
        named = ", ".join(f"{name}={value}" for name, value in config.items())
        warn(f"The embedded broker has no settings of topics: {named} has no effect there.")
