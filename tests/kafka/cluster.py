"""A real Kafka of three nodes: each is broker and controller, each keeps a copy of everything."""

from __future__ import annotations

import json
import resource
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from confluent_kafka import KafkaException, TopicCollection
from confluent_kafka.admin import AdminClient, NewPartitions, NewTopic

from tests.kafka.distance import far_away
from tests.kafka.node import Node
from tests.kafka.ports import LOCALHOST, free_port
from tests.kafka.proxy import Proxy
from tests.places import RESULTS

NUMBERS = (1, 2, 3)
PATIENCE = 60.0
_PAUSE = 0.05
_ANSWER = 2.0
_HEAP = "320m"
_ROOM = 4096

SETTINGS = {
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "default.replication.factor": "3",
    "min.insync.replicas": "2",
    "offsets.topic.replication.factor": "3",
    "transaction.state.log.replication.factor": "3",
    "transaction.state.log.min.isr": "2",
    "share.coordinator.state.topic.replication.factor": "3",
    "share.coordinator.state.topic.min.isr": "2",
    # One partition, one leader: that node is the coordinator of all groups, or of all transactions.
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.num.partitions": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    # A node that is back soon leads again what it led before.
    "leader.imbalance.check.interval.seconds": "3",
    "leader.imbalance.per.broker.percentage": "0",
    # Nodes that were told to go have nobody else to wait for.
    "controller.quorum.election.timeout.ms": "500",
    # Where one place for data fails, the node goes on with the other.
    "log.dirs": "{folder}/first,{folder}/second",
    "metadata.log.dir": "{folder}/metadata",
}


