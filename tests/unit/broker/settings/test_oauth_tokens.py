"""Sources of tokens: asked before a client is made and before a token expires, never by the client."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest

from KafkaLibrary.broker.settings.oauth_tokens import TokenSource
from KafkaLibrary.errors import KafkaUnusable, KeywordMisused


class Secret:
    """Shaped as Robot's own."""

    __module__ = "robot.errors"

    def __init__(self, value: str) -> None:
        self.value = value


class TimeoutExceeded(Exception):
    """Shaped as Robot's own."""

    __module__ = "robot.errors"


def jwt(**claims: Any) -> str:
    return f"e30.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}."


def served(given: Any) -> tuple[Any, ...]:
    source = TokenSource("mine", lambda: given)
    source.renew()
    return source.serve("")


@pytest.mark.parametrize(
    ("given", "token"),
    [
        (jwt(sub="ada", exp=9e9), (jwt(sub="ada", exp=9e9), 9e9, "ada", {})),
        (Secret(jwt(exp=9e9)), (jwt(exp=9e9), 9e9, "", {})),
        (("opaque", 9e9), ("opaque", 9e9, "", {})),
        (["opaque", "9000000000"], ("opaque", 9e9, "", {})),
        (("opaque", 9e12), ("opaque", 9e9, "", {})),  # milliseconds
        (("opaque", 9e9, "ada", {"logicalCluster": "lkc-1"}), ("opaque", 9e9, "ada", {"logicalCluster": "lkc-1"})),
        ((Secret("opaque"), 9e9), ("opaque", 9e9, "", {})),
    ],
)
def test_what_a_source_may_give(given: Any, token: tuple[Any, ...]) -> None:
    assert served(given) == token


@pytest.mark.parametrize("given", [None, "", 7, (), (None, 9e9), "opaque", ("opaque", "soon"), "a.b.c", "a.W10.c"])
def test_what_is_no_token_is_refused(given: Any) -> None:
    with pytest.raises(KeywordMisused, match="The token source 'mine' "):
        served(given)


def test_a_token_that_has_expired_is_refused_with_both_times() -> None:
    with pytest.raises(KafkaUnusable, match=r"expired at 2001-09-09 01:46:40 UTC; here it is 20.*\nCompare the clocks"):
        served(("opaque", 1e9))


def test_what_a_source_says_when_it_fails_is_not_shown() -> None:
    def fails() -> str:
        raise RuntimeError("hunter2")

    with pytest.raises(KafkaUnusable) as failure:
        TokenSource("mine", fails).renew()
    assert ("'mine' failed with RuntimeError" in str(failure.value), "hunter2" in str(failure.value)) == (True, False)


def test_a_timeout_of_robot_goes_through_a_source() -> None:
    def stopped() -> str:
        raise TimeoutExceeded

    with pytest.raises(TimeoutExceeded):
        TokenSource("mine", stopped).renew()


class Clock:
    def __init__(self) -> None:
        self.now = 1e9

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("time.time", made.time)
    return made


def test_a_token_is_kept_while_it_is_good_and_replaced_before_the_client_asks(clock: Clock) -> None:
    asked: list[float] = []

    def give() -> tuple[str, float]:
        asked.append(clock.now - 1e9)
        return f"token-{len(asked)}", clock.now + 100

    source = TokenSource("mine", give)
    for seconds in range(0, 101, 5):
        clock.now = 1e9 + seconds
        source.renew()
        assert source.serve("")[1] > clock.now + 20  # the client asks anew when a fifth of the life is left
    assert asked == [0, 70]


def test_a_source_that_fails_later_does_no_harm_while_the_token_is_good(clock: Clock) -> None:
    answers: list[Any] = [("opaque", 1e9 + 100)]

    def give() -> Any:
        if not answers:
            raise OSError
        return answers.pop()

    source = TokenSource("mine", give)
    source.renew()
    clock.now += 80
    source.renew()
    assert source.serve("")[0] == "opaque"
    clock.now += 21
    with pytest.raises(KafkaUnusable, match="failed with OSError"):
        source.renew()


@pytest.mark.parametrize(
    ("issued", "expiry", "said"),
    [
        (7200, 9000, "the issuer's clock is ahead"),
        (-9, 9000, "is good until"),
    ],
)
def test_what_is_said_of_a_token_that_kafka_refuses(issued: float, expiry: float, said: str) -> None:
    now = time.time()
    source = TokenSource("mine", lambda: jwt(iat=now + issued, exp=now + expiry))
    source.renew()
    assert said in source.described()


def test_a_token_is_in_no_representation() -> None:
    source = TokenSource("mine", lambda: ("opaque", 9e9))
    source.renew()
    assert "opaque" not in f"{source!r} {vars(source)}"


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), TimeoutExceeded()])
def test_a_source_that_was_interrupted_is_asked_again(interruption: BaseException) -> None:
    answers = iter([interruption, ("token", 9e9)])

    def fetch() -> Any:
        answer = next(answers)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    source = TokenSource("mine", fetch)
    with pytest.raises(type(interruption)):
        source.renew()
    source.renew()
    assert source.serve("")[0] == "token"


def test_a_token_that_was_replaced_is_a_secret_still() -> None:
    answers = iter([("first", time.time() + 0.01), ("second", 9e9)])
    source = TokenSource("mine", lambda: next(answers))
    source.renew()
    while len(source.secrets) < 2:
        source.renew()
    assert source.secrets == {"first", "second"}
