"""What is at a path of an event, as keywords give it to the tester."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused, Undecodable
from KafkaLibrary.event import Event, Unread, own_copy
from KafkaLibrary.lazy_module import LazyModule

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.matching import Path
    from KafkaLibrary.reporting.checks import failed_checks
else:
    matching = LazyModule("KafkaLibrary.matching")
    failed_checks = LazyModule("KafkaLibrary.reporting.checks.failed_checks")


def values_at(event: Event, path: Path, message: str | None = None) -> list[Any]:
    """The values there. Fails for what can't be read, and refuses what is nested too deeply to be given."""
    try:
        both = zip(path.find(event), path.find(event, True), strict=True)
        found = [None if isinstance(fast, matching.Null) else own_copy(fast, exact) for fast, exact in both]
    except Undecodable as reason:
        raise ExpectationFailed(failed_checks.unread_field(event, path, reason, message)) from None
    except RecursionError:
        raise KeywordMisused(
            f"What {event.place} has at '{path.text}' is nested too deeply to be given.\nAsk for a field inside it."
        ) from None
    unread = next((one.reason for one in found if isinstance(one, Unread)), "")
    if unread:
        raise ExpectationFailed(failed_checks.unread_field(event, path, Undecodable(unread), message))
    return found
