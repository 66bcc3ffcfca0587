"""The Robot library: what the import takes, the keyword classes, the listener. Wiring only."""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from robot.api import logger
from robot.api.deco import library
from robot.libraries.BuiltIn import BuiltIn
from robot.running.context import EXECUTION_CONTEXTS

from KafkaLibrary.broker.settings.described_connection import LOG_SIZE, Described
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused, frames_hidden
from KafkaLibrary.keywords.calls import arguments, covering, since_and_timeout, token_sources
from KafkaLibrary.keywords.calls.signatures import argument_types
from KafkaLibrary.keywords.calls.signatures.argument_listener import ArgumentListener
from KafkaLibrary.keywords.calls.signatures.described_keywords import TAKEN_AS_GIVEN, DescribedKeywords
from KafkaLibrary.keywords.calls.signatures.python_calls import answered
from KafkaLibrary.keywords.checks.event_checks import EventChecks
from KafkaLibrary.keywords.checks.sequence_checks import SequenceChecks
from KafkaLibrary.keywords.connections import Connections
from KafkaLibrary.keywords.contracts.answers import Answers
from KafkaLibrary.keywords.contracts.checking import ContractChecks
from KafkaLibrary.keywords.contracts.coverage import ContractCoverage
from KafkaLibrary.keywords.contracts.coverage_listener import CoverageListener
from KafkaLibrary.keywords.contracts.examples import ContractExamples
from KafkaLibrary.keywords.contracts.made_events import MadeEvents
from KafkaLibrary.keywords.dead_letters import DeadLetters
from KafkaLibrary.keywords.evidence import Evidence
from KafkaLibrary.keywords.formats import Formats
from KafkaLibrary.keywords.groups import Groups
from KafkaLibrary.keywords.hostile_events import HostileEvents
from KafkaLibrary.keywords.introduction import INTRODUCTION
from KafkaLibrary.keywords.publishing import Publishing
from KafkaLibrary.keywords.row_changes import RowChanges
from KafkaLibrary.keywords.topics import Topics
from KafkaLibrary.keywords.waiting import Waiting
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note
from KafkaLibrary.secrets.client_properties import Properties, concealed
from KafkaLibrary.session import Session
from KafkaLibrary.version import __version__

if TYPE_CHECKING:
    from KafkaLibrary import dead_letters as letters
    from KafkaLibrary.keywords.calls import events_of_test
    from KafkaLibrary.keywords.contracts import given_contracts
    from KafkaLibrary.reporting.waits import answered_questions, unexpected_dead_letters, wrong_events

    class _Checks(EventChecks, SequenceChecks, ContractChecks, ContractCoverage): ...

    class _Publishing(Publishing, HostileEvents, Answers, ContractExamples, MadeEvents): ...

    class _Waiting(Waiting, RowChanges): ...

    class _Keywords(_Checks, _Publishing, _Waiting, Connections, DeadLetters, Evidence, Formats, Groups, Topics):
        """The keywords as methods, for type checkers and editors; they are found by name when the library runs."""

else:
    events_of_test = LazyModule("KafkaLibrary.keywords.calls.events_of_test")
    letters = LazyModule("KafkaLibrary.dead_letters")
    given_contracts = LazyModule("KafkaLibrary.keywords.contracts.given_contracts")
    answered_questions = LazyModule("KafkaLibrary.reporting.waits.answered_questions")
    wrong_events = LazyModule("KafkaLibrary.reporting.waits.wrong_events")
    unexpected_dead_letters = LazyModule("KafkaLibrary.reporting.waits.unexpected_dead_letters")
    _Keywords = object


_NOT_JUDGED = "Whether an unexpected dead letter came is unknown: the search failed."

_NOT_ALL_ANSWERED = "Whether all questions were answered is unknown: ending the answers of this test failed."


