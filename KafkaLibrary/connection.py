"""One Kafka cluster under an alias: its settings, clients, marks and log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from KafkaLibrary.broker.clients.closing import let_go
from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.cluster.topics import Topics
from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.broker.publishing.producer import EventProducer
from KafkaLibrary.broker.publishing.unknown_offsets import placed
from KafkaLibrary.broker.reading.embedded_reader import EmbeddedReader
from KafkaLibrary.broker.reading.reader import Reader
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaLibraryError, KeywordMisused
from KafkaLibrary.event import Decoder, Event, PlainRecord, Record, as_bytes
from KafkaLibrary.serialization.topics.topic_formats import TopicFormats
from KafkaLibrary.watching.event_source import Place
from KafkaLibrary.watching.marks import Mark, Scope, Start
from KafkaLibrary.watching.start_offsets import check_event
from KafkaLibrary.watching.topics.patterns import is_pattern
from KafkaLibrary.watching.waits import Waits
from KafkaLibrary.watching.watcher import Watcher

if TYPE_CHECKING:
    from KafkaLibrary.broker.embedded.embedded_broker import EmbeddedBroker
    from KafkaLibrary.broker.groups.committed_offsets import CommittedOffsets
    from KafkaLibrary.broker.groups.consumer_groups import Groups
    from KafkaLibrary.broker.groups.lag_and_reset import GroupOffsets
    from KafkaLibrary.broker.groups.waiting_until_consumed import Consumption
    from KafkaLibrary.broker.temporary_topics import Leftovers
    from KafkaLibrary.serialization.registry.registry import Registry

_SCOPE_BEGINS = 2.0
_TRIPS = 4
_LOOK = 1.0
_FAR = 0.08
"""Seconds that a connection to a Kafka of this machine and a first answer do not take."""


class Connection:
    """Everything that belongs to one connection. Nothing is asked of Kafka before it is needed."""

    def __init__(self, alias: str, settings: Settings, timeout: float, log_bound: int, scopes: Iterable[Scope]) -> None:
        self.alias = alias
        self.timeout = timeout
        self.note_published: Callable[[Sequence[PlainRecord]], None] | None = None
        """Is told what was published, where somebody wants to know by whom."""
        self.embedded = settings.embedded
        self.errors = ClientErrors(settings.masked)
        self._embedded_broker: EmbeddedBroker | None = None
        if self.embedded:
            from KafkaLibrary.broker.embedded.embedded_broker import EmbeddedBroker  # noqa: PLC0415 - few use it

            self._embedded_broker = EmbeddedBroker(self.errors)
            # A fetch of it waits its whole time, and its answer to an idempotent producer takes half a second.
            settings = settings.with_defaults(
                self._embedded_broker.bootstrap_servers, fetch_wait_max_ms=10, enable_idempotence=False
            )
        self.settings = settings
        self.admin = Admin(settings, self.errors, embedded=self.embedded, alias=alias)
        reader = EmbeddedReader if self.embedded else Reader
        self.reader = reader(settings, self.admin, self.errors)
        self.producer = EventProducer(settings, self.admin, self.errors, self.reader.foresee, embedded=self.embedded)
        self.topics = Topics(self.admin, self._embedded_broker)
        self.pace = self.admin.pace
        self.watcher = Watcher(self.reader, log_bound, scopes, self.admin.identity, self.pace)
        self._registry = _registry(settings)
        self.formats = TopicFormats(self._registry, auto_register=settings.registry.registers, latest=self._latest)
        self.waits = Waits(self.watcher, self.event, lambda topic: self.formats.of(topic).first_look)

    # What most tests have no need of, imported at its first use.

    @cached_property
    def leftovers(self) -> Leftovers:
        from KafkaLibrary.broker.temporary_topics import Leftovers  # noqa: PLC0415

        return Leftovers(self.admin, self.topics, self.producer)

    @cached_property
    def commits(self) -> CommittedOffsets:
        from KafkaLibrary.broker.groups.committed_offsets import CommittedOffsets  # noqa: PLC0415

        return CommittedOffsets(self.settings, self.admin, self.errors)

    @cached_property
    def groups(self) -> Groups:
        from KafkaLibrary.broker.groups.consumer_groups import Groups  # noqa: PLC0415

        return Groups(self.admin, self.reader, self.commits, self._embedded_broker)

    @cached_property
    def group_offsets(self) -> GroupOffsets:
        from KafkaLibrary.broker.groups.lag_and_reset import GroupOffsets  # noqa: PLC0415

        return GroupOffsets(self.admin, self.reader, self.commits, self.groups)

    @cached_property
    def consumption(self) -> Consumption:
        from KafkaLibrary.broker.groups.waiting_until_consumed import Consumption  # noqa: PLC0415

        return Consumption(self.admin, self.reader, self.commits, self.groups)

    @property
    def registry(self) -> Registry:
        """The schema registry. Raises ``KeywordMisused`` where none was given."""
        if self._registry is None:
            raise KeywordMisused(
                "No schema registry was given.\n"
                "Give schema_registry=URL when the library is imported, or to 'Connect To Kafka'."
            )
        return self._registry

    def _latest(self, topic: str, which: str) -> Iterator[bytes]:
        """The values or keys of the topic's last events, the newest first."""
        from KafkaLibrary.watching.topics.last_events import last_records  # noqa: PLC0415

        for record in last_records(self.reader, topic, self.deadline()):
            raw = as_bytes(record.key() if which == "key" else record.value())
            if raw is not None:
                yield raw

    def event(self, record: Record, topic_id: str | None) -> Event:
        """The event of a record, with the decoder of its topic."""
        return Event(record, self.formats.of(record.topic() or ""), topic_id, self.admin.identity)

    def check_cluster(self, event: Event, deadline: Deadline) -> None:
        """Raises ``KeywordMisused`` where the event is of another cluster than this connection's."""
        check_event(event, self.admin.identity, self.reader, deadline)

    def publish(self, outgoing: Sequence[Outgoing], decoder: Decoder, deadline: Deadline) -> list[Event]:
        """Publish and note what was published, so that a first wait in this test finds it whatever the clocks say.

        ``decoder`` reads what was written here, whatever the topics' formats are.
        """
        records = placed(self.producer.publish(outgoing, deadline), self.reader, deadline)
        ids = {name: followed.id for name, followed in self.watcher.topics.items() if followed.facts}
        firsts: dict[Place, int] = {}
        for topic, partition, offset in (record.at for record in records):
            place = (topic, partition)
            if offset < firsts.setdefault(place, offset):
                firsts[place] = offset
        for scope in self.watcher.scopes:
            scope.note_published(firsts)
        if self.note_published is not None:
            self.note_published(records)
        return Event.of(records, decoder, [ids.get(record.at[0]) for record in records], self.admin.identity)

    def delete_topic(self, name: str, deadline: Deadline) -> None:
        """Delete a topic, and forget what was known of it."""
        self.topics.delete([name], deadline)
        self.watcher.gone(name)
        self.producer.forget(name)

    def cluster(self, deadline: Deadline) -> dict[str, Any]:
        """Facts of the cluster, for people and for other processes."""
        self.admin.resolve(deadline)
        self.reader.start()
        self.producer.open()  # a property that a client does not take shows now
        asked = Deadline(_FAR)
        facts = self.admin.embedded_cluster(deadline) if self.embedded else self.admin.cluster(deadline)
        if asked.passed:
            self.reader.is_far(True)
            self.reader.start()
        return {"bootstrap_servers": self.settings.bootstrap_servers, **facts}

    def watch(
        self, topics: Sequence[str], start: Start, deadline: Deadline | None, *, missing: Sequence[str] = ()
    ) -> Mark:
        """Mark and follow the topics of ``watch=``. The embedded broker has them from then on, but not ``missing``.

        Without a deadline this has failed before, and each test that begins tries it: none may be held up for the whole
        timeout.
        """
        if self._embedded_broker is not None:
            self._embedded_broker.provide([one for one in topics if one not in missing and not is_pattern(one)])
        return self.watcher.watch(topics, start, deadline or self._at_scope())

    def never_used(self, topics: Sequence[str]) -> list[str]:
        """Those that the embedded broker has only because they are given as ``watch=``, and that never had an event."""
        made = self._embedded_broker.watched.intersection(topics) if self._embedded_broker is not None else ()
        if not made:
            return []
        deadline = Deadline(_LOOK)
        facts = self.reader.describe(made, deadline)
        places = [(name, number) for name, found in facts.items() if found for number in found.partitions]
        used = {place[0] for place, end in self.reader.ends(places, deadline, committed=False).items() if end > 0}
        return sorted(set(made) - used)

    def deadline(self, seconds: float | None = None) -> Deadline:
        """One for a call of a keyword, of the connection's time where none is given."""
        return Deadline(self.timeout if seconds is None else seconds, self.pace)

    def asking(self, seconds: float, trips: int = 1) -> Deadline:
        """One for so many questions, one after the other: the seconds that are enough near, and more far away.

        It is never longer than the connection's time: for what is done whenever a test begins or ends, and for what is
        told beside.
        """
        return self.deadline(min(self.timeout, seconds + self.pace.more(trips)))

    def _at_scope(self) -> Deadline:
        return self.asking(_SCOPE_BEGINS, _TRIPS)

    def enter(self, kind: Any, started: datetime) -> str:
        """A test or suite begins. Gives the reason where its marks could not be set."""
        if kind == "suite":
            self.formats.forget_latest()
        try:
            self.watcher.enter(Scope(kind, started), self._at_scope())
        except KafkaLibraryError as reason:
            return str(reason)
        return ""

    def leave(self) -> str:
        """A test or suite ends. A transaction that it left open is aborted; gives a warning of that."""
        self.watcher.leave()
        if not self.producer.transactions.is_open:
            return ""
        warning = f"A Kafka transaction of connection '{self.alias}' was left open"
        try:
            self.producer.transactions.abort(self._at_scope())
        except KafkaLibraryError as reason:
            self.producer.transactions.give_up()
            return f"{warning}, and its outcome is unknown: {reason}"
        return f"{warning}; it was aborted. End it with 'Commit Kafka Transaction' or 'Abort Kafka Transaction'."

    def close(self) -> None:
        """Let all clients go."""
        commits = self.commits.clients() if "commits" in vars(self) else []
        let_go(self.reader.clients() + commits + self.producer.clients() + self.admin.clients())
        if self._registry is not None:
            self._registry.close()
        if self._embedded_broker is not None:
            self._embedded_broker.close()

    def __repr__(self) -> str:
        return f"<Connection '{self.alias}' to {self.settings.bootstrap_servers}>"


def _registry(settings: Settings) -> Registry | None:
    properties = settings.registry.properties
    if not properties.get("url"):
        return None
    from KafkaLibrary.serialization.registry.registry import Registry  # noqa: PLC0415

    return Registry(properties, settings.masked)
