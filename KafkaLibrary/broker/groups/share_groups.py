"""Which groups are share groups, told from Kafka's own topic of their states.

Kafka tells that to newer clients than ours alone. In its own topic of their states each record's key names a group.
"""

from __future__ import annotations

import struct
from contextlib import suppress

from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.watching.event_source import Source

_STATES = "__share_group_state"
_NAMED = struct.Struct(">hh")
"""What begins a key: its kind, and the length of the group's id behind."""


def is_share_group(group: str, admin: Admin, source: Source, deadline: Deadline) -> bool:
    """Whether there is a share group of that id for certain. Without the right to read that topic nobody knows."""
    with suppress(KafkaUnusable):
        facts = admin.describe([_STATES], deadline)[_STATES]
        places = [(_STATES, number) for number in facts.partitions] if facts else []
        begins, ends = source.beginnings(places, deadline), source.ends(places, deadline)
        ranges = {place: (begins[place], ends[place]) for place in places if place in begins and place in ends}
        for records in source.read(ranges, deadline):
            if any(_names(record.key(), group.encode()) for record in records):
                return True
    return False


def _names(key: bytes | None, group: bytes) -> bool:
    return key is not None and key[2 : _NAMED.size + len(group)] == struct.pack(">h", len(group)) + group