class Listener:
    """Tells the session when tests and suites begin and end."""

    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self, session: Session) -> None:
        self._session = session

    def start_suite(self, data: Any, _result: Any) -> None:
        self._tell(lambda: self._session.enter("suite", data.name))

    def end_suite(self, data: Any, _result: Any) -> None:
        self._tell(lambda: self._end_suite(is_last=data.parent is None))

    def start_test(self, data: Any, _result: Any) -> None:
        self._tell(lambda: self._session.enter("test", data.name))

    def end_test(self, _data: Any, result: Any) -> None:
        self._tell(lambda: self._end_test(result))

    def _end_test(self, result: Any) -> list[str]:
        told: list[str] = []
        try:
            try:
                told += self._end_answers(result)
            finally:
                told += self._judge(result)
                told += self._judge_contracts(result)
            if self._session.described.logs_failures:
                events_of_test.log_where_it_failed(self._session, result)
        finally:
            told += self._session.leave()
        return told

    def _end_answers(self, result: Any) -> list[str]:
        """The test fails for questions that were not answered."""
        failure = _NOT_ALL_ANSWERED
        warnings: list[str] = []
        try:
            failure, warnings = _told_of_answers(self._session)
        finally:
            if failure:
                self._add_error(result, failure)
        return [*warnings, *([failure] if failure and result.status == "SKIP" else [])]

    def _judge(self, result: Any) -> list[str]:
        """The test fails for dead letters. One that was skipped can't: they are those of the next one, too."""
        is_skipped = result.status == "SKIP"
        failure = _NOT_JUDGED
        warnings: list[str] = []
        try:
            verdict = self._session.judge_dead_letters(hand_over=True, keep=is_skipped)
            if verdict is not None and self._runs_side_by_side:
                verdict, warnings = unexpected_dead_letters.without_those_of_others(verdict)
            already = result.message if result.status == "FAIL" else ""
            failure = "" if verdict is None else unexpected_dead_letters.failure(verdict, already)
        finally:
            if failure:
                self._add_error(result, failure)
        return [*warnings, *([failure] if failure and is_skipped else [])]

    def _judge_contracts(self, result: Any) -> list[str]:
        """The same for events that are not what their contract describes. They were read when dead letters were."""
        guard, is_skipped = self._session.contract_guard, result.status == "SKIP"
        if guard is None:
            return []
        failure, warning = wrong_events.NOT_JUDGED, ""
        try:
            found = guard.verdict(keep=is_skipped)
            already = result.message if result.status == "FAIL" else ""
            failure = wrong_events.failure(found, already, side_by_side=self._runs_side_by_side)
            warning = wrong_events.warning(found)
        finally:
            if failure and guard.fails:
                self._add_error(result, failure)
        is_warned = is_skipped or not guard.fails
        return [one for one in (warning, failure if is_warned else "") if one]

    @cached_property
    def _runs_side_by_side(self) -> bool:
        """Asked once: where a variable is missing, Robot searches all that there are for names like it."""
        return _runs_side_by_side()

    @staticmethod
    def _add_error(result: Any, error: str) -> None:
        """The test fails, unless it was skipped, and is told this behind what it says already."""
        result.message = "\n\n".join(filter(None, [result.message, error]))
        if result.status != "SKIP":
            result.status = "FAIL"

    def _end_suite(self, *, is_last: bool) -> list[str]:
        """No test of this suite can fail any more for what is found here: it warns, and a later test fails."""
        told: list[str] = []
        try:
            failure, warnings = _told_of_answers(self._session)
            told += [*([failure] if failure else []), *warnings]
            verdict = self._session.judge_dead_letters(keep=not is_last)
            failure = "" if verdict is None else unexpected_dead_letters.failure(verdict)
            told += [failure] if failure else []
            guard = self._session.contract_guard
            if guard is not None:
                found = guard.verdict(keep=not is_last)
                failure = wrong_events.failure(found, side_by_side=self._runs_side_by_side)
                told += filter(None, [failure, wrong_events.warning(found)])
            told += self._session.never_watched()
        finally:
            told += self._session.leave()
        return told

    @staticmethod
    def _tell(happens: Any) -> None:
        context = EXECUTION_CONTEXTS.current
        if context is not None and context.dry_run:
            return
        for warning in happens():
            logger.warn(warning)


def _told_of_answers(session: Session) -> tuple[str, list[str]]:
    """Answers that the test or suite began end with it. Gives why it fails, or nothing, and warnings."""
    ended = session.end_answers()
    if not ended:
        return "", []
    for one in ended:
        if one.rule.ended:
            note("{}", answered_questions.summary(one.rule))
    return answered_questions.failure(ended), answered_questions.warnings(ended)


