"""How does another service answer while a test goes on? A thread with clients of its own; it knows no Robot."""

THREAD = "KafkaLibrary-answers"
"""The name of such a thread: nothing of Robot may be called there."""


def content_of(topic: str, key: bytes | None, value: bytes | None) -> int:
    """What tells an answer from other events, wherever it is."""
    return hash((topic, key, value))
