"""Nothing that is made in great number is looked through for garbage."""

from __future__ import annotations

import gc

import pytest

from KafkaLibrary.garbage import not_collected

MANY = 100_000
OLDEST = 2


class Kept:
    pass


def is_old(kept: Kept) -> bool:
    return any(one is kept for one in gc.get_objects(generation=OLDEST))


def test_what_many_are_made_of_counts_as_old_afterwards() -> None:
    with not_collected(MANY):
        kept = Kept()
        assert not gc.isenabled()
    assert is_old(kept)
    assert gc.isenabled()


def test_a_few_are_treated_as_all_else() -> None:
    with not_collected(1):
        kept = Kept()
        assert gc.isenabled()
    assert not is_old(kept)


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


def test_what_others_have_frozen_stays_frozen() -> None:
    gc.freeze()
    try:
        with not_collected(MANY):
            pass
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