def _runs_side_by_side() -> bool:
    """Whether tests of other processes may be under way: those of pabot have a number."""
    running = EXECUTION_CONTEXTS.current is not None
    return running and BuiltIn().get_variable_value("${PABOTQUEUEINDEX}") is not None


@library(converters=TAKEN_AS_GIVEN)
class KafkaLibrary(DescribedKeywords, _Keywords):
    __doc__ = INTRODUCTION

    ROBOT_LIBRARY_SCOPE = "GLOBAL"
    ROBOT_LIBRARY_VERSION = __version__
    ROBOT_LIBRARY_DOC_FORMAT = "ROBOT"

    @argument_types.typed
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
        dead_letters: Any = None,
        dead_letter_conventions: Any = None,
        contract: Any = None,
        contract_guard: Any = None,
        log_events: Any = "off",
        **options: Any,
    ) -> None:
        """The connection ``default`` is described here and opened at its first use.

        | =Argument= | =Meaning= |
        | ``bootstrap_servers`` | ``HOST:PORT``, several with commas between, or ``embedded`` for the embedded broker |
        | ``watch`` | topics that are marked again at the start of each test, see `Topics`, `The embedded broker` |
        | ``timeout`` | the default timeout of keywords |
        | ``schema_registry`` | URL of the schema registry, or a dictionary with ``url`` and more of its properties |
        | ``config`` | path of a properties file with client properties, one ``name=value`` a line |
        | ``log_size`` | bytes of recent events kept in memory, 64 MB; older ones are read from Kafka again |
        | ``token_source`` | tokens for ``sasl.mechanism=OAUTHBEARER``: a keyword's name, or ``module.function`` |
        | ``doubts`` | ``warn`` or ``fail``: what to do if a keyword may have passed by mistake, see `Doubts` |
        | ``dead_letters`` | topics of dead letters, or ``auto``: unexpected ones fail, see `Expect Dead Letters` |
        | ``dead_letter_conventions`` | how your framework marks dead letters, a dictionary or JSON file; see below |
        | ``contract`` | path of an AsyncAPI document, or a list of them, see `Event Should Match Contract` |
        | ``contract_guard`` | ``FAIL`` or ``WARN``: for events that are not what it describes, see `Load Contract` |
        | ``log_events`` | ``off``, or ``on failure``: a test that failed logs its events, see `Log Events Of Test` |
        | ``options`` | client properties by their own names, such as ``security.protocol=SASL_SSL`` |

        ``dead_letter_conventions`` has the name of each framework, and the headers about a death:
        | {"ours": {"topic": "x-died-on", "partition": "x-died-in", "offset": "x-died-at=long", "letters_on": "*.dead"}}
        ``topic`` is required, and ``partition`` and ``offset`` locate the event; without them its letter is found with
        ``by=key`` or ``by=value``. Optional are ``timestamp``, ``attempts``, ``group``, ``error``, ``cause``,
        ``message`` and ``stack_trace``. Numbers are ``decimal``, or ``int``, ``long`` or ``bigint`` in bytes.
        ``letters_on`` is how topics of letters are named, ``newest`` whether the ``first`` or the ``last`` of a
        repeated header is the newest, ``others`` lists further headers.

        If no address is given here, the topics in ``watch`` belong to the first connection that `Connect To Kafka`
        opens. The embedded broker belongs to one import: an import with other arguments starts another one. If Kafka
        is unreachable, the start of each test tries to mark the topics again, for two seconds.
        """
        options, schema_registry = Properties(options), concealed(schema_registry)
        if dead_letter_conventions:
            letters.add_conventions(_content(dead_letter_conventions))
        guarded = _guarded(dead_letters)
        contracts, warnings = ({}, []) if contract in (None, "") else given_contracts.read_all(contract)
        guards_contract = arguments.one_of(contract_guard or "off", "contract_guard", ("fail", "warn", "off"))
        of_contract = () if guards_contract == "off" else given_contracts.topics_of(contracts)
        described = Described(
            bootstrap_servers=bootstrap_servers,
            config=None if config is None else arguments.found_path(config),
            options=options,
            timeout=since_and_timeout.patience(timeout),
            log_size=arguments.number_if_given(log_size, "log_size", 1) or LOG_SIZE,
            watch=tuple(dict.fromkeys([*_watched(watch), *guarded, *of_contract])),
            dead_letters=guarded,
            contract_guard=guards_contract.removesuffix("off"),
            schema_registry=schema_registry,
            token_source=token_sources.token_source(token_source),
            logs_failures=arguments.one_of(log_events or "off", "log_events", ("off", "on failure")) == "on failure",
            doubts_fail=arguments.one_of(doubts, "doubts", ("warn", "fail")) == "fail",
        )
        session = Session(described, contracts=contracts)
        self._session = session
        self.ROBOT_LIBRARY_LISTENER = [Listener(session), ArgumentListener(self), CoverageListener(session)]
        weakref.finalize(self, session.disconnect_all)
        asking = (Waiting, RowChanges, EventChecks, SequenceChecks, ContractChecks, ContractCoverage, DeadLetters)
        doing = (Publishing, HostileEvents, Answers, ContractExamples, MadeEvents)
        around = (Connections, Topics, Groups, Formats, Evidence)
        DescribedKeywords.__init__(self, [component(session) for component in (*doing, *asking, *around)])
        # What Robot calls stays as it is: these are for Python.
        attributes: dict[str, Any] = vars(self)["attributes"]
        attributes.update({name: frames_hidden(answered(method)) for name, method in attributes.items()})
        for warning in warnings:
            logger.warn(warning)

    @frames_hidden
    def start_test(self, name: str = "") -> None:
        """In plain Python a test begins: waits look from here on, and what the test before left open is ended.

        Where dead letters are guarded, and `end_test` was not called, it raises what that would have raised.
        """
        failures = self._failures_of_test() if self._session.in_test else []
        for warning in self._session.restart_test(name):
            logger.warn(warning)
        covering.begin_test(self._session, name)
        if failures:
            raise ExpectationFailed("\n\n".join(failures))

    @frames_hidden
    def end_test(self) -> None:
        """In plain Python a test ends. Raises ``AssertionError`` for what guards found, and questions unanswered."""
        failures = self._failures_of_test()
        for warning in self._session.leave() if self._session.in_test else ():
            logger.warn(warning)
        if failures:
            raise ExpectationFailed("\n\n".join(failures))

    def _failures_of_test(self) -> list[str]:
        answers, warnings = _told_of_answers(self._session)
        for warning in warnings:
            logger.warn(warning)
        return [one for one in (answers, self._unexpected()) if one]

    def _unexpected(self) -> str:
        """What the guards found: why the test fails."""
        verdict, guard = self._session.judge_dead_letters(), self._session.contract_guard
        failures = [] if verdict is None else [unexpected_dead_letters.failure(verdict)]
        if guard is not None:
            found = guard.verdict()
            failure, warning = wrong_events.failure(found), wrong_events.warning(found)
            failures += [failure] if guard.fails else []
            for one in filter(None, [warning, "" if guard.fails else failure]):
                logger.warn(one)
        return "\n\n".join(filter(None, failures))


