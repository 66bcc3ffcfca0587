"""From publishing a question to its answer, by `Answer Events` and by a loop of the raw client that consumes and
produces; and many questions at once, each of which has to be answered once.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from confluent_kafka import Consumer, Producer

from KafkaLibrary import KafkaLibrary
from tests.benchmarks.measuring import Goal, Row, Times, in_turns, timed
from tests.benchmarks.orders import order
from tests.benchmarks.raw_client import WAIT, RawClient, Topics
from tests.benchmarks.sizes import Sizes

WORK = "a question and its answer"
AT_ONCE = "10,000 questions at once, each answered once"
_MANY = 10_000
_WARM_UP = 300
_WITHIN = 120.0


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    asked, told = topics.new("asked"), topics.new("told")
    raw_asked, raw_told = topics.new("raw-asked"), topics.new("raw-told")
    library = KafkaLibrary(bootstrap_servers=bootstrap_servers)
    client = RawClient(bootstrap_servers)
    answers, raw_answers = client.consumer(told), client.consumer(raw_told)
    library.start_test()
    answering = library.answer_events(asked, with_='{"orderId": {$.orderId}, "status": "PAID"}', to=told)
    client.meet(asked)
    client.meet(raw_asked)

    def by_library(number: int) -> float:
        return timed(lambda: _ask(client, asked, answers, number))

    def by_client(number: int) -> float:
        return timed(lambda: _ask(client, raw_asked, raw_answers, number))

    with _loop(bootstrap_servers, raw_asked, raw_told):
        times = in_turns({"library": by_library, "raw": by_client}, sizes.round_trips, _WARM_UP)
        at_once = _at_once(client, asked, answers)
        raw_at_once = _at_once(client, raw_asked, raw_answers)
    if answering.answered != answering.questions:
        raise RuntimeError("Not every question was answered.")
    library.end_test()
    library.disconnect_from_all_kafka()
    return [
        Row(WORK, "raw client's loop", times["raw"]),
        Row(WORK, "Answer Events", times["library"], times["raw"], Goal("at most 3 times raw", 3)),
        Row(AT_ONCE, "raw client's loop", Times([raw_at_once])),
        Row(AT_ONCE, "Answer Events", Times([at_once]), Times([raw_at_once])),
    ]


def _ask(client: RawClient, asked: str, answers: Consumer, number: int) -> None:
    client.publish(asked, order(number), str(number))
    while _next(answers) != number:
        pass


def _at_once(client: RawClient, asked: str, answers: Consumer) -> float:
    first = 1_000_000
    began = time.perf_counter()
    client.publish_all(asked, map(order, range(first, first + _MANY)))
    found: Counter[int] = Counter()
    while len(found) < _MANY and time.perf_counter() - began < _WITHIN:
        found[_next(answers)] += 1
    if any(count > 1 for count in found.values()) or len(found) < _MANY:
        raise RuntimeError("A question was not answered once.")
    return time.perf_counter() - began


def _next(answers: Consumer) -> int:
    """The order that the next answer is about."""
    while True:
        answer = answers.poll(WAIT)
        if answer is not None and answer.error() is None:
            return int(json.loads(answer.value() or b"")["orderId"])


@contextmanager
def _loop(bootstrap_servers: str, asked: str, told: str) -> Iterator[None]:
    """The raw client consumes and produces, in a thread as the library does."""
    consumer = RawClient(bootstrap_servers).consumer(asked)
    producer = Producer({"bootstrap.servers": bootstrap_servers, "linger.ms": 0, "enable.idempotence": True})
    for _ in range(2):
        producer.list_topics(told, timeout=5)
    over = threading.Event()

    def answer() -> None:
        while not over.is_set():
            question = consumer.poll(0.1)
            producer.poll(0)
            if question is not None and question.error() is None:
                value = json.loads(question.value() or b"")
                paid = json.dumps({"orderId": value["orderId"], "status": "PAID"})
                producer.produce(told, paid, question.key())

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        producer.flush(5)
        consumer.close()
