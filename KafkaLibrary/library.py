"""The Robot library: what the import takes, the keyword classes, the listener. Wiring only."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

from robot.api import logger
from robot.running.context import EXECUTION_CONTEXTS
from robotlibcore import DynamicCore

from KafkaLibrary.keywords.calls import arguments, since_and_timeout, token_sources
from KafkaLibrary.keywords.connections import Connections
from KafkaLibrary.keywords.dead_letters import DeadLetters
from KafkaLibrary.keywords.event_checks import EventChecks
from KafkaLibrary.keywords.evidence import Evidence
from KafkaLibrary.keywords.formats import Formats
from KafkaLibrary.keywords.groups import Groups
from KafkaLibrary.keywords.introduction import INTRODUCTION
from KafkaLibrary.keywords.publishing import Publishing
from KafkaLibrary.keywords.sequence_checks import SequenceChecks
from KafkaLibrary.keywords.topics import Topics
from KafkaLibrary.keywords.waiting import Waiting
from KafkaLibrary.secrets.client_properties import Properties, concealed
from KafkaLibrary.session import LOG_SIZE, Described, Session
from KafkaLibrary.version import __version__

if TYPE_CHECKING:

    class _Checks(EventChecks, SequenceChecks): ...

    class _Keywords(_Checks, Connections, DeadLetters, Evidence, Formats, Groups, Publishing, Topics, Waiting):
        """The keywords as methods, for type checkers and editors; they are found by name when the library runs."""

else:
    _Keywords = object


class Listener:
    """Tells the session when tests and suites begin and end."""

    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self, session: Session) -> None:
        self._session = session

    def start_suite(self, _data: Any, _result: Any) -> None:
        self._tell(lambda: self._session.enter("suite"))

    def end_suite(self, _data: Any, _result: Any) -> None:
        self._tell(self._session.leave)

    def start_test(self, _data: Any, _result: Any) -> None:
        self._tell(lambda: self._session.enter("test"))

    def end_test(self, _data: Any, _result: Any) -> None:
        self._tell(self._session.leave)

    @staticmethod
    def _tell(happens: Any) -> None:
        context = EXECUTION_CONTEXTS.current
        if context is not None and context.dry_run:
            return
        for warning in happens():
            logger.warn(warning)


class KafkaLibrary(DynamicCore, _Keywords):
    __doc__ = INTRODUCTION

    ROBOT_LIBRARY_SCOPE = "GLOBAL"
    ROBOT_LIBRARY_VERSION = __version__
    ROBOT_LIBRARY_DOC_FORMAT = "ROBOT"

    def __init__(
        self,
        bootstrap_servers: Any = None,
        watch: Any = None,
        timeout: Any = "10 s",
        schema_registry: Any = None,
        config: Any = None,
        log_size: Any = None,
        token_source: Any = None,
        doubts: Any = "warn",
        **options: Any,
    ) -> None:
        """The connection ``default`` is described here and opened at its first use.

        | =Argument= | =Meaning= |
        | ``bootstrap_servers`` | ``HOST:PORT``, several with commas between, or ``embedded`` for the embedded broker |
        | ``watch`` | topics that are marked anew at the start of each test, see `Topics` |
        | ``timeout`` | how long keywords wait unless told otherwise |
        | ``schema_registry`` | URL of the schema registry, or a dictionary with ``url`` and more of its properties |
        | ``config`` | path of a properties file with client properties, one ``name=value`` a line |
        | ``log_size`` | bytes of recent events kept in memory, 64 MB; what falls out is read from Kafka again |
        | ``token_source`` | gives tokens for ``sasl.mechanism=OAUTHBEARER``: a keyword's name, or ``module.function`` |
        | ``doubts`` | ``warn`` or ``fail``: what a keyword does that passed, and perhaps for a slip, see `Doubts` |
        | ``options`` | client properties by their own names, such as ``security.protocol=SASL_SSL`` |

        Where no address is given here, the topics in ``watch`` are those of the first connection that
        `Connect To Kafka` opens. The embedded broker belongs to one import: with other arguments it is another one.
        Where Kafka is away, the start of each test tries to mark the topics again, for two seconds.
        """
        options, schema_registry = Properties(options), concealed(schema_registry)
        described = Described(
            bootstrap_servers=bootstrap_servers,
            config=None if config is None else str(config),
            options=options,
            timeout=since_and_timeout.seconds(timeout),
            log_size=arguments.number_if_given(log_size, "log_size", 1) or LOG_SIZE,
            watch=_watched(watch),
            schema_registry=schema_registry,
            token_source=token_sources.token_source(token_source),
            doubts_fail=arguments.one_of(doubts, "doubts", ("warn", "fail")) == "fail",
        )
        session = Session(described)
        self._session = session
        self.ROBOT_LIBRARY_LISTENER = Listener(session)
        weakref.finalize(self, session.disconnect_all)
        steps = (Publishing, Waiting, EventChecks, SequenceChecks, DeadLetters)
        around = (Connections, Topics, Groups, Formats, Evidence)
        DynamicCore.__init__(self, [component(session) for component in (*steps, *around)])

    def start_test(self) -> None:
        """In plain Python a test begins: waits look from here on, and what the test before left open is ended."""
        for warning in self._session.restart_test():
            logger.warn(warning)


def _watched(watch: Any) -> tuple[str, ...]:
    if watch is None or watch == "":
        return ()
    return arguments.topics(watch if isinstance(watch, str) else list(watch))
