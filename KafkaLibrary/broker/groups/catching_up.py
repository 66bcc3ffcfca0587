"""Whether a consumer group has taken all that stood on a topic at one instant, whatever has come since."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.groups.lag_and_reset import GroupOffsets, NeverLag, NoEnd, NoLag, PartitionLag
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.watching.event_source import Place, Source

_BETWEEN = 0.1


class CatchingUp:
    """One group on its way to the ends that the partitions of a topic had when it was first looked at.

    A partition where it has committed nothing counts where ``concerns`` says so of its place and its end.
    """

    def __init__(
        self,
        offsets: GroupOffsets,
        admin: Admin,
        source: Source,
        group: str,
        topic: str,
        concerns: Callable[[Place, int], bool],
    ) -> None:
        self._offsets = offsets
        self._admin = admin
        self._source = source
        self._group = group
        self._topic = topic
        self._concerns = concerns
        self._goals: dict[Place, int] = {}
        self._before: dict[Place, int] = {}
        self._nothing_there: dict[Place, int] = {}
        """Where a group stands before what is no event, to the end."""

    def begin(self, deadline: Deadline) -> None:
        """Look where the ends are. Where that can't be told yet, they are those of the next look."""
        with suppress(NoLag, KafkaUnusable):
            self.behind(deadline)

    def wait(self, deadline: Deadline, patience: float) -> list[PartitionLag]:
        """The partitions on which it is still behind at the deadline; none as soon as there is none.

        A look has that ``patience`` at least.
        """
        while True:
            try:
                behind = self.behind(deadline.at_least(patience))
            except NeverLag:
                raise
            except (NoLag, NoEnd):
                if deadline.passed:
                    raise
            else:
                if not behind or deadline.passed:
                    return behind
            self._admin.pause(deadline.slice(_BETWEEN))

    def behind(self, deadline: Deadline) -> list[PartitionLag]:
        """The partitions on which it is behind now."""
        lag = self._offsets.lag(self._group, self._topic, deadline)
        self._goals = self._goals or {one.place: one.end for one in lag.partitions}
        there = [replace(one, end=self._goals[one.place]) for one in lag.partitions if one.place in self._goals]
        behind = [one for one in there if one.lag and self._counts(one) and not self._is_through(one, deadline)]
        self._before = {one.place: one.begin for one in behind}
        return behind

    def _counts(self, partition: PartitionLag) -> bool:
        return partition.committed is not None or self._concerns(partition.place, partition.end)

    def _is_through(self, partition: PartitionLag, deadline: Deadline) -> bool:
        """Whether no event is left for a group that came no further since the last look.

        What stands there otherwise is the end of a transaction, which has an offset that not every client commits.
        """
        place, begin = partition.place, partition.begin
        if self._before.get(place) == begin and self._nothing_there.get(place) != begin:
            left = any(self._source.read({place: (begin, partition.end)}, deadline))
            if not left and not deadline.passed:
                self._nothing_there[place] = begin
        return self._nothing_there.get(place) == begin
