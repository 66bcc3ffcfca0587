"""The guards of a run: they look at their topics when a test ends, all with one round trip."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from KafkaLibrary.deadline import LATE
from KafkaLibrary.errors import KafkaLibraryError

if TYPE_CHECKING:
    from KafkaLibrary.connection import Connection
    from KafkaLibrary.contracts.checking.verdicts import Verdict
    from KafkaLibrary.contracts.contract import Contract
    from KafkaLibrary.guarding.contract_guard import ContractGuard
    from KafkaLibrary.watching.across_topics.dead_letter_guard import Guard
    from KafkaLibrary.watching.across_topics.topic_guard import TopicGuard


class Guards:
    """Those that the import asks for: of dead letters, and of what contracts describe."""

    def __init__(self, dead_letters: tuple[str, ...], contracts: Mapping[str, Contract], guards_contracts: str) -> None:
        """``guards_contracts`` is ``fail``, ``warn`` or empty."""
        self.dead_letters: Guard | None = None
        self.contracts: ContractGuard | None = None
        if dead_letters:
            from KafkaLibrary.watching.across_topics.dead_letter_guard import Guard  # noqa: PLC0415 - few imports ask for it

            self.dead_letters = Guard(dead_letters)
        if guards_contracts:
            from KafkaLibrary.guarding.contract_guard import ContractGuard  # noqa: PLC0415

            self.contracts = ContractGuard(contracts, fails=guards_contracts == "fail")

    @property
    def all(self) -> list[TopicGuard]:
        return [one for one in (self.dead_letters, self.contracts) if one is not None]

    def begin(self, connection: Connection) -> None:
        """The topics are watched on this connection."""
        if not self.all:
            return
        cluster = "" if connection.embedded else connection.settings.bootstrap_servers
        for guard in self.all:
            guard.begin(connection.watcher.scope.marks, cluster)

    def enter(self, kind: Literal["test", "suite"], name: str, started: datetime) -> None:
        """A test or suite begins."""
        if self.dead_letters is not None:
            self.dead_letters.enter(kind, name)
        if self.contracts is not None:
            self.contracts.enter(kind, started)

    def leave(self) -> None:
        """It ended."""
        if self.dead_letters is not None:
            self.dead_letters.leave()
        if self.contracts is not None:
            self.contracts.leave()

    def tell(self, note: Callable[[Verdict], None]) -> None:
        """From now on ``note`` is told each verdict on an event of a contract."""
        if self.contracts is not None:
            self.contracts.told = note

    def unwatched(self, reason: str) -> None:
        """Why the topics could not be watched."""
        for guard in self.all:
            guard.problem = reason

    def guards(self, topic: object) -> bool:
        """Whether any of them looks at that topic."""
        return isinstance(topic, str) and any(one.guards(topic) for one in self.all)

    def look(self, watching: Connection | None, *, hand_over: bool = False) -> None:
        """Judge what is there now."""
        if self.all and watching is not None:
            from KafkaLibrary.watching.across_topics.topic_guard import look_at_all  # noqa: PLC0415

            look_at_all(self.all, watching.watcher, watching.event, watching.timeout, hand_over=hand_over)

    def deleted(self, topic: str, *, looked_at: bool) -> None:
        """A topic was deleted here."""
        for guard in self.all:
            guard.deleted(topic, looked_at=looked_at)

    def never_watched(self, watching: Connection | None) -> list[str]:
        """Warnings where nothing was guarded, or topics that were never there while others may be meant; each once."""
        told = []
        if self.contracts is not None and self.contracts.is_idle():
            told.append("contract_guard= is set, but no event was judged: no connection to Kafka was opened.")
        guard = self.dead_letters
        if guard is None:
            return told
        if guard.is_idle():
            told.append("dead_letters= is set, but no dead letter was searched: no connection to Kafka was opened.")
        elif watching is not None and guard.never_there:
            try:
                names = watching.admin.topic_names(watching.asking(LATE))
                told += guard.never_met(names, hides=watching.settings.uses_login or watching.settings.has_certificate)
            except KafkaLibraryError:
                return told  # it is told elsewhere that Kafka is away
        return told
