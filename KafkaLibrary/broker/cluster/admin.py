"""The admin client: what is asked of the cluster, its topics and their offsets, each answer awaited in slices."""

from __future__ import annotations

import concurrent.futures
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

import confluent_kafka as client

from KafkaLibrary.broker.clients.client_calls import apart, begun, in_slices, question
from KafkaLibrary.broker.cluster.error_codes import (
    MISSING,
    NO_LEADER,
    PASSING,
    REFUSED,
    RIGHTS,
    UNREACHABLE,
    reason_of,
    topic_problem,
)
from KafkaLibrary.broker.cluster.pending_answers import (
    OffsetAnswer,
    OffsetAnswers,
    TopicFactsAnswer,
    TopicNamesAnswer,
    facts_of,
    least_offset,
)
from KafkaLibrary.broker.cluster.topic_names import check_topic_name
from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.broker.settings.refused_properties import explain_refusal
from KafkaLibrary.deadline import SLICE, Deadline, Pace, answered_late, answered_late_before, in_words
from KafkaLibrary.errors import EmbeddedElsewhere, KafkaUnusable, did_you_mean
from KafkaLibrary.secrets.client_properties import Properties
from KafkaLibrary.watching.event_source import Cluster, Place, TopicFacts

if TYPE_CHECKING:
    from confluent_kafka.admin import AdminClient

    from KafkaLibrary.broker.diagnosis.unreachable import Diagnosis, Reason

Error = client.KafkaError
T = TypeVar("T")
_LEVELS = {True: client.IsolationLevel.READ_COMMITTED, False: client.IsolationLevel.READ_UNCOMMITTED}
_PAUSE = 0.02
_LEAST = 0.1
_GLANCE = 0.03
"""Seconds in which a broker of this machine answers."""
_EMBEDDED_ID = "mockCluster"
_LOOK_EVERY = 1.0
_PATIENCE = 5.0
_NAMES_MOST = 2.0


