"""The faults: how each is brought about, and what the page says of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.faults.judge import Counts
from tests.faults.scene import Scene
from tests.faults.truth import Group, Writer
from tests.faults.work import USUAL
from tests.kafka.cluster import NUMBERS, Cluster

_HOUR = 3_500_000
"""Milliseconds. A whole hour ahead is what a broker takes at most."""
_BALLAST = 24 * 1024 * 1024
"""Bytes in the topic that fills its disk: more than any other file of the node has, so that it is hit first."""


@dataclass(frozen=True, slots=True)
class Fault:
    """``run`` makes a scene, brings the fault about in it, and gives what it came to."""

    name: str
    what: str
    """A sentence for the page."""
    run: Callable[[Cluster], Counts]
    quick: bool = True
    """Whether it belongs to the short run."""


def _usual(bring: Callable[[Scene], None], name: str, cluster: Cluster) -> Counts:
    return Scene(cluster, name).run(bring)


def _kill(role: Callable[[Scene], int], scene: Scene) -> None:
    number = role(scene)
    scene.cluster.kill(number)
    scene.wait(4)
    scene.cluster.start(number)


def _leader_of_waited(scene: Scene) -> int:
    return scene.cluster.leader(scene.waited)


def _leader_of_published(scene: Scene) -> int:
    return scene.cluster.leader(scene.published)


def _controller(scene: Scene) -> int:
    return scene.cluster.controller()


def _group_coordinator(scene: Scene) -> int:
    return scene.cluster.leader("__consumer_offsets")


def _transaction_coordinator(scene: Scene) -> int:
    return scene.cluster.leader("__transaction_state")


def _restart_all_in_turn(scene: Scene) -> None:
    for number in NUMBERS:
        scene.cluster.stop(number)
        scene.cluster.start(number)
        scene.cluster.heal()


def _pause_leader(scene: Scene) -> None:
    number = _leader_of_waited(scene)
    scene.cluster.pause(number)
    scene.wait(10)
    scene.cluster.resume(number)


def _all_away(scene: Scene) -> None:
    scene.cluster.kill(*NUMBERS)
    scene.wait(5)
    scene.cluster.start(*NUMBERS)


def _move(scene: Scene) -> None:
    number = _leader_of_waited(scene)
    scene.cluster.stop(number)
    scene.cluster.start(number)
    scene.cluster.wait_for(lambda: _leader_of_waited(scene) == number, "the first leader back")


def _cut(cluster: Cluster) -> Counts:
    scene = Scene(cluster, "cut")
    scene.servers = cluster.proxied_servers

    def bring(scene: Scene) -> None:
        for _ in range(2):
            scene.cluster.cut()
            scene.wait(3)
            scene.cluster.restore()
            scene.wait(2)

    return scene.run(bring)


def _full_disk(cluster: Cluster) -> Counts:
    scene = Scene(cluster, "full disk")
    full = Writer(cluster.bootstrap_servers, scene.waited)
    full.fill(_BALLAST)

    def bring(scene: Scene) -> None:
        number = _leader_of_waited(scene)
        scene.cluster.fill_disk(number, scene.waited)
        scene.cluster.wait_for(lambda: _leader_of_waited(scene) != number, "another leader")
        scene.wait(2)
        scene.cluster.stop(number)
        scene.cluster.start(number)

    return scene.run(bring)


def _too_few_copies(cluster: Cluster) -> Counts:
    scene = Scene(cluster, "too few copies", min_isr=len(NUMBERS))
    return scene.run(lambda scene: _kill(lambda scene: scene.cluster.follower(scene.waited), scene))


def _recreated(scene: Scene) -> None:
    scene.make_anew()


def _grown(scene: Scene) -> None:
    scene.grow(4)


def _clock_behind(cluster: Cluster) -> Counts:
    scene = Scene(cluster, "clock behind")
    scene.clock_behind = _HOUR / 1000
    return scene.run(partial(_kill, _leader_of_waited))


def _stamps_apart(cluster: Cluster) -> Counts:
    scene = Scene(cluster, "stamps apart")
    scene.writer.stamp = lambda number: int(time.time() * 1000) + (_HOUR if number % 2 else -_HOUR)
    return scene.run(partial(_kill, _leader_of_waited))


def _groups(cluster: Cluster) -> Counts:
    scene = Scene(cluster, "group coordinator")
    scene.work = (*USUAL, "be_consumed")
    group = Group(cluster.bootstrap_servers, scene.published, f"{scene.published}-group")
    group.start()
    try:
        return scene.run(partial(_kill, _group_coordinator))
    finally:
        group.stop()


def _named(name: str, what: str, bring: Callable[[Scene], None], *, quick: bool = True) -> Fault:
    return Fault(name, what, partial(_usual, bring, name), quick)


FAULTS = (
    _named(
        "leader killed in mid-wait",
        "`kill -9` of the node that leads the partition that is waited on; it starts again four seconds later.",
        partial(_kill, _leader_of_waited),
    ),
    _named(
        "leader killed in mid-publish",
        "The same with the node that leads the first of the partitions that the library publishes to.",
        partial(_kill, _leader_of_published),
        quick=False,
    ),
    _named(
        "controller killed",
        "`kill -9` of the active controller, which is a broker, too.",
        partial(_kill, _controller),
        quick=False,
    ),
    _named(
        "transaction coordinator killed",
        "`kill -9` of the node that keeps the state of transactions, while some are open.",
        partial(_kill, _transaction_coordinator),
    ),
    Fault(
        "group coordinator killed",
        "`kill -9` of the node that keeps the offsets of groups, during `Wait Until Event Is Consumed` for a group "
        "of another client.",
        _groups,
        quick=False,
    ),
    _named(
        "rolling restart",
        "All three nodes in turn are stopped in an orderly way and started again.",
        _restart_all_in_turn,
        quick=False,
    ),
    _named(
        "all nodes down",
        "`kill -9` of all three at once; they start again five seconds later.",
        _all_away,
        quick=False,
    ),
    _named(
        "leader paused",
        "SIGSTOP of the leading node: its connections stay open and nothing answers, for ten seconds; another leads "
        "meanwhile.",
        _pause_leader,
    ),
    _named(
        "leader moved",
        "The leader is told to go, which moves its partitions in good order, comes back, and is elected again by the "
        "controller while it is read and written (preferred leader election).",
        _move,
        quick=False,
    ),
    Fault(
        "disk full",
        "Files of the leading node can't grow any further (a limit of its process, so that no rights are needed): "
        "writing fails, the broker gives up that folder with `KAFKA_STORAGE_ERROR`, and another leads.",
        _full_disk,
        quick=False,
    ),
    Fault(
        "too few copies",
        "A follower of a topic with `min.insync.replicas=3` is killed: the answer is `NOT_ENOUGH_REPLICAS` until it "
        "is back.",
        _too_few_copies,
        quick=False,
    ),
    Fault(
        "connections cut",
        "Twice, for three seconds: all connections between the library and the brokers are broken off, and new ones, "
        "too. The independent client has others.",
        _cut,
    ),
    _named(
        "topic made again",
        "Both topics are deleted and made again in mid-wait. Events of the old ones are gone by rights.",
        _recreated,
    ),
    _named(
        "partitions added",
        "From one partition to four in mid-wait; the independent client writes to the new ones at once.",
        _grown,
        quick=False,
    ),
    Fault(
        "clock behind",
        "The library's clock is an hour behind the broker's, and the leader is killed.",
        _clock_behind,
        quick=False,
    ),
    Fault(
        "timestamps apart",
        "Every event of the independent client is stamped an hour ahead or an hour back, and the leader is killed.",
        _stamps_apart,
        quick=False,
    ),
)
BY_NAME = {fault.name: fault for fault in FAULTS}
