"""Answers: the part of a service that isn't there, while the test goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.deadline import SLICE, Deadline
from KafkaLibrary.errors import ExpectationFailed, KafkaUnusable, KeywordMisused
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.keywords.calls.since_and_timeout import deadline_of, seconds
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, warn

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.answering import rule as rules
    from KafkaLibrary.answering.rule import Rule
    from KafkaLibrary.keywords.calls.new_events import answer_recipes, contract_replies
    from KafkaLibrary.reporting.waits import answered_questions
    from KafkaLibrary.watching.topics import patterns
else:
    matching = LazyModule("KafkaLibrary.matching")
    rules = LazyModule("KafkaLibrary.answering.rule")
    answer_recipes = LazyModule("KafkaLibrary.keywords.calls.new_events.answer_recipes")
    contract_replies = LazyModule("KafkaLibrary.keywords.calls.new_events.contract_replies")
    answered_questions = LazyModule("KafkaLibrary.reporting.waits.answered_questions")
    patterns = LazyModule("KafkaLibrary.watching.topics.patterns")

_ARGUMENTS = (
    "with", "to", "times", "delay", "key", "headers", "fields", "strict", "format", "schema", "timeout", "alias",
)  # fmt: skip


class Answers(LibraryComponent):
    """Keywords that answer events."""

    @keyword
    def answer_events(
        self,
        topic: Any,
        *conditions: Any,
        with_: Any = None,
        to: Any = None,
        times: Any = None,
        delay: Any = None,
        key: Any = None,
        headers: Any = None,
        fields: Any = None,
        strict: Any = False,
        format: str | None = None,  # noqa: A002 - the name that testers read
        schema: Any = None,
        timeout: Any = None,
    ) -> Rule:
        """Answers each event that arrives from now on and meets all ``conditions``, while the test continues.

        | =Argument= | =Meaning= |
        | ``topic`` | where questions arrive, by name; several separated by commas |
        | ``conditions`` | which events are questions, see `Conditions`; by default all |
        | ``with`` | the value of an answer: JSON, a dictionary, a JSON file, a function, ``example``; see below |
        | ``to`` | the topic for answers; by default that of the contract's reply, or the header ``kafka_replyTopic`` |
        | ``times`` | how many questions are answered at most; by default all |
        | ``delay`` | how long after its question an answer is published |
        | ``key`` | the key of an answer; by default the question's key |
        | ``headers`` | headers of an answer, added to those that it copies; see below |
        | ``fields`` | fields of the answer to set, a dictionary: ``{"orderId": {$.orderId}}`` |
        | ``format``, ``schema`` | how answers are written, as in `Publish Event` |
        | ``timeout`` | how long to wait until answering has begun |

        ``{$.orderId}``, ``{key}``, ``{headers.source}`` and the like are replaced by what the question has there, with
        paths as in `Conditions`. One that is alone keeps its type, inside a text it becomes text; ``{{`` is a brace.
        They work in ``with``, ``to``, ``key``, ``headers`` and ``fields``. A function, or its name as
        ``module.function``, gets the event and returns the value; it runs in its own thread, so it must not call
        keywords. In plain Python ``with`` is named ``with_``.

        An answer copies the correlation headers (``correlationId``, ``kafka_correlationId`` and others that end so)
        and those of the trace (``traceparent``, ``b3`` and the like), unless ``headers`` has them.

        ``with=example`` sends an example of a contract, see `Load Contract`: that of the reply to ``topic``, or of
        ``to``. ``with=example: paid`` sends the one of that name. One that is not what the contract describes is not
        sent, and fails the test. Where the contract has a ``correlationId``, each answer takes it from its question.

        It returns when answering has begun: whatever is published afterwards is answered once, and in order by key. No
        consumer group is joined. Its own answers are never answered, so ``to`` may be the same topic, and several
        answerings can't answer each other endlessly. Other processes, as with pabot, do not know these answers: there,
        use conditions on unique ids.

        Answering ends with the test or suite in which it began, when all questions that are there by then have their
        answers. A question that could not be answered, or whose answer is uncertain, fails the test. An answer still
        waiting for its ``delay`` is not published, and a warning says so. Returns what `Stop Answering` and
        `Answers Should Have Been` take as ``answering``.

        Example:
        | `Answer Events`    payment.requests    $.amount <= 100    to=payments
        | ...    with={"orderId": {$.orderId}, "status": "PAID", "note": "order {$.orderId}"}
        | `Publish Event`    payment.requests    {"orderId": 42, "amount": 20}    key=42
        | `Wait For Event`    payments    orderId == 42    status == PAID
        | `Answers Should Have Been`    1
        """
        topics = arguments.topics(topic)
        for name in topics:
            if patterns.is_pattern(name):
                raise KeywordMisused(f"'Answer Events' takes topics by their names, and '{name}' is a pattern.")
        asked = matching.parse_conditions(conditions, strict=arguments.truth(strict, "strict"), arguments=_ARGUMENTS)
        connection = self._session.current
        contracts = list(self._session.contracts.values())
        replies = contract_replies.Replies(contracts, topics) if contracts else None
        recipe = answer_recipes.Recipe(connection.formats, with_, to, key, headers, format, schema, fields, replies)
        rule = rules.Rule(
            topics,
            asked,
            recipe.to,
            recipe.answer,
            arguments.number_if_given(times, "times", 1),
            0.0 if delay is None else seconds(delay, "delay"),
        )
        self._session.answers.begin(rule, connection, self._session.depth, deadline_of(timeout, self._session))
        note("Events on {} are answered from now on, to '{}'.", ", ".join(topics), recipe.to)
        return rule

    @keyword
    def answers_should_have_been(self, count: Any, *, answering: Any = None, timeout: Any = None) -> None:
        """Waits until that many answers were published in this test, and proves that there are no more.

        It counts answers that Kafka has acknowledged, of ``answering`` or by default of all answerings. It fails if
        there are fewer after ``timeout``, if there are more once everything on the topics was read and answered, and
        for each question that could not be answered. An answer that waits for its ``delay`` counts as outstanding.
        Logs how long answers took, as median and p95.

        Example:
        | `Answer Events`    payment.requests    with={"status": "PAID"}    to=payments
        | `Publish Event`    payment.requests    {"orderId": 42}
        | `Answers Should Have Been`    1
        """
        expected = arguments.whole_number(count, "count")
        chosen = self._chosen(answering)
        within = self._session.current.timeout if timeout is None else seconds(timeout)
        deadline = Deadline(within)
        problem = ""
        while not deadline.passed and not self._enough(chosen, expected):
            chosen[0].wait(deadline.slice(SLICE), lambda: self._enough(chosen, expected))
        try:
            self._session.answers.settle(chosen, deadline.at_least(SLICE).remaining())
        except KafkaUnusable as reason:
            problem = str(reason)
        answered = sum(rule.answered_in_test for rule in chosen)
        waiting = any(rule.open for rule in chosen)
        new = sum(rule.untold()[1] for rule in chosen)
        if problem or answered != expected or waiting or new:
            raise ExpectationFailed(
                "\n".join(filter(None, [answered_questions.other_number(chosen, expected, within), problem]))
            )
        for rule in chosen:
            note("{}", answered_questions.summary(rule))

    @keyword
    def stop_answering(self, answering: Any = None) -> None:
        """Ends ``answering``, or all, when the questions that are there now have their answers.

        It fails for questions that could not be answered, and logs how long answers took, as median and p95.

        Example:
        | ${answering}=    `Answer Events`    payment.requests    with={"status": "PAID"}    to=payments
        | `Stop Answering`    ${answering}
        """
        chosen = self._chosen(answering)
        ended = self._session.answers.end([rule for rule in chosen if not rule.ended])
        for rule in chosen:
            note("{}", answered_questions.summary(rule))
        for warning in answered_questions.warnings(ended):
            warn(warning)
        failure = answered_questions.failure(ended)
        if failure:
            raise ExpectationFailed(failure)

    @staticmethod
    def _enough(chosen: Sequence[Rule], expected: int) -> bool:
        """Whether nothing is to be waited for any more: all are there and none is on its way, or there are too many."""
        answered = sum(rule.answered_in_test for rule in chosen)
        is_all = answered == expected and not any(rule.open for rule in chosen)
        return is_all or answered > expected or all(rule.ended for rule in chosen)

    def _chosen(self, answering: Any) -> list[Rule]:
        known = self._session.answers.rules
        if answering is None or answering == "":
            if not known:
                raise KeywordMisused("No events are answered: 'Answer Events' begins that.")
            return known
        if not isinstance(answering, rules.Rule):
            raise KeywordMisused(f"answering= takes what 'Answer Events' returns, not {answering!r}.")
        return [answering]