class Cluster:
    """Runs inside `with`. Nodes are named by their numbers, 1 to 3; data lives as long as the cluster, logs stay."""

    def __init__(self, settings: Mapping[str, str] | None = None, *, heap: str = _HEAP) -> None:
        ports = {number: (free_port(), free_port(), free_port()) for number in NUMBERS}
        self._proxies = {number: Proxy(ports[number][1]) for number in NUMBERS}
        voters = ",".join(f"{number}@{LOCALHOST}:{ports[number][2]}" for number in NUMBERS)
        self.nodes: dict[int, Node] = {}
        for number, (direct, behind, controller) in ports.items():
            own = {
                "node.id": str(number),
                "controller.quorum.voters": voters,
                "listeners": f"PLAINTEXT://{LOCALHOST}:{direct},PROXIED://{LOCALHOST}:{behind},"
                f"CONTROLLER://{LOCALHOST}:{controller}",
                "advertised.listeners": f"PLAINTEXT://{LOCALHOST}:{direct},"
                f"PROXIED://{LOCALHOST}:{self._proxies[number].port}",
            }
            log = RESULTS / "kafka" / f"cluster-{ports[1][0]}-{number}.log"
            self.nodes[number] = Node(
                f"{LOCALHOST}:{direct}", {**SETTINGS, **own, **(settings or {})}, log=log, heap=heap
            )
        self.bootstrap_servers = ",".join(f"{LOCALHOST}:{ports[number][0]}" for number in NUMBERS)
        self.proxied_servers = ",".join(f"{LOCALHOST}:{self._proxies[number].port}" for number in NUMBERS)
        """The same brokers, through proxies whose connections can be cut."""
        self.milliseconds_away = 0.0
        """How far away the library is that is tested."""

    def __enter__(self) -> Cluster:
        try:
            for proxy in self._proxies.values():
                proxy.start()
            self.start(*NUMBERS)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        for node in self.nodes.values():
            node.close()
        for proxy in self._proxies.values():
            proxy.close()

    def logs(self) -> list[Path]:
        return [node.log for node in self.nodes.values()]

    # What can be done to nodes

    def kill(self, *numbers: int) -> None:
        """An end without warning, for all of these at once."""
        for number in numbers:
            self.nodes[number].kill()

    def start(self, *numbers: int) -> None:
        """Returns when they answer. A node ends with the thread that started it."""
        # All are begun first: a node answers only when most of them are there.
        for number in numbers:
            self.nodes[number].begin()
        for number in numbers:
            self.nodes[number].wait_until_ready()

    def stop(self, number: int) -> None:
        self.nodes[number].stop()

    def pause(self, number: int) -> None:
        self.nodes[number].pause()

    def resume(self, number: int) -> None:
        self.nodes[number].resume()

    def fill_disk(self, number: int, topic: str) -> None:
        """From now on hardly a byte more of the topic's first partition finds room on this node, until it starts anew.

        No file of the node grows beyond what this one has. Writing more fails as it does on a full disk, and with the
        same consequence. It needs no rights.
        """
        size = max(part.stat().st_size for part in self.nodes[number].folder.glob(f"*/{topic}-0/*.log"))
        _, hard = resource.prlimit(self.nodes[number].process_id, resource.RLIMIT_FSIZE)
        resource.prlimit(self.nodes[number].process_id, resource.RLIMIT_FSIZE, (size + _ROOM, hard))

    def cut(self) -> None:
        """Nobody reaches a broker through its proxy, until `restore`."""
        for proxy in self._proxies.values():
            proxy.cut()

    def restore(self) -> None:
        for proxy in self._proxies.values():
            proxy.restore()

    def heal(self) -> None:
        """All nodes run, all proxies hand on, and all copies are up to date."""
        self.restore()
        for node in self.nodes.values():
            node.resume()
        self.start(*(number for number, node in self.nodes.items() if not node.is_running))
        self.wait_for(lambda: self._is_whole(self._admin()), "all copies up to date")

    @contextmanager
    def from_afar(self, servers: str) -> Iterator[str]:
        """These addresses of its brokers as the library that is tested finds them."""
        if not self.milliseconds_away:
            yield servers
            return
        with far_away(servers, self.milliseconds_away) as distance:
            yield distance.bootstrap_servers

    # Who does what

    def leader(self, topic: str, partition: int = 0) -> int:
        """The number of the node that leads this partition."""
        found: list[int] = []

        def look() -> bool:
            partitions = self._facts(topic)
            found[:] = [part.leader.id for part in partitions if part.id == partition and part.leader is not None]
            return bool(found) and found[0] in self.nodes

        self.wait_for(look, f"a leader of {topic}[{partition}]")
        return found[0]

    def follower(self, topic: str) -> int:
        """The number of a node that does not lead the topic's first partition."""
        return next(number for number in NUMBERS if number != self.leader(topic))

    def controller(self) -> int:
        """The number of the active controller, by what the nodes have noted of their latest election."""
        states = [json.loads(path.read_text()) for node in self.nodes.values() for path in _quorum_states(node)]
        latest: dict[str, int] = max(
            (state for state in states if state["leaderId"] >= 0), key=lambda state: int(state["leaderEpoch"])
        )
        return latest["leaderId"]

    # Topics

    def make(self, topic: str, partitions: int = 1, **config: str) -> None:
        """Returns when each partition has a leader and three copies up to date."""
        new = NewTopic(topic, partitions, 3, config={name.replace("_", "."): value for name, value in config.items()})
        admin = self._admin()
        admin.create_topics([new])[topic].result()
        self.wait_for(lambda: len(self._facts(topic)) == partitions and self._is_whole(admin), f"{topic} as made")

    def delete(self, topic: str) -> None:
        admin = self._admin()
        admin.delete_topics([topic])[topic].result()
        self.wait_for(lambda: not self._facts(topic), f"no {topic}")

    def grow(self, topic: str, partitions: int) -> None:
        """Add partitions until there are so many."""
        admin = self._admin()
        admin.create_partitions([NewPartitions(topic, partitions)])[topic].result()

    def _facts(self, topic: str) -> list[Any]:
        admin = self._admin()
        try:
            asked = admin.describe_topics(TopicCollection([topic]), request_timeout=_ANSWER)
            return list(asked[topic].result().partitions)
        except KafkaException:
            return []

    def _is_whole(self, admin: AdminClient) -> bool:
        try:
            listed = admin.list_topics(timeout=_ANSWER)
        except KafkaException:
            return False
        partitions = [part for topic in listed.topics.values() for part in topic.partitions.values()]
        return len(listed.brokers) == len(NUMBERS) and all(
            part.leader in listed.brokers and len(part.isrs) == len(NUMBERS) for part in partitions
        )

    def _admin(self) -> AdminClient:
        """A new one for each question: what an older one remembers of the nodes may be out of date.

        It is kept until it has answered: what is asked of one that is gone is never answered.
        """
        return AdminClient({"bootstrap.servers": self.bootstrap_servers, "log_level": 0})

    @staticmethod
    def wait_for(holds: Callable[[], bool], what: str, timeout: float = PATIENCE) -> None:
        deadline = time.monotonic() + timeout
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError(f"The cluster has not {what} after {timeout:g} s.")
            signal.sigtimedwait((), _PAUSE)


def _quorum_states(node: Node) -> Iterable[Path]:
    return (node.folder / "metadata").glob("__cluster_metadata-0/quorum-state")