def _guarded(topics: Any) -> tuple[str, ...]:
    """The topics of dead letters, by name or by pattern. Raises ``KeywordMisused`` for a yes: it names none."""
    if str(topics).strip().lower() in ("false", "no", "off", "none", ""):
        return ()
    named = _watched(topics, "dead_letters")
    for word in named:
        if word.lower() in ("true", "yes", "on", "all", "false", "no", "off", "none"):
            raise KeywordMisused(f"dead_letters= names topics, or is auto for those that are usual, not {word!r}.")
    return tuple(letters.usual_topics() if one.lower() == "auto" else one for one in named)


def _content(conventions: Any) -> Any:
    """A dictionary as it is, or what stands in a JSON file."""
    if not isinstance(conventions, str | Path):
        return conventions
    path = arguments.file_path(conventions, "dead_letter_conventions")
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as reason:
        raise KeywordMisused(f"'{path}' has no JSON for dead_letter_conventions=: {reason}") from None


def _watched(topics: Any, name: str = "watch") -> tuple[str, ...]:
    if topics is None or topics == "":
        return ()
    if isinstance(topics, str):
        return arguments.topics(topics)
    if isinstance(topics, Mapping) or not isinstance(topics, Iterable):
        raise KeywordMisused(f"{name}= is the name of a topic, a pattern, or a list of them, not {topics!r}.")
    return arguments.topics(list(topics)) if topics else ()
