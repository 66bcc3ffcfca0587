"""Keywords that ask Kafka, each with a time of its own, and what becomes of them where something is wrong."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder
from tests.contract.brokers import missing
from tests.kafka.ports import LOCALHOST
from tests.places import ROOT

TIME = 1.5
"""Seconds that a keyword is given."""
LATER = 0.5
"""Seconds by which it may be later."""
_AT_ONCE = 12
_AGAIN = 2
_NAP = 0.02
TOPIC, GROUP = missing(), missing()
EVENT = Event(PlainRecord((TOPIC, 0, 0), (1, 0), None, b"{}"), FoundDecoder())
EVENT_WITH_TIME = Event(PlainRecord((TOPIC, 0, 0), (1, 1_700_000_000_000), None, b"{}"), FoundDecoder())

Call = Callable[[KafkaLibrary], object]
_CONTRACT = str(ROOT / "examples" / "orders.asyncapi.yaml")


def _publish_example(library: KafkaLibrary) -> object:
    library.load_contract(_CONTRACT)
    return library.publish_example("OrderPlaced", timeout=TIME)


def _call(name: str, *given: Any, **named: Any) -> Call:
    return lambda library: getattr(library, name)(*given, **named)


_OF_GROUPS: Mapping[str, Call] = {
    "Get Consumer Group Lag": _call("get_consumer_group_lag", GROUP, TOPIC, timeout=TIME),
    "Get Consumer Group Lag == 0": _call("get_consumer_group_lag", GROUP, TOPIC, "==", 0, timeout=TIME),
    "Get Consumer Group Lag of all": _call("get_consumer_group_lag", GROUP, "", "==", 0, timeout=TIME),
    "Reset Consumer Group Offsets": _call("reset_consumer_group_offsets", GROUP, TOPIC, "earliest", timeout=TIME),
    "Wait Until Consumer Group Is Ready": _call("wait_until_consumer_group_is_ready", GROUP, TOPIC, timeout=TIME),
    "Wait Until Event Is Consumed": _call("wait_until_event_is_consumed", EVENT, GROUP, timeout=TIME),
}
ASKING: Mapping[str, Call] = {
    "Answer Events": _call("answer_events", TOPIC, "id == 1", with_="{}", to=f"{TOPIC}-to", timeout=TIME),
    "Begin Kafka Transaction": _call("begin_kafka_transaction", timeout=TIME),
    "Connect To Kafka": lambda library: library.connect_to_kafka(_address(library), timeout=TIME, **_options(library)),
    "Consumer Should Survive": _call("consumer_should_survive", GROUP, TOPIC, "{}", timeout=TIME),
    "Create Temporary Topic": _call("create_temporary_topic", timeout=TIME),
    "Create Topic": _call("create_topic", TOPIC, timeout=TIME),
    "Delete Events": _call("delete_events", TOPIC, timeout=TIME),
    "Delete Topic": _call("delete_topic", TOPIC, timeout=TIME),
    "Event Should Be Dead-Lettered": _call("event_should_be_dead_lettered", EVENT, f"{TOPIC}-dlt", timeout=TIME),
    "Event Should Not Be Dead-Lettered": _call("event_should_not_be_dead_lettered", EVENT, f"{TOPIC}-dlt", within=TIME),
    "Get Dead Letters": _call("get_dead_letters", TOPIC),
    "Event Count Should Be": _call("event_count_should_be", TOPIC, 0, "id == 1", within=TIME),
    "Events Should Correspond": _call("events_should_correspond", TOPIC, f"{TOPIC}-to", "key", timeout=TIME),
    "Get Events": _call("get_events", TOPIC),
    "Get Topic Configuration": _call("get_topic_configuration", TOPIC, timeout=TIME),
    "Get Topics": _call("get_topics", timeout=TIME),
    "Kafka Should Be Reachable": _call("kafka_should_be_reachable", timeout=TIME),
    "Log Events": _call("log_events", TOPIC),
    "No Event Should Arrive": _call("no_event_should_arrive", TOPIC, "id == 1", within=TIME),
    "Outbox Events Should Come Once": _call("outbox_events_should_come_once", TOPIC, within=TIME),
    "Publish Event": _call("publish_event", TOPIC, "{}", timeout=TIME),
    "Publish Broken Event": _call("publish_broken_event", TOPIC, "{}", "tombstone", timeout=TIME),
    "Publish Duplicates": _call("publish_duplicates", EVENT, timeout=TIME),
    "Publish Late Event": _call("publish_late_event", EVENT_WITH_TIME, "1 h", timeout=TIME),
    "Publish Example": _publish_example,
    "Publish Out Of Order": _call("publish_out_of_order", TOPIC, ["1", "2"], "key", timeout=TIME),
    "Publish Events": _call("publish_events", TOPIC, ["{}", "{}"], timeout=TIME),
    "Publish Tombstone": _call("publish_tombstone", TOPIC, "key", timeout=TIME),
    "Rows Should Be In Order": _call("rows_should_be_in_order", TOPIC, timeout=TIME),
    "Save Events": _call("save_events", TOPIC, "never-written.jsonl"),
    "Topic Should Exist": _call("topic_should_exist", TOPIC, timeout=TIME),
    "Topic Should Not Exist": _call("topic_should_not_exist", TOPIC, timeout=TIME),
    "Transaction Should Be Complete": _call(
        "transaction_should_be_complete", "571:1", rows={TOPIC: 1}, topic=f"{TOPIC}-transactions", timeout=TIME
    ),
    "Wait For Event": _call("wait_for_event", TOPIC, "id == 1", timeout=TIME),
    "Wait For Events": _call("wait_for_events", TOPIC, 2, "id == 1", timeout=TIME),
    "Wait For Event On Each Topic": _call("wait_for_event_on_each_topic", [TOPIC, "b"], "id == 1", timeout=TIME),
    "Wait For Outbox Event": _call("wait_for_outbox_event", TOPIC, "id=1", timeout=TIME),
    "Wait For Row Change": _call("wait_for_row_change", TOPIC, "op=create", timeout=TIME),
    "Wait Until Topic Is Quiet": _call("wait_until_topic_is_quiet", TOPIC, timeout=TIME),
    "Watch Topics": _call("watch_topics", TOPIC),
    **_OF_GROUPS,
}
"""Those that ask Kafka about what an unusable one can't tell; those without a time of their own have the import's."""
OF_GROUPS = tuple(_OF_GROUPS)
IN_A_TRANSACTION: Mapping[str, Call] = {
    "Abort Kafka Transaction": _call("abort_kafka_transaction", timeout=TIME),
    "Commit Kafka Transaction": _call("commit_kafka_transaction", timeout=TIME),
}


class Ended(NamedTuple):
    """How a call of a keyword ended: what it said, after how many seconds, and how late a thread was that only naps."""

    said: KafkaLibraryError | None
    seconds: float
    late: float

    @property
    def in_time(self) -> bool:
        """Whether it ended by its deadline. What this machine is busy with is not held against it."""
        return self.seconds <= TIME + LATER + self.late

    def is_right(self, reason: str) -> bool:
        """Whether it did, for that reason."""
        return self.in_time and re.search(reason, str(self.said)) is not None


Prepare = Callable[[str], AbstractContextManager[KafkaLibrary]]
"""Imports the library for one keyword."""


@contextmanager
def importing(port: int, host: str = LOCALHOST, **options: Any) -> Iterator[KafkaLibrary]:
    library = KafkaLibrary(f"{host}:{port}", timeout=TIME, **options)
    yield library
    library.disconnect_from_all_kafka()


def ended(calls: Mapping[str, Call], prepare: Prepare, reason: str) -> dict[str, Ended]:
    """How all of these ended. Most of the time each only waits, so they are called side by side.

    One that was not right among so many is called again alone: on a busy machine a thread may get its turn so late that
    another reason is true of it.
    """
    with ThreadPoolExecutor(_AT_ONCE) as threads, _Napping() as napping:
        found = dict(
            zip(calls, threads.map(lambda name: _ended(calls[name], prepare(name), napping), calls), strict=True)
        )
        for _ in range(_AGAIN):
            for name in [name for name, how in found.items() if not how.is_right(reason)]:
                found[name] = _ended(calls[name], prepare(name), napping)
        return found


def _ended(call: Call, prepared: AbstractContextManager[KafkaLibrary], napping: _Napping) -> Ended:
    with prepared as library:
        began, late, said = time.monotonic(), napping.late, None
        try:
            call(library)
        except KafkaLibraryError as reason:
            said = reason.with_traceback(None)
        return Ended(said, time.monotonic() - began, napping.late - late)


class _Napping:
    """A thread that tells how much later than asked for it woke up, in sum."""

    late = 0.0

    def __enter__(self) -> _Napping:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._nap, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _nap(self) -> None:
        while not self._over.is_set():
            began = time.monotonic()
            time.sleep(_NAP)
            self.late += time.monotonic() - began - _NAP


def _address(library: KafkaLibrary) -> Any:
    return library._session.described.bootstrap_servers


def _options(library: KafkaLibrary) -> dict[str, Any]:
    return dict(library._session.described.options)
