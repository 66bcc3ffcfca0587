"""Nothing that is made in great number is looked through for garbage."""

from __future__ import annotations

import gc

import pytest

from KafkaLibrary.keywords.calls.garbage_collection import not_collected

MANY = 100_000


def test_while_many_are_made_nothing_is_looked_through() -> None:
    with not_collected(MANY):
        assert not gc.isenabled()
    assert gc.isenabled()


def test_while_a_few_are_made_it_goes_on() -> None:
    with not_collected(1):
        assert gc.isenabled()


def test_after_a_failure_the_search_goes_on() -> None:
    with pytest.raises(ValueError, match="stopped"), not_collected(MANY):
        raise ValueError("stopped")
    assert gc.isenabled()


def test_whoever_switched_it_off_has_it_off_still() -> None:
    gc.disable()
    try:
        with not_collected(MANY):
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
