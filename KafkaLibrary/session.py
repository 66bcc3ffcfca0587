"""The open connections by alias, and the tests and suites under way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from KafkaLibrary.broker.settings.client_settings import Settings, misspelt_address
from KafkaLibrary.broker.settings.described_connection import Described
from KafkaLibrary.deadline import LATE, Deadline
from KafkaLibrary.errors import KafkaLibraryError, KeywordMisused, did_you_mean
from KafkaLibrary.guarding.guards import Guards
from KafkaLibrary.watching.marks import Scope, Start

if TYPE_CHECKING:
    from KafkaLibrary.answering.answers import Answers, Ended
    from KafkaLibrary.connection import Connection
    from KafkaLibrary.contracts.contract import Contract
    from KafkaLibrary.contracts.coverage.run_coverage import RunCoverage
    from KafkaLibrary.event import Event
    from KafkaLibrary.guarding.contract_guard import ContractGuard
    from KafkaLibrary.watching.across_topics.dead_letter_guard import Guard, Verdict

DEFAULT = "default"
_DELETES = 5.0
"""Seconds for the deletion of all temporary topics that end at once on one connection."""


class Period(NamedTuple):
    """A test or a suite under way."""

    kind: Literal["test", "suite"]
    started: datetime


@dataclass
class TemporaryTopic:
    """A topic to be deleted when the test or suite ends that made it; with depth 0, when its connection ends."""

    connection: Connection
    name: str
    depth: int


@dataclass
class Session:
    """All state of one library object."""

    described: Described
    connections: dict[str, Connection] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)
    """Those that were read, by alias."""
    _coverage: RunCoverage | None = None
    test_name: str = ""
    temporary: list[TemporaryTopic] = field(default_factory=list)
    _current: str = DEFAULT
    _before: list[str] = field(default_factory=list)
    """Aliases that were current, the latest last."""
    _watching: Connection | None = None
    _watches: str | None = None
    """The alias of the connection on which the topics given as ``watch=`` are watched."""
    _untold: list[str] = field(default_factory=list)
    """Warnings of connections that were closed."""
    _periods: list[Period] = field(default_factory=lambda: [Period("suite", datetime.now().astimezone())])
    _answers: Answers | None = None
    """What is answered while tests go on, where a test asks for it."""

    def __post_init__(self) -> None:
        self.guards = Guards(self.described.dead_letters, self.contracts, self.described.contract_guard)

    @property
    def guard(self) -> Guard | None:
        """What looks for dead letters, where the import asks for it."""
        return self.guards.dead_letters

    @property
    def contract_guard(self) -> ContractGuard | None:
        """What holds events against the contracts, where the import asks for it."""
        return self.guards.contracts

    # Connections

    @property
    def current(self) -> Connection:
        """The connection that keywords use; the one of the import is opened here at its first use."""
        if self._current not in self.connections:
            if self._current != DEFAULT or not self._opens_by_itself:
                raise KeywordMisused(
                    f"There is no connection to Kafka. {misspelt_address(self.described.options)}".rstrip() + "\n"
                    "Give bootstrap_servers= when the library is imported, or call 'Connect To Kafka'."
                )
            self._open_described(Start())
        connection = self.connections[self._current]
        connection.settings.renew_token()
        return connection

    @property
    def _opens_by_itself(self) -> bool:
        return bool(self.described.bootstrap_servers or self.described.config)

    def _open_described(self, start: Start) -> None:
        given = self.described
        settings = Settings.read(
            given.bootstrap_servers, given.config, given.options, given.schema_registry, given.token_source
        )
        connection = self._make(DEFAULT, settings, given.timeout, given.log_size)
        self.connections[DEFAULT] = connection
        self._watch(start, connection.deadline())

    def _watch(self, start: Start, deadline: Deadline | None = None) -> None:
        connection = self.connections[self._watches or DEFAULT]
        if self.described.watch:
            # That a topic of dead letters never appears is told, so it may not be made by watching it.
            connection.watch(self.described.watch, start, deadline, missing=self.described.dead_letters)
        self._watching = connection
        self.guards.begin(connection)

    def _make(self, alias: str, settings: Settings, timeout: float, log_size: int) -> Connection:
        from KafkaLibrary.connection import Connection  # noqa: PLC0415 - with the Kafka client, at first use

        scopes = [Scope(period.kind, period.started) for period in self._periods]
        connection = Connection(alias, settings, timeout, log_size, scopes)
        if self.guard is not None:
            connection.note_published = self.guard.note_published
        return connection

    def connect(self, alias: str, settings: Settings, timeout: float | None, log_size: int) -> Connection:
        """Open a connection, check that Kafka answers, and switch to it. An open one of that alias is closed."""
        connection = self._make(alias, settings, timeout or self.described.timeout, log_size)
        deadline = connection.deadline()
        try:
            connection.cluster(deadline)
        except BaseException:
            connection.close()
            raise
        # In its place before the old one is closed, which takes a while and may be interrupted.
        replaced = self.connections.pop(alias, None)
        self.connections[alias] = connection
        self._make_current(alias)
        if replaced is not None:
            self._close(replaced, deadline)
        self._watches = self._watches or (DEFAULT if self._opens_by_itself else alias)
        if alias == self._watches:
            self._watch(Start(), deadline)
        return connection

    def switch(self, alias: str) -> str:
        """Use another connection; gives the alias before."""
        self._check_is_there(alias)
        before = self._current
        self._make_current(alias)
        return before

    @contextmanager
    def using(self, alias: str) -> Iterator[None]:
        """Another connection is the current one for a while. The order in which connections were used stays."""
        self._check_is_there(alias)
        before, self._current = self._current, alias
        try:
            yield
        finally:
            self._current = before

    def _check_is_there(self, alias: str) -> None:
        if alias not in self.connections and not (alias == DEFAULT and self._opens_by_itself):
            known = ", ".join(f"'{name}'" for name in self.connections) or "none"
            raise KeywordMisused(
                f"There is no connection '{alias}'. {did_you_mean(alias, self.connections)}".rstrip()
                + f"\nThe open connections are: {known}."
            )

    def _make_current(self, alias: str) -> None:
        if alias != self._current:
            self._before = [*(one for one in self._before if one not in (alias, self._current)), self._current]
            self._current = alias

    def disconnect(self, alias: str | None) -> None:
        """Close a connection; without an alias the current one."""
        name = alias or self._current
        connection = self.connections.pop(name, None)
        if connection is None:
            if alias is None:
                return
            raise KeywordMisused(f"There is no connection '{alias}'. {did_you_mean(alias, self.connections)}".rstrip())
        if name == self._current:
            self._current = self._last_current()
        if connection is self._watching:
            self._watches = None
        self._close(connection, connection.deadline())

    def _last_current(self) -> str:
        """The connection that was used before and can be used still."""
        while self._before:
            alias = self._before.pop()
            if alias in self.connections or (alias == DEFAULT and self._opens_by_itself):
                return alias
        return next(reversed(self.connections), DEFAULT)

    def _close(self, connection: Connection, deadline: Deadline) -> None:
        try:
            if self._answers is not None:
                self._answers.close(connection)
            if connection is self._watching:
                self.guards.look(connection)
                self._watching = None
            own = [topic for topic in self.temporary if topic.connection is connection]
            self._untold += self._end_temporary(own, Deadline(min(_DELETES, max(LATE, deadline.remaining()))))
        finally:
            self.temporary = [topic for topic in self.temporary if topic.connection is not connection]
            connection.close()

    def disconnect_all(self) -> None:
        """Close all connections."""
        for alias in list(self.connections):
            self.disconnect(alias)
        self._before.clear()
        self._current = DEFAULT

    # Tests and suites

    def enter(self, kind: Literal["test", "suite"], name: str = "") -> list[str]:
        """A test or suite begins: marks are set anew. Gives warnings."""
        period = Period(kind, datetime.now().astimezone())
        self.guards.enter(kind, name, period.started)
        warnings = self._open_for_watching()
        self._periods.append(period)
        if self._answers is not None and kind == "test":
            self._answers.count_from_now()
        for connection in self.connections.values():
            reason = connection.enter(period.kind, period.started)
            if reason:
                warnings.append(
                    f"The topics of connection '{connection.alias}' could not be marked at the start of the {kind}: "
                    f"{reason}\nWaits in this {kind} begin at its start by the events' timestamps."
                )
        return warnings

    def _open_for_watching(self) -> list[str]:
        if not self.described.watch:
            return []
        alias = self._watches or DEFAULT
        try:
            if alias in self.connections:
                if self._watching is not self.connections[alias]:  # Kafka was away when it was opened
                    self._watch(Start("latest"))
            elif alias == DEFAULT and self._opens_by_itself:
                self._open_described(Start("latest"))
        except KafkaLibraryError as reason:
            self.guards.unwatched(str(reason))
            return [f"The topics given as watch= could not be watched: {reason}"]
        return []

    # Answers

    @property
    def answers(self) -> Answers:
        """What is answered while tests go on."""
        if self._answers is None:
            from KafkaLibrary.answering.answers import Answers  # noqa: PLC0415 - few tests ask for it

            self._answers = Answers()
        return self._answers

    @property
    def depth(self) -> int:
        """How many suites and tests are under way, one in the other."""
        return len(self._periods)

    @property
    def coverage(self) -> RunCoverage | None:
        """What the events of this run have shown of the contracts; nothing where none was read."""
        if self._coverage is None and self.contracts:
            from KafkaLibrary.contracts.coverage.run_coverage import RunCoverage  # noqa: PLC0415 - few runs have any

            self._coverage = RunCoverage(
                self.contracts, lambda event: self._answers is not None and event in self._answers
            )
            self._coverage.begin(self.test_name)
            self.guards.tell(self._coverage.judged)
        return self._coverage

    def end_answers(self) -> list[Ended]:
        """The innermost test or suite is about to end: so do its answerings. Gives what is to be told, once."""
        return [] if self._answers is None else self._answers.end_scope(self.depth)

    def check_is_guarded(self, event: Event) -> None:
        """Raises ``KeywordMisused`` where the event is of another cluster than the guarded topics."""
        if self._watching is not None:
            self._watching.check_cluster(event, Deadline(self._watching.timeout))

    def judge_dead_letters(self, *, hand_over: bool = False, keep: bool = False) -> Verdict | None:
        """What became of the events of the test or suite that ends now; nothing where no guard was asked for.

        ``hand_over`` says that a test may begin at once, ``keep`` that the letters are those of a later one, too.
        """
        self.guards.look(self._watching, hand_over=hand_over)
        return None if self.guard is None else self.guard.verdict(keep=keep)

    def look_before_loss(self, topic: Any) -> bool:
        """The topic or its events are about to be deleted. Gives whether its dead letters were looked at."""
        watching = self._watching
        if watching is None or not self.guards.guards(topic):
            return False
        if watching.settings.bootstrap_servers != self.current.settings.bootstrap_servers:
            return False
        self.guards.look(watching)
        return True

    def delete_topic(self, name: str, deadline: Deadline) -> None:
        """Delete a topic, and forget what was known of it."""
        looked_at = self.look_before_loss(name)
        self.current.delete_topic(name, deadline)
        self.guards.deleted(name, looked_at=looked_at)

    def never_watched(self) -> list[str]:
        """Warnings of guards that had nothing to look at; each once."""
        return self.guards.never_watched(self._watching)

    def guard_contract(self, contract: Contract) -> None:
        """A contract was read while a run is under way: its topics are watched from now on."""
        if self.contract_guard is None:
            return
        new = self.contract_guard.add(contract)
        self.described = replace(self.described, watch=tuple(dict.fromkeys([*self.described.watch, *new])))
        if self._watching is not None:
            self._watching.watch(new, Start(), self._watching.deadline())
            self.contract_guard.begin_with_more(self._watching.watcher.scope.marks)

    def leave(self) -> list[str]:
        """The innermost test or suite ends. Gives warnings."""
        warnings, self._untold = self._untold, []
        warnings += self._end_temporary([topic for topic in self.temporary if topic.depth >= len(self._periods)])
        if len(self._periods) > 1:
            self._periods.pop()
        self.guards.leave()
        warnings.extend(filter(None, (connection.leave() for connection in self.connections.values())))
        return warnings

    def restart_test(self, name: str = "") -> list[str]:
        """A test begins that nobody announced, as in plain Python; it ends the one before."""
        warnings = self.leave() if self.in_test else []
        return warnings + self.enter("test", name)

    @property
    def in_test(self) -> bool:
        """Whether a test is under way that was announced."""
        return self._periods[-1].kind == "test"

    def keep_temporary(self, connection: Connection, name: str) -> None:
        """Remember a topic that ends with the test or suite under way."""
        self.temporary.append(TemporaryTopic(connection, name, len(self._periods)))

    def drop_temporary(self, name: str) -> None:
        """That topic was not made after all."""
        self.temporary = [topic for topic in self.temporary if topic.name != name]

    def _end_temporary(self, ending: Sequence[TemporaryTopic], deadline: Deadline | None = None) -> list[str]:
        warnings = []
        for connection in {id(topic.connection): topic.connection for topic in ending}.values():
            own = [topic for topic in ending if topic.connection is connection]
            names = [topic.name for topic in own]
            for topic in own:
                connection.watcher.drop(topic.name)
                topic.depth = 0  # where this fails or is interrupted, it is tried again when the connection ends
            try:
                within = deadline or connection.asking(_DELETES)
                connection.topics.delete(names, within, missing_ok=True)
            except KafkaLibraryError as reason:
                shown = ", ".join(f"'{name}'" for name in names)
                warnings.append(f"The temporary topic{'s' * (len(names) > 1)} {shown} could not be deleted: {reason}")
            else:
                self.temporary = [topic for topic in self.temporary if topic not in own]
        return warnings
