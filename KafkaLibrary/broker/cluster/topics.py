"""Topics: created, deleted, emptied, described and waited for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import confluent_kafka as client

from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.cluster.error_codes import topic_problem
from KafkaLibrary.broker.cluster.retried_requests import RetriedRequest
from KafkaLibrary.broker.cluster.topic_names import check_topic_name
from KafkaLibrary.deadline import Deadline, in_words
from KafkaLibrary.errors import (
    ExpectationFailed,
    KafkaUnusable,
    KeywordMisused,
    NeedsRealKafka,
    TopicMayExist,
    unsendable,
)

if TYPE_CHECKING:
    from KafkaLibrary.broker.embedded.embedded_broker import EmbeddedBroker

Error = client.KafkaError
_MISSING = (Error.UNKNOWN_TOPIC_OR_PART, Error._UNKNOWN_TOPIC)
_WRONG = (
    Error.INVALID_PARTITIONS, Error.INVALID_REPLICATION_FACTOR, Error.INVALID_CONFIG, Error.INVALID_REQUEST,
    Error.POLICY_VIOLATION, Error.TOPIC_EXCEPTION, Error._INVALID_ARG,
)  # fmt: skip
_PAUSE = 0.05
_PARTITIONS_MOST = 100_000
_REPLICAS_MOST = 32_767  # the protocol has 16 bits for it
_COMPACTED = (
    "Kafka can't delete the events of '{}': its cleanup.policy is only compact.\n"
    "Publish a tombstone for each key to delete, use a topic of this test's own ('Create Temporary Topic'), "
    "or create the topic with cleanup.policy=compact,delete."
)
_LAST_LOOK = 1.0


class Topics:
    """The topics of one cluster."""

    def __init__(self, admin: Admin, embedded: EmbeddedBroker | None = None) -> None:
        self._admin = admin
        self._embedded = embedded

    def _need_real_kafka(self, function: str) -> None:
        if self._embedded is not None:
            raise NeedsRealKafka(function)

    def create(
        self,
        name: str,
        partitions: int,
        replication: int | None,
        config: Mapping[str, Any],
        deadline: Deadline,
    ) -> None:
        """Make a topic, and return when its partitions have leaders."""
        check_topic_name(name)
        texts = {key: str(value) for key, value in config.items()}
        unfit = unsendable("\n".join(chain(*texts.items())))
        if unfit:
            raise KeywordMisused(
                f"Kafka can't create the topic '{name}': its configuration {unfit}.\nRemove that character."
            )
        if partitions > _PARTITIONS_MOST:
            raise KeywordMisused(
                f"Kafka can't create the topic '{name}': it has {_PARTITIONS_MOST:,} partitions at most."
            )
        if replication is not None and replication > _REPLICAS_MOST:
            raise KeywordMisused(
                f"Kafka can't create the topic '{name}': its replication factor is {_REPLICAS_MOST:,} at most, "
                "and no larger than the number of brokers."
            )
        if self._embedded is not None:
            self._embedded.create(name, partitions, replication)
        else:
            self._create(name, partitions, replication, texts, deadline)

    def _create(
        self, name: str, partitions: int, replication: int | None, texts: dict[str, str], deadline: Deadline
    ) -> None:
        from confluent_kafka.admin import NewTopic  # noqa: PLC0415 - slow, so at first use

        new = NewTopic(
            name, num_partitions=partitions, replication_factor=-1 if replication is None else replication,
            config=texts,
        )  # fmt: skip
        doing = f"create the topic '{name}'"
        request = RetriedRequest(lambda seconds: self._admin.client.create_topics([new], request_timeout=seconds)[name])
        try:
            self._admin.wait(request, deadline, doing)
        except KafkaUnusable as reason:
            raise reason if request.did_nothing else TopicMayExist(str(reason)) from None
        except client.KafkaException as problem:
            error = problem.args[0]
            if error.code() == Error.TOPIC_ALREADY_EXISTS and not request.did_nothing_before:
                pass  # an earlier request without an answer has made it
            elif error.code() == Error.TOPIC_ALREADY_EXISTS:
                raise KeywordMisused(
                    f"The topic '{name}' already exists.\n"
                    "Use 'Create Temporary Topic' for a topic of this test's own, or delete it first."
                ) from None
            elif error.code() in _WRONG:
                raise KeywordMisused(f"Kafka can't create the topic '{name}': {error.str()}.") from None
            else:
                raise topic_problem(name, error) from None
        try:
            self._settle(name, partitions, deadline)
        except KafkaUnusable as reason:
            raise TopicMayExist(str(reason)) from None

    def _settle(self, name: str, partitions: int, deadline: Deadline) -> None:
        places = [(name, number) for number in range(partitions)]
        while not self._is_whole(name, partitions, deadline) or (
            len(self._admin.ends(places, deadline, committed=False)) < partitions
        ):
            if deadline.passed:
                raise KafkaUnusable(f"The topic '{name}' was created, but has no leader within its timeout.")
            self._admin.client.poll(_PAUSE)

    def _is_whole(self, name: str, partitions: int, deadline: Deadline) -> bool:
        facts = self._admin.describe([name], deadline)[name]
        return facts is not None and len(facts.partitions) == partitions

    def delete(self, names: Sequence[str], deadline: Deadline, *, missing_ok: bool = False) -> None:
        """Delete topics, and return when the cluster does not know them any more."""
        self._need_real_kafka("delete topics")
        for name in names:
            check_topic_name(name)
        asked = self._admin.client.delete_topics(
            list(dict.fromkeys(names)), request_timeout=max(deadline.remaining() / 2, 0.1)
        )
        for name in names:
            again = RetriedRequest(partial(self._ask_to_delete, name))
            try:
                self._admin.wait(again, deadline, f"delete the topic '{name}'", asked[name])
            except client.KafkaException as problem:
                # Asked again because there was no answer, it may be gone by the first request.
                if problem.args[0].code() not in _MISSING or not (missing_ok or again.was_asked):
                    raise self._problem(name, problem.args[0], deadline) from None
        if not self.wait_until(names, deadline, there=False):
            left = [name for name, facts in self.describe(names, deadline.at_least(_LAST_LOOK)).items() if facts]
            if left:
                named, are = ", ".join(map(repr, left)), "it is" if len(left) == 1 else "they are"
                raise KafkaUnusable(
                    f"Kafka accepted the deletion of {named}, but after {in_words(deadline.seconds)} {are} still "
                    "there.\nA running application may recreate it, or Kafka needs longer: allow more time."
                )

    def _ask_to_delete(self, name: str, seconds: float) -> Any:
        return self._admin.client.delete_topics([name], request_timeout=seconds)[name]

    def _ask_to_empty(self, part: Any, seconds: float) -> Any:
        return self._admin.client.delete_records([part], request_timeout=seconds)[part]

    def missing(self, name: str, deadline: Deadline) -> KafkaUnusable:
        """The failure for a topic that does not exist."""
        near = self._admin.near_topics(name, deadline.beside(1))
        return KafkaUnusable(f"The topic '{name}' does not exist. {near}".rstrip())

    def _problem(self, name: str, error: Any, deadline: Deadline) -> Exception:
        """Our exception for what Kafka said of a topic that it was given by name."""
        return self.missing(name, deadline) if error.code() in _MISSING else topic_problem(name, error)

    def wait_until(
        self, names: Collection[str], deadline: Deadline, *, there: bool, patience: float = _LAST_LOOK
    ) -> bool:
        """Whether all these topics are there, or gone, before the deadline."""
        while True:
            facts = self.describe(names, deadline.at_least(min(patience, _LAST_LOOK)))
            if all((found is not None) is there for found in facts.values()):
                return True
            if deadline.passed:
                return False
            self._admin.client.poll(deadline.slice(_PAUSE))

    def describe(self, names: Collection[str], deadline: Deadline) -> Mapping[str, Any]:
        """The facts of topics, ``None`` for missing ones."""
        for name in names:
            check_topic_name(name)
        if self._embedded is not None:
            listed = {name: self._admin.list_topics(deadline, name).topics[name].partitions for name in names}
            return {name: partitions or None for name, partitions in listed.items()}
        return self._admin.describe(names, deadline)

    def expect(self, name: str, deadline: Deadline, *, there: bool, patience: float) -> None:
        """Fail unless the topic is there, or gone, before the deadline."""
        if self.wait_until([name], deadline, there=there, patience=patience):
            return
        if not there:
            late = f"still existed after {in_words(deadline.seconds)}" if deadline.seconds else "exists"
            raise ExpectationFailed(f"The topic '{name}' {late}.")
        near = self._admin.near_topics(name, deadline.beside(1))
        missing = f"did not exist within {in_words(deadline.seconds)}" if deadline.seconds else "does not exist"
        raise ExpectationFailed(
            f"The topic '{name}' {missing}. {near}".rstrip()
            + "\nThe application that owns it may not have started, or creates it under another name."
        )

    def names(self, deadline: Deadline) -> list[str]:
        """All topics but internal ones, sorted."""
        return self._admin.topic_names(deadline)

    def empty(self, name: str, deadline: Deadline) -> dict[int, int]:
        """Delete the events of a topic up to now. Gives the first offset that is left by partition."""
        self._need_real_kafka("delete events")
        facts = self._admin.describe([name], deadline)[name]
        if facts is None:
            raise self.missing(name, deadline)
        parts = [client.TopicPartition(name, number, -1) for number in facts.partitions]
        left = {}
        futures = self._admin.client.delete_records(parts, request_timeout=max(deadline.remaining(), 0.1))
        for part, future in futures.items():
            try:
                deleted = self._admin.wait(
                    partial(self._ask_to_empty, part),
                    deadline,
                    f"delete the events of '{name}'",
                    future,
                )
            except client.KafkaException as problem:
                if problem.args[0].code() == Error.POLICY_VIOLATION:
                    raise KeywordMisused(_COMPACTED.format(name)) from None
                raise self._problem(name, problem.args[0], deadline) from None
            left[part.partition] = deleted.low_watermark
        return left

    def configuration(self, name: str, deadline: Deadline) -> dict[str, str]:
        """The configuration of a topic by Kafka's own names."""
        check_topic_name(name)
        self._need_real_kafka("describe a topic's configuration")
        from confluent_kafka.admin import ConfigResource  # noqa: PLC0415 - slow, so at first use

        resource = ConfigResource("topic", name)
        try:
            entries = self._admin.wait(
                lambda seconds: self._admin.client.describe_configs([resource], request_timeout=seconds)[resource],
                deadline,
                f"read the configuration of '{name}'",
            )
        except client.KafkaException as problem:
            raise self._problem(name, problem.args[0], deadline) from None
        return {entry.name: entry.value for entry in sorted(entries.values(), key=lambda entry: str(entry.name))}
