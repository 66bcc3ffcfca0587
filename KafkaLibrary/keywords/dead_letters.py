"""Dead letters: what became of an event that a consumer could not take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.errors import ExpectationFailed, KafkaLibraryError, KeywordMisused, did_you_mean
from KafkaLibrary.event import Event, as_bytes
from KafkaLibrary.keywords.calls import arguments, covering, search
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.keywords.calls.since_and_timeout import deadline_of, seconds, start_point
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note

if TYPE_CHECKING:
    from KafkaLibrary import dead_letters, matching
    from KafkaLibrary.broker.publishing import delivery_reports
    from KafkaLibrary.keywords.calls import untold_letters
    from KafkaLibrary.matching.conditions import dead_letter_conditions
    from KafkaLibrary.reporting.waits import dead_letter_sentences, failed_waits, passed_waits
    from KafkaLibrary.watching import waits
    from KafkaLibrary.watching.across_topics import published_events
    from KafkaLibrary.watching.waits import Outcome, Request
else:
    dead_letters = LazyModule("KafkaLibrary.dead_letters")
    matching = LazyModule("KafkaLibrary.matching")
    delivery_reports = LazyModule("KafkaLibrary.broker.publishing.delivery_reports")
    untold_letters = LazyModule("KafkaLibrary.keywords.calls.untold_letters")
    dead_letter_conditions = LazyModule("KafkaLibrary.matching.conditions.dead_letter_conditions")
    published_events = LazyModule("KafkaLibrary.watching.across_topics.published_events")
    dead_letter_sentences = LazyModule("KafkaLibrary.reporting.waits.dead_letter_sentences")
    failed_waits = LazyModule("KafkaLibrary.reporting.waits.failed_waits")
    passed_waits = LazyModule("KafkaLibrary.reporting.waits.passed_waits")
    waits = LazyModule("KafkaLibrary.watching.waits")


_MADE_WITH_THE_FIRST = ("-dlt", ".DLT")
"""Endings of topics that Kafka makes by itself with the first dead letter on them: those of Spring, new and old."""
_MADE_BY_PEOPLE = ("-dlq", ".dlq")


class DeadLetters(LibraryComponent):
    """Keywords that follow an event to its dead letter and back."""

    @keyword(name="Event Should Be Dead-Lettered")
    def event_should_be_dead_lettered(
        self,
        event: Any,
        topic: Any = None,
        *,
        group: Any = None,
        reason: Any = None,
        timeout: Any = None,
        since: Any = "earliest",
        by: str = "origin",
    ) -> Event:
        """Waits for the dead letter of exactly this event, and returns it.

        | =Argument= | =Meaning= |
        | ``event`` | what `Publish Event` or `Wait For Event` returned |
        | ``topic`` | where to look for its dead letter; see below |
        | ``group`` | the consumer group that gave it up |
        | ``reason`` | a part of the error's class or of its message |
        | ``timeout`` | how long to wait; the connection's timeout unless given |
        | ``since`` | where to begin, see `Where a wait begins`; dead letters that are already there count |
        | ``by`` | ``origin``; ``key`` or ``value`` of an event that is not older, if the framework names no offset |

        Without ``topic`` it looks at the watched topics, and at those with the default names of frameworks or other
        usual names: ``orders-dlt``, ``error.orders.GROUP``, ``dead-letter-topic-CHANNEL``, ``orders-dlq`` and the
        like.

        A dead letter is known by its headers: those of Spring for Apache Kafka, Spring Cloud Stream, Kafka Connect,
        Kafka Streams, SmallRye, share groups and Watermill are read. What they say is in ``${letter.dead_letter}``:
        ``topic``, ``partition``, ``offset``, ``timestamp_ms`` and ``place`` of the event that died, ``group``,
        ``error``, ``message``, ``attempts``, ``framework``, and ``earlier`` deaths, oldest first. An event on a Spring
        retry topic has not died. After a repartition topic Kafka Streams names an event that it made itself, and
        ``is_of_made_event`` is true: use ``by=value``. Kafka Connect adds headers only with
        ``errors.deadletterqueue.context.headers.enable=true``, Apache Camel adds none: use ``by=key`` or ``by=value``.
        With these, a letter that names exactly this event counts, too.
        Headers of your own are taught by ``dead_letter_conventions=`` at the import. The failure names letters that
        arrived and do not say what died.

        Example:
        | ${order}=    `Publish Event`    orders    {"orderId": 42}    key=42
        | VAR    &{headers}    __connect.errors.topic=orders    __connect.errors.partition=${order.partition}
        | ...    __connect.errors.offset=${order.offset}    __connect.errors.exception.message=no such currency
        | `Publish Event`    orders-dlt    {"orderId": 42}    key=42    headers=${headers}
        | ...    timestamp=${order.timestamp_ms}
        | ${letter}=    `Event Should Be Dead-Lettered`    ${order}    orders-dlt    reason=no such currency
        | Should Be Equal    ${letter.dead_letter.place}    ${order.place}
        """
        request = self._about(event, topic, group, reason, timeout, since, by)
        outcome = self._session.current.waits.first(request, 1)
        if not outcome.events:
            raise self._not_found(outcome, arguments.event(event), topic, since, by)
        covering.note_found(self._session, outcome.events)
        letter = outcome.events[0]
        if self._session.guard is not None:
            self._session.guard.expect(published_events.Expected(place=letter.place))
        note("Found {!r}: {}.", letter, dead_letter_sentences.died(event.place, letter, matching.REASON_MOST))
        return letter

    @keyword(name="Event Should Not Be Dead-Lettered")
    def event_should_not_be_dead_lettered(
        self,
        event: Any,
        topic: Any = None,
        *,
        group: Any = None,
        reason: Any = None,
        within: Any = "1 s",
        since: Any = "earliest",
        missing_ok: Any = True,
        by: str = "origin",
    ) -> None:
        """Proves that exactly this event has no dead letter, up to ``within`` from now.

        It proves as `No Event Should Arrive` does. It also fails if there is an event with the same key and value
        whose headers say nothing, or name only a part of its place: it may be the dead letter. A dead-letter topic
        that does not exist has no letter, unless ``missing_ok=False`` is given, or its name is nearly that of one that
        does. With ``group`` or ``reason`` it warns of letters for others, see `Doubts`. The other arguments are those
        of `Event Should Be Dead-Lettered`.

        It also warns of a letter that arrived after the event and does not say what died, if it may be that of this
        event: if it has the same ids (fields such as ``id`` or ``orderId``, at any depth), otherwise the same key. If
        one of both has no key, it may be. A letter with other ids or another key is that of another event.

        Example:
        | ${order}=    `Publish Event`    orders    {"orderId": 42}
        | `Event Should Not Be Dead-Lettered`    ${order}    orders-dlt    within=0.2 s
        """
        allowed = arguments.truth(missing_ok, "missing_ok")
        request = self._about(event, topic, group, reason, within, since, by, "within")
        outcome = self._session.current.waits.none_beyond(request, 0)
        if outcome.events:
            raise search.failed(outcome, failed_waits.too_many(outcome, 0), "the dead letter")
        near = search.near_topics(self._session, outcome)
        died = arguments.event(event)
        if topic is not None and any(
            did_you_mean(name, self._called_as_usual(died.topic)) for name in outcome.findings.missing
        ):
            allowed = False  # The letters are there, under another name than was given.
        proving = f"{died.place} was not dead-lettered"
        problem = failed_waits.unproven(outcome, missing_ok=allowed, near_topics=near, proving=proving)
        if problem is not None:
            raise search.failed(outcome, problem)
        note("{}", passed_waits.summary(outcome, near))
        for name in outcome.findings.missing if topic is not None else ():
            meant = self._topic_meant(name, died.topic)
            if meant:
                search.tell_doubt(self._session, dead_letter_sentences.of_absent_topic(died, name, meant))
        if by == "origin" and outcome.findings.read:
            letters = [one for one in self._untold(outcome, died, topic, since) if untold_letters.may_be_of(one, died)]
            if letters:
                search.tell_doubt(self._session, dead_letter_sentences.of_doubted_letters(died, letters))
        if group or reason:
            self._doubt(self._about(event, topic, None, None, within, since, by, "within"), died)

    def _not_found(self, outcome: Outcome, died: Event, topic: Any, since: Any, by: str) -> KafkaLibraryError:
        """The failure, with the letters of which it is not known what died."""
        problem = failed_waits.no_match(outcome, 1, search.near_topics(self._session, outcome))
        letters: list[Event] = []
        if by == "origin" and outcome.findings.read and isinstance(problem, ExpectationFailed):
            letters = self._untold(outcome, died, topic, since)
        if letters:
            first = sorted(letters, key=lambda one: not untold_letters.may_be_of(one, died))
            said = dead_letter_sentences.of_untold_letters(died, first)
            problem = ExpectationFailed(f"{problem}\n{said}")
        return search.failed(outcome, problem)

    def _untold(self, outcome: Outcome, died: Event, topic: Any, since: Any) -> list[Event]:
        """The letters that came since the event was there, and do not tell which event died.

        Only on topics of letters: without ``topic`` it looks at the watched ones, too, where other events are.
        """
        names = [name for name in outcome.request.topics if topic is not None or self._is_of_letters(name, died)]
        if not names:
            return []
        start = start_point(since)
        if start.kind == "earliest" and died.timestamp is not None:
            start = start_point(untold_letters.earliest(died.timestamp))
        conditions, deadline = matching.parse_conditions(()), deadline_of(None, self._session)
        request = search.request(self._session, tuple(names), conditions, start, deadline)
        return untold_letters.untold(self._session.current.waits.present(request, None).events, died)

    @staticmethod
    def _is_of_letters(name: str, died: Event) -> bool:
        return name == died.topic or bool(dead_letters.letters_on(died.topic, [name]))

    def _topic_meant(self, name: str, origin: str) -> str:
        """What a name may have been meant for that is none of a topic of these letters, as a sentence."""
        made = [f"{origin}{ending}" for ending in (*_MADE_WITH_THE_FIRST, *_MADE_BY_PEOPLE)]
        return "" if dead_letters.letters_on(origin, [name]) else did_you_mean(name, made, most=1)

    def _doubt(self, request: Request, died: Event) -> None:
        """Tell of the letters that there are for another group or another reason: to ask for that may be a slip."""
        letters = self._session.current.waits.present(request, None).events
        if letters:
            search.tell_doubt(self._session, dead_letter_sentences.of_others(died, letters))

    @keyword
    def expect_dead_letters(
        self, event: Any = None, topic: Any = None, *, group: Any = None, reason: Any = None
    ) -> None:
        """Declares which dead letters this test expects, if the import guards them with ``dead_letters=``.

        ``dead_letters=orders-dlt, error.*`` names topics; ``auto`` means topics with default names, or with a word such
        as dead letter, DLQ, DLT or poison. ``orders-errors`` and ``orders-failed`` must be named: ordinary topics have
        such names too. They are watched, and a test fails at its end if an unexpected letter arrived. The failure names
        the event that died, the error, and the test that published it, this one or an earlier one. With pabot, a letter
        of what another process published is only a warning. A letter of a skipped test fails the next one.

        Without arguments any letter is expected. ``event`` is the one that may die, ``topic`` where its letter may
        arrive, by names or patterns; ``group`` and ``reason`` are those of `Event Should Be Dead-Lettered`. All given
        arguments must match. Call it before or after the letter arrives; it also covers letters that arrive after the
        test, of events that the test published. In the setup of a suite it covers all its tests.

        It does not require a letter: `Event Should Be Dead-Lettered` does, and what that one finds is expected
        automatically. If nothing is guarded it does nothing.

        Example:
        | ${order}=    `Publish Event`    orders    {"orderId": 42, "currency": "XXX"}
        | `Expect Dead Letters`    ${order}    reason=no such currency
        """
        conditions = dead_letter_conditions
        died = None if event is None else arguments.event(event)
        if died is not None:
            self._session.check_is_guarded(died)
        topics = () if topic is None else arguments.topics(topic)
        for name, part in (("group", group), ("reason", reason)):
            if part == "":
                raise KeywordMisused(f"{name}= is empty, which matches any letter. Omit it to allow any.")
        given = {"event": died and died.place, "topic": ", ".join(topics), "group": group, "reason": reason}
        expected = published_events.Expected(
            topics,
            None if died is None else conditions.letter_of(died),
            conditions.letters_that_tell(_told(group, "group"), _told(reason, "reason")),
            said=", ".join(f"{name}={one}" for name, one in given.items() if one),
        )
        if self._session.guard is None:
            note("Nothing is guarded: the library is imported without dead_letters=.")
        else:
            self._session.guard.expect(expected)

    @keyword
    def get_dead_letters(self, topic: Any, *, since: Any = None) -> list[Event]:
        """Returns the dead letters that are there now: the events whose headers say that they died.

        ``since`` says where to begin, see `Where a wait begins`. What the headers say is in ``dead_letter`` of each,
        see `Event Should Be Dead-Lettered`. It warns of events without such headers, see `Doubts`: they may still be
        dead letters, which `Get Events` returns.

        Example:
        | VAR    &{headers}    __connect.errors.topic=orders
        | `Publish Event`    orders-dlt    {"orderId": 42}    headers=${headers}
        | ${letters}=    `Get Dead Letters`    orders-dlt    since=test start
        | Should Be Equal    ${letters[0].dead_letter.topic}    orders
        """
        names, start = arguments.topics(topic), start_point(since)
        conditions, deadline = dead_letter_conditions.letters(), deadline_of(None, self._session)
        request = search.request(self._session, names, conditions, start, deadline)
        outcome = search.present(self._session, request)
        note("{}", passed_waits.summary(outcome))
        if outcome.findings.read > len(outcome.events):
            self._doubt_others(search.request(self._session, names, matching.parse_conditions(()), start, deadline))
        return waits.in_offset_order(outcome.events)

    def _doubt_others(self, request: Request) -> None:
        """Tell of events on the same topics that no header says anything of: who asks for letters may mean them."""
        others = [
            event
            for event in self._session.current.waits.present(request, None).events
            if event.dead_letter is None and not dead_letters.waits_for_a_retry(event.topic, event.raw_headers)
        ]
        if others:
            search.tell_doubt(self._session, dead_letter_sentences.of_untold(others))

    @keyword
    def replay_dead_letter(self, letter: Any, *, timeout: Any = None) -> Event:
        """Publishes a dead letter again to the topic where it first died, with its bytes, key and headers.

        The headers about its death are left out. It goes to its original partition, if the letter names it. Some
        frameworks rewrite the value: then the letter's value is published. Watermill loses the key, share groups lose
        the headers. It warns of a letter without key and value that a share group wrote: that group does not copy the
        event, see `Doubts`. Returns the acknowledged event.

        Example:
        | VAR    &{headers}    __connect.errors.topic=orders    source=web
        | ${letter}=    `Publish Event`    orders-dlt    {"orderId": 42}    headers=${headers}
        | ${event}=    `Replay Dead Letter`    ${letter}
        | Should Be Equal    ${event.topic} ${event.headers}[source]    orders web
        """
        deadline = deadline_of(timeout, self._session)
        dead = search.own_event(self._session, letter, deadline)
        death = dead.dead_letter
        if death is None:
            raise KeywordMisused(
                f"{dead.place} is not a dead letter: no header says where it came from.\n"
                "Publish it with 'Publish Event', format=bytes and ${letter.raw_value}."
            )
        copied_by = dead_letters.copied_by(death.framework)
        if copied_by and dead.raw_key is dead.raw_value is None:
            search.tell_doubt(self._session, dead_letter_sentences.of_no_copy(dead, death.origin.topic, copied_by))
        connection = self._session.current
        headers = tuple((name, as_bytes(content)) for name, content in dead_letters.own_headers(dead.raw_headers))
        try:
            origin = arguments.topic(death.origin.topic)
            outgoing = delivery_reports.Outgoing(origin, dead.raw_value, dead.raw_key, headers, death.origin.partition)
            event: Event = connection.publish([outgoing], connection.formats.of(origin), deadline)[0]
        except KeywordMisused as reason:
            said = str(reason).partition("\n")[0]
            raise KeywordMisused(
                f"{said}\nThat is where {dead.place} came from, as its headers say. Publish it elsewhere with "
                "'Publish Event', format=bytes and ${letter.raw_value}."
            ) from None
        covering.note_published(self._session, [event])
        note("Published {!r}.", event)
        return event

    def _about(
        self, event: Any, topic: Any, group: Any, reason: Any, time: Any, since: Any, by: str, name: str = "timeout"
    ) -> Request:
        died = search.own_event(self._session, event)
        ways = dead_letter_conditions.WAYS
        if not isinstance(by, str) or by not in ways:
            near = did_you_mean(str(by), ways)
            raise KeywordMisused(f"by= is one of {', '.join(ways)}, not {by!r}. {near}".rstrip())
        waiting = self._session.current.timeout if time is None else seconds(time, name)
        topics = self._usual_topics(died) if topic is None else arguments.topics(topic)
        if {*topics} == {died.topic} and died.dead_letter is None:
            raise KeywordMisused(
                f"'{died.topic}' is the topic of the event itself, where its dead letter is never searched.\nGive "
                "topic= with the name of the topic of dead letters, or omit it."
            )
        conditions = dead_letter_conditions.letter_of(
            died, group=_told(group, "group"), reason=_told(reason, "reason"), by=by
        )
        return search.request(
            self._session, topics, conditions, start_point(since), self._session.current.deadline(waiting)
        )

    def _usual_topics(self, died: Event) -> tuple[str, ...]:
        """Those that are called as topics of dead letters are by default, and the watched ones.

        What died again may be on the topic of letters where it was.
        """
        origin = died.topic
        watched = [name for name in self._session.current.watcher.scope.marks if name != origin]
        usual = self._called_as_usual(origin)
        made = [f"{origin}{ending}" for ending in _MADE_WITH_THE_FIRST]
        expected = made if not {*made} & {*usual} else []
        own = [] if died.dead_letter is None else [origin]
        if not watched and not usual and not own:
            raise KeywordMisused(
                f"Where dead letters of '{origin}' go is unknown: no other topic is watched, and none is named "
                f"'{origin}-dlt' or the like.\nGive topic= with the name of their topic."
            )
        return tuple(dict.fromkeys([*own, *usual, *expected, *watched]))

    def _called_as_usual(self, origin: str) -> list[str]:
        connection = self._session.current
        return dead_letters.letters_on(origin, connection.admin.topic_names(connection.deadline()))


def _told(part: Any, name: str) -> str:
    """What a letter should tell. Raises ``KeywordMisused`` for what could stand in none."""
    if part is None or isinstance(part, str):
        return part or ""
    raise KeywordMisused(f"{name}= is a text, not {part!r}.")