class Admin:
    """The admin client of one connection, made at first use."""

    def __init__(
        self, settings: Settings, client_errors: ClientErrors, *, embedded: bool = False, alias: str = ""
    ) -> None:
        self.identity = Cluster(alias, "embedded" if embedded else settings.bootstrap_servers, is_embedded=embedded)
        """The cluster, of which everyone notes what it tells of itself."""
        self._settings = settings
        self._client_errors = client_errors
        self._embedded = embedded
        self._another_embedded: bool | None = False if embedded else None
        """Whether the embedded broker of another connection answers; nothing where nobody has asked with success."""
        self._looked_at = 0.0
        self._client: AdminClient | None = None
        self.pace = Pace()
        """How long this Kafka takes for its answers."""

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """What is wrong, where something is."""
        from KafkaLibrary.broker.diagnosis.unreachable import Diagnosis  # noqa: PLC0415 - most runs have no need of it

        return Diagnosis(self._settings, self._client_errors)

    def go_on(self, deadline: Deadline) -> bool:
        """To be called while an answer is awaited; false where waiting longer can't help."""
        return deadline.elapsed() < SLICE or self.diagnosis.go_on(deadline)

    @property
    def client(self) -> AdminClient:
        """The client's own admin object. Importing it takes as long as importing the client itself."""
        if self._client is None:
            from confluent_kafka.admin import AdminClient  # noqa: PLC0415 - slow, so at first use

            properties = Properties({**self._settings.for_admin(), "error_cb": self._client_errors.told})
            try:
                self._client = AdminClient(properties, logger=self._client_errors)
            except client.KafkaException as refusal:
                raise explain_refusal(str(refusal.args[0].str()), self._settings) from None
        return self._client

    def heard(self) -> None:
        """Kafka was heard of by another client, without having been asked just before."""
        self._client_errors.heard()
        self.pace.heard()

    def clients(self) -> list[Any]:
        """The client, to be let go."""
        made, self._client = self._client, None
        return [made]

    def wait(
        self, ask: Callable[[float], Any], deadline: Deadline, doing: str, first: Any = None, topic: str = ""
    ) -> Any:
        """The result of the future that ``ask`` makes when given seconds; asked again where the reason passes.

        ``first`` is such a future under way already; ``topic`` is the one asked about. Raises
        ``KafkaUnusable`` when the deadline passes or the cluster refuses, and hands on the client's
        own error for everything else.
        """
        future = first
        while True:
            try:
                # What is asked together is told together.
                is_told = future is not None and future.done()
                answer = future.result(0) if is_told else self._result(future, ask, deadline, doing)
            except client.KafkaException as problem:
                future, error = None, problem.args[0]
                if error.code() == NO_LEADER and topic and self.describe([topic], deadline)[topic] is None:
                    raise client.KafkaException(Error(Error.UNKNOWN_TOPIC_OR_PART)) from None
                if error.code() not in (NO_LEADER, *PASSING, *UNREACHABLE) or deadline.passed:
                    raise self.explained(error, deadline, doing) from None
                self._refresh(topic)
                self.client.poll(_PAUSE)
            except concurrent.futures.TimeoutError:
                future = None
                if deadline.passed:
                    raise self.unreachable(deadline, doing) from None
                self._refresh(topic)
            else:
                self._client_errors.heard()
                return answer

    def _refresh(self, topic: str) -> None:
        # Of one new topic in a hundred the client says that it has no leader until its metadata is asked for.
        if topic and self.pace.more():
            question(self.client.list_topics, topic)  # its answer comes later than after a slice
        elif topic:
            with suppress(client.KafkaException):
                apart(lambda: self.client.list_topics(topic, timeout=SLICE))

    def _result(self, future: Any, ask: Callable[[float], Any], deadline: Deadline, doing: str) -> Any:
        # Half of what is left: a request that got stuck is made again. Not before its answer can have come.
        left = deadline.remaining()
        attempt = Deadline(max(left / 2, min(left, self.pace.answer()), _LEAST))
        future = future or self._timed(ask(attempt.remaining()))
        while True:
            try:
                return future.result(attempt.slice())
            except concurrent.futures.TimeoutError:
                self.client.poll(0)
                self._go_on(deadline, doing)
                if attempt.passed:
                    raise

    def pause(self, seconds: float) -> None:
        """Wait that long, and hear what the client tells meanwhile; that alone would end a ``poll``."""
        over = time.monotonic() + seconds
        while (left := over - time.monotonic()) > 0:
            self.client.poll(min(left, SLICE))

    def _go_on(self, deadline: Deadline, doing: str) -> None:
        # An older client can be asked for the cluster's id with all topics only: not before an answer is due.
        may_look = hasattr(self.client, "cluster_id") or deadline.elapsed() > _LOOK_EVERY
        if not self.go_on(deadline) or (may_look and self._is_embedded_elsewhere()):
            raise self.unreachable(deadline, doing) from None

    def explained(self, error: Any, deadline: Deadline, doing: str) -> Exception:
        """The exception for the client's error: ours where the reason is known, else the client's own."""
        if error.code() in (*UNREACHABLE, *PASSING):  # what passes did not pass in time
            return self.unreachable(deadline, doing, error)
        if error.code() in REFUSED:
            return KafkaUnusable(
                f"Kafka at {self._settings.bootstrap_servers} denied permission to {doing}: {reason_of(error)}.\n"
                f"Ask for permission{RIGHTS.get(error.code(), '')}, or use a login that has it."
            )
        return client.KafkaException(error)

    def unreachable(self, deadline: Deadline, doing: str, error: Any = None) -> KafkaUnusable:
        """The failure of a request that got no answer."""
        self.client.poll(0)
        if self._is_embedded_elsewhere():
            return EmbeddedElsewhere(self._settings.bootstrap_servers, doing)
        said = reason_of(error) if error is not None and error.code() not in UNREACHABLE else "it did not answer"
        return self._unusable(deadline, doing, said)

    def resolve(self, deadline: Deadline) -> None:
        """See that the name of the host is known, before a client is made that would wait for it."""
        if not self.diagnosis.resolve(deadline):
            raise self._unusable(deadline, "describe the cluster", "")

    def _unusable(self, deadline: Deadline, doing: str, said: str) -> KafkaUnusable:
        reason = self.diagnosis.reason(deadline, said)
        within = f" within {in_words(deadline.seconds)}" if not reason.final else ""
        return KafkaUnusable(
            f"Kafka at {self._settings.bootstrap_servers} could not be used to {doing}{within}.\n"
            + self.why(reason, f"Reason: {reason.text}.", deadline)
        )

    def why(self, reason: Reason, because: str, deadline: Deadline) -> str:
        """The reason and the advice; where answers came late, that is the reason, if there is no better one."""
        late = answered_late(deadline)
        if late and not reason.final and not self._client_errors.text():
            return late
        return "\n".join(filter(None, [because, reason.advice, late or answered_late_before(deadline)]))

    def _is_embedded_elsewhere(self) -> bool:
        """Whether that is why no answer comes: it leaves most questions of this client without one."""
        now = time.monotonic()
        if self._another_embedded is None and now - self._looked_at > _LOOK_EVERY:
            self._looked_at = now
            with suppress(client.KafkaException):
                self._another_embedded = apart(self._cluster_id).startswith(_EMBEDDED_ID)
        return bool(self._another_embedded)

    def _cluster_id(self) -> str:
        if hasattr(self.client, "cluster_id"):
            return str(self.client.cluster_id(timeout=_GLANCE))
        return str(self.client.list_topics(timeout=_GLANCE).cluster_id)

    def cluster(self, deadline: Deadline) -> dict[str, Any]:
        """The cluster's id, its brokers and its controller."""
        found = self.wait(
            lambda seconds: self.client.describe_cluster(request_timeout=seconds),
            deadline,
            "describe the cluster",
        )
        self.identity.note(found)
        return {
            "cluster_id": found.cluster_id,
            "brokers": [f"{node.host}:{node.port}" for node in found.nodes],
            "controller": found.controller.id if found.controller else None,
        }

    def embedded_cluster(self, deadline: Deadline) -> dict[str, Any]:
        """The same of the embedded broker, which can't be asked in that way."""
        found = self.list_topics(deadline)
        return {
            "cluster_id": "embedded",
            "brokers": [f"{broker.host}:{broker.port}" for broker in found.brokers.values()],
            "controller": None,
        }

    # Topics and offsets

    def ask_topics(self, topics: Collection[str], seconds: float = _PATIENCE) -> TopicFactsAnswer:
        """Ask for the facts of topics, without waiting. Creates none."""
        return TopicFactsAnswer(self._describe(topics, seconds))

    def ask_facts(self, topics: Collection[str], deadline: Deadline) -> dict[str, Any]:
        """Futures for `describe`."""
        names = list(dict.fromkeys(topics))
        return self._describe(names, max(deadline.remaining(), 0.1)) if names else {}

    def describe(
        self, topics: Collection[str], deadline: Deadline, asked: Mapping[str, Any] | None = None
    ) -> dict[str, TopicFacts | None]:
        """The facts of topics, ``None`` for one that does not exist."""
        futures = asked if asked is not None else self.ask_facts(topics, deadline)
        return {name: self._topic(name, futures[name], deadline) for name in dict.fromkeys(topics)}

    def _topic(self, name: str, first: Any, deadline: Deadline) -> TopicFacts | None:
        doing = f"look up the topic '{name}'"
        try:
            answer = self.wait(lambda seconds: self._describe([name], seconds)[name], deadline, doing, first)
            self._another_embedded = bool(self._another_embedded)  # it would not have answered this
            return facts_of(answer)
        except client.KafkaException as problem:
            error = problem.args[0]
            if error.code() in MISSING:
                self._client_errors.heard()
                return None
            raise topic_problem(name, error) from None

    def _describe(self, topics: Collection[str], seconds: float) -> dict[str, Any]:
        for name in topics:
            check_topic_name(name)
        futures: dict[str, Any] = self.client.describe_topics(
            client.TopicCollection(list(topics)), request_timeout=seconds
        )
        self._timed(next(iter(futures.values()), None))  # one of them tells for all
        return futures

    def _timed(self, future: T, is_answer: Callable[[Any], bool] = lambda _: True) -> T:
        """The future of an answer. How long that takes is noted; the client also ends it where none came."""
        asked = time.monotonic()

        def note(answered: Any) -> None:
            if answered.exception() is None and is_answer(answered.result()):
                self.pace.note(time.monotonic() - asked, was_away=self._client_errors.told_since(asked))

        if isinstance(future, concurrent.futures.Future):
            future.add_done_callback(note)
        return future

    def ask_offsets(self, wanted: Mapping[Place, Any], seconds: float, *, committed: bool) -> dict[Place, Any]:
        """Futures of offsets by the client's offset specifications, in one request a broker."""
        if not wanted:
            return {}
        futures = self.client.list_offsets(
            {client.TopicPartition(*place): spec for place, spec in wanted.items()},
            isolation_level=_LEVELS[committed],
            request_timeout=max(seconds, 0.1),
        )
        self._timed(next(iter(futures.values()), None), lambda told: told.offset >= -1)  # -1001 where none came
        return {
            (part.topic, part.partition): OffsetAnswer(future, least_offset(wanted[part.topic, part.partition]))
            for part, future in futures.items()
        }

    def offsets(
        self,
        wanted: Mapping[Place, Any],
        deadline: Deadline,
        *,
        committed: bool,
        asked: Mapping[Place, Any] | None = None,
    ) -> dict[Place, int]:
        """Those offsets; a partition that no longer exists is left out."""
        futures = asked if asked is not None else self.ask_offsets(wanted, deadline.remaining(), committed=committed)
        told: dict[Place, int | None] = {}
        by_topic: dict[str, dict[Place, Any]] = {}
        for place, future in futures.items():
            by_topic.setdefault(place[0], {})[place] = future
        for topic, first in by_topic.items():

            def ask(seconds: float, places: Iterable[Place] = first) -> OffsetAnswers:
                left = {place: wanted[place] for place in places if place not in told}
                return OffsetAnswers(self.ask_offsets(left, seconds, committed=committed), told)

            try:
                self.wait(ask, deadline, f"ask for the offsets of '{topic}'", OffsetAnswers(first, told), topic)
            except client.KafkaException as problem:
                if problem.args[0].code() not in MISSING:
                    raise topic_problem(topic, problem.args[0]) from None
        return {place: offset for place, offset in told.items() if offset is not None}

    def ends(self, places: Collection[Place], deadline: Deadline, *, committed: bool) -> dict[Place, int]:
        """The ends of partitions, where there are any."""
        from confluent_kafka.admin import OffsetSpec  # noqa: PLC0415 - slow, so at first use

        return self.offsets(dict.fromkeys(places, OffsetSpec.latest()), deadline, committed=committed)

    def ask_names(self) -> TopicNamesAnswer:
        """Ask for the names of all topics, without waiting: the client has no such question that does not block."""
        asked = self.client
        return TopicNamesAnswer(begun(lambda: asked.list_topics(timeout=_NAMES_MOST))[1])

    def topic_names(self, deadline: Deadline) -> list[str]:
        """All topics that this login may see, internal ones left out."""
        listed = self.list_topics(deadline)
        return sorted(name for name in listed.topics if not name.startswith("__"))

    def list_topics(self, deadline: Deadline, topic: str | None = None) -> Any:
        """The cluster's metadata. The client blocks here, so it is asked in slices."""
        doing = f"look up the topic '{topic}'" if topic else "list its topics"
        asked = [topic] if topic else []
        asked_at = time.monotonic()
        quick = True  # most answers come within a slice, and a thread is not needed for them
        while True:
            seconds = deadline.slice()
            started = time.monotonic()
            try:
                if quick:
                    listed = apart(partial(self.client.list_topics, *asked, timeout=max(seconds, 0.01)))
                else:
                    listed = in_slices(
                        lambda most: self.client.list_topics(*asked, timeout=most),
                        deadline,
                        lambda: self._go_on(deadline, doing),
                    )
            except client.KafkaException as problem:
                quick = False
                self.client.poll(max(0.0, min(_PAUSE, seconds - (time.monotonic() - started))))
                if deadline.passed:
                    raise self.explained(problem.args[0], deadline, doing) from None
                self._go_on(deadline, doing)
                continue
            if not self._embedded:  # which is never far away, however busy the machine is
                self.pace.note(time.monotonic() - asked_at, was_away=self._client_errors.told_since(asked_at))
            self._client_errors.heard()
            self.identity.note(listed)
            return listed

    def near_topics(self, name: str, deadline: Deadline) -> str:
        """A sentence with names like that one, for messages; empty where they can't be had."""
        try:
            return did_you_mean(name, self.topic_names(deadline))
        except KafkaUnusable:
            return ""
