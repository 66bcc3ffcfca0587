"""The embedded broker by the C functions of librdkafka, which confluent-kafka has in its wheel and does not offer.

They make topics with as many partitions as wanted, and let a group begin at once: see ADR 0041.
"""

from __future__ import annotations

import ctypes
import os
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import confluent_kafka as client
from confluent_kafka import cimpl

_MAJOR = 2
"""Of librdkafka. Its next one may declare these functions in another way, and nothing but a crash would tell."""
_PRODUCER = 0
_GROUPS_BEGIN = 200
"""Milliseconds in which the first members of a classic group join. By itself it is 3,000; with 0 the second of two
members that start together has to wait until the session of the first one is over."""
_HANDLE, _NUMBER, _TEXT, _NOTHING = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p, None
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "rd_kafka_conf_new": (_HANDLE, ()),
    "rd_kafka_conf_set_log_cb": (_NOTHING, (_HANDLE, _HANDLE)),
    "rd_kafka_new": (_HANDLE, (_NUMBER, _HANDLE, _TEXT, ctypes.c_size_t)),
    "rd_kafka_destroy": (_NOTHING, (_HANDLE,)),
    "rd_kafka_mock_cluster_new": (_HANDLE, (_HANDLE, _NUMBER)),
    "rd_kafka_mock_cluster_destroy": (_NOTHING, (_HANDLE,)),
    "rd_kafka_mock_cluster_bootstraps": (_TEXT, (_HANDLE,)),
    "rd_kafka_mock_group_initial_rebalance_delay_ms": (_NOTHING, (_HANDLE, ctypes.c_int32)),
    "rd_kafka_mock_topic_create": (_NUMBER, (_HANDLE, _TEXT, _NUMBER, _NUMBER)),
}
"""What each gives and takes."""
Functions = dict[str, Callable[..., Any]]


def shared_libraries(package: Path, extension: str, *, windows: bool) -> Iterator[str]:
    """Where librdkafka may be found: in what the client's own module has loaded, or, on Windows, beside it."""
    yield extension
    if windows:
        yield from sorted(str(path) for path in package.parent.glob("confluent_kafka.libs/librdkafka*.dll"))


def native_functions() -> Functions | None:
    """The functions by name; nothing where this build of the client does not have all of them."""
    if client.libversion()[1] >> 24 != _MAJOR:
        return None
    windows = os.name == "nt"
    for path in shared_libraries(Path(client.__file__).parent, cimpl.__file__, windows=windows):
        try:
            library = ctypes.CDLL(path)
            return {name: _declared(library, name, *types) for name, types in _FUNCTIONS.items()}
        except (OSError, AttributeError):  # no such file, or a library without them
            continue
    return None


def _declared(library: ctypes.CDLL, name: str, gives: Any, takes: tuple[Any, ...]) -> Callable[..., Any]:
    function = getattr(library, name)
    function.restype, function.argtypes = gives, takes
    return function  # type: ignore[no-any-return] # the compiler of C has the types


class NativeCluster:
    """A cluster of one broker. Its threads are librdkafka's own, and end with ``close``."""

    fewest = 1
    """Partitions of a topic."""

    def __init__(self, functions: Functions) -> None:
        self._functions = functions
        settings = functions["rd_kafka_conf_new"]()
        functions["rd_kafka_conf_set_log_cb"](settings, None)  # else it writes to stderr
        reason = ctypes.create_string_buffer(200)
        host = functions["rd_kafka_new"](_PRODUCER, settings, reason, len(reason))
        cluster = functions["rd_kafka_mock_cluster_new"](host, 1) if host else None
        self.bootstrap_servers = ""
        """Empty where it did not start."""
        if cluster:
            functions["rd_kafka_mock_group_initial_rebalance_delay_ms"](cluster, _GROUPS_BEGIN)
            self.bootstrap_servers = functions["rd_kafka_mock_cluster_bootstraps"](cluster).decode()
        self._cluster = cluster
        self._end = weakref.finalize(self, _end, functions, host, cluster)
        self._end.atexit = False  # the process ends it anyway, and clients may be open still

    def create(self, topic: str, partitions: int) -> int:
        """The client's number of the error, 0 for none."""
        if not self._end.alive:
            return int(client.KafkaError._DESTROY)
        return int(self._functions["rd_kafka_mock_topic_create"](self._cluster, topic.encode(), partitions, 1))

    def close(self) -> None:
        """End the broker."""
        self._end()


def _end(functions: Functions, host: Any, cluster: Any) -> None:
    if cluster:
        functions["rd_kafka_mock_cluster_destroy"](cluster)
    if host:
        functions["rd_kafka_destroy"](host)
