"""The wait until a consumer group has committed past an event, and what was seen of the group meanwhile."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.groups.committed_offsets import CommittedOffsets, check_group
from KafkaLibrary.broker.groups.consumer_groups import SHARE_GROUP, Groups
from KafkaLibrary.deadline import Deadline, answered_late, in_words
from KafkaLibrary.errors import ExpectationFailed, KafkaLibraryError, KafkaUnusable
from KafkaLibrary.event import Event
from KafkaLibrary.watching.event_source import Source, stands

_BETWEEN = 0.03
"""Seconds from one look at the commits to the next: 33 requests a second, and 15 ms too late on average."""
_KIND = 1.0
"""Seconds from one look at the kind of a group that has committed nothing to the next."""
_LAST_LOOK = 1.0
_SHOWN = 5
_MADE_AGAIN = (
    "The event {} can't be consumed: its topic was deleted and recreated.\n"
    "It was in the earlier topic of that name; what groups commit now is for other events."
)


@dataclass(slots=True)
class Progress:
    """The committed offsets that were seen, and when: seconds since the wait began."""

    first: int | None = None
    last: int | None = None
    changes: list[tuple[float, int | None]] = field(default_factory=list)
    looks: int = 0

    def saw(self, offset: int | None, seconds: float) -> None:
        if not self.looks:
            self.first = offset
        elif offset != self.last:
            self.changes.append((seconds, offset))
        self.last = offset
        self.looks += 1

    def told(self, wanted: int, place: str, seconds: float) -> str:
        """What a failure says of it after that many seconds."""
        if not self.changes:
            if self.last is None:
                return f"It has committed nothing on {place}."
            return f"Its committed offset stayed at {self.last}; {wanted} or more was expected."
        said = "nothing" if self.first is None else str(self.first)
        times = "once" if len(self.changes) == 1 else f"{len(self.changes)} times"
        shown = ", ".join(
            f"{'nothing' if offset is None else offset} at +{at:.2f} s" for at, offset in self.changes[-_SHOWN:]
        )
        more = "the last of them " if len(self.changes) > _SHOWN else ""
        ago = f"{seconds - self.changes[-1][0]:.2f} seconds ago"
        return (
            f"Its committed offset changed {times}, from {said} to {more}{shown}, {ago}; {wanted} or more was expected."
        )


class Consumption:
    """Whether the groups of one cluster have taken events."""

    def __init__(self, admin: Admin, source: Source, commits: CommittedOffsets, groups: Groups) -> None:
        self._admin = admin
        self._source = source
        self._commits = commits
        self._groups = groups

    def wait_until_consumed(self, event: Event, group: str, deadline: Deadline) -> int:
        """Wait until the group's committed offset is behind the event; gives that offset."""
        check_group(group)
        place = (event.topic, event.partition)
        progress, asked_of_kind = Progress(), None
        topic_id = self._same_topic(event, event.topic_id, deadline.at_least(_LAST_LOOK))
        # The embedded broker tells no ids, and there no topic is made again.
        known = bool(event.topic_id) or not topic_id or self._is_found(event, deadline)
        while True:
            began = time.monotonic()
            offset = self._commits.read(group, [place], deadline.at_least(_LAST_LOOK))[place]
            progress.saw(offset, deadline.elapsed())
            beyond = offset is not None and offset > event.offset
            if offset is not None and beyond and self._is_of_this_topic(event, topic_id, offset, deadline):
                if not known:
                    self._is_found(event, deadline)
                return offset
            if offset is None and (asked_of_kind is None or asked_of_kind.passed):
                asked_of_kind = Deadline(_KIND)
                self._can_commit(event, group, deadline)
            if deadline.passed:
                self._same_topic(event, topic_id, deadline.at_least(_LAST_LOOK))
                raise ExpectationFailed(self._not_consumed(event, group, progress, deadline))
            self._admin.pause(deadline.slice(max(0.0, began + _BETWEEN - time.monotonic())))

    def _can_commit(self, event: Event, group: str, deadline: Deadline) -> None:
        """Fails where the group is one that never commits."""
        if self._groups.is_share_group(group, deadline.beside(_LAST_LOOK)):
            raise ExpectationFailed(f"Whether the group '{group}' has taken {event.place} is unknown.\n{SHARE_GROUP}")

    def _same_topic(self, event: Event, topic_id: str | None, deadline: Deadline) -> str | None:
        """The id of the topic. Fails where it is not the one that the event is in."""
        facts = self._source.describe([event.topic], deadline)[event.topic]
        again = Deadline(min(deadline.remaining(), _LAST_LOOK))
        while facts is None and not again.passed:  # a broker that started just now does not know of all topics
            self._admin.pause(again.slice(_BETWEEN))
            try:
                facts = self._source.describe([event.topic], deadline)[event.topic]
            except KafkaUnusable:  # there was no time left for an answer; the one before stands
                break
        if facts is None:
            raise ExpectationFailed(
                f"The event {event.place} can't be consumed: its topic was deleted.\n"
                "Its events are gone, and so are the offsets that groups had committed."
            )
        is_another = topic_id and facts.id and facts.id != topic_id
        if is_another and not stands(self._source, event, deadline.at_least(_LAST_LOOK)):
            raise ExpectationFailed(_MADE_AGAIN.format(event.place))
        return facts.id or topic_id

    def _is_found(self, event: Event, deadline: Deadline) -> bool:
        """Whether the event stands at its place. Fails where another one does.

        For an event of whose topic nobody knows the id: it was not watched when the event was published, or made
        again before that.
        """
        patience = deadline.at_least(_LAST_LOOK)
        found = stands(self._source, event, patience)
        if found is False:
            self._end_behind(event, patience)
            raise ExpectationFailed(_MADE_AGAIN.format(event.place))
        return bool(found)

    def _is_of_this_topic(self, event: Event, topic_id: str | None, offset: int, deadline: Deadline) -> bool:
        """Whether that commit is about the topic that there is now; one of a former topic may be beyond its end."""
        patience = deadline.at_least(_LAST_LOOK)
        self._same_topic(event, topic_id, patience)
        end = self._end_behind(event, patience)
        return end is not None and offset <= end

    def _end_behind(self, event: Event, deadline: Deadline) -> int | None:
        """Where the partition ends, nothing where nobody tells. Fails where that is before the event."""
        end = self._end(event, deadline, committed=False)
        if end is not None and end <= event.offset:
            raise ExpectationFailed(
                f"The event {event.place} is not there: the partition ends before offset {end}.\n"
                "The topic was recreated since the event was published, or events were lost."
            )
        return end

    def _end(self, event: Event, deadline: Deadline, *, committed: bool) -> int | None:
        place = (event.topic, event.partition)
        end = self._source.ends([place], deadline, committed=committed).get(place, -1)
        return end if end >= 0 else None  # a leader that went away answers with less than nothing

    def _not_consumed(self, event: Event, group: str, progress: Progress, deadline: Deadline) -> str:
        where = f"{event.topic}[{event.partition}]"
        lines = [
            f"The group '{group}' did not commit past {event.place} within {in_words(deadline.seconds)}.",
            progress.told(event.offset + 1, where, deadline.elapsed()),
        ]
        try:
            lines.append(self._about_the_end(event, progress.last, where, deadline))
            if self._commits.are_pending(group, [(event.topic, event.partition)]):
                lines.append("It has offsets in a transaction that is still open; they count once it commits.")
            lines.append(self._groups.about(group, (event.topic, event.partition), deadline.beside(_LAST_LOOK)))
        except KafkaLibraryError as reason:
            lines.append(f"More is unknown: {str(reason).splitlines()[0]}")
        lines.append(answered_late(deadline))
        return "\n".join(filter(None, lines))

    def _about_the_end(self, event: Event, committed: int | None, where: str, deadline: Deadline) -> str:
        readable: Any = self._end(event, deadline.beside(_LAST_LOOK), committed=True)
        end: Any = self._end(event, deadline.beside(_LAST_LOOK), committed=False)
        if readable is None or end is None:
            return f"The end of {where} could not be read."
        if end <= event.offset:
            return f"The event is not there: {where} ends before offset {end}. The topic was recreated, or emptied."
        if committed is not None and committed > end:
            return f"That is beyond the end of {where}, {end}: it is from an earlier topic of that name."
        if readable <= event.offset:
            return "The event is in an open transaction, or after one: a group can't read it yet."
        if committed is None:
            return ""
        return f"It is {end - committed} behind the end of {where}, {end}."
