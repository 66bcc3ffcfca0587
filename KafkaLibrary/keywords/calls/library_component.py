"""What a class of keywords is: a part of the library that has its session."""

from __future__ import annotations

from KafkaLibrary.session import Session


class LibraryComponent:
    """Its methods that are marked as keywords become keywords of the library."""

    def __init__(self, session: Session) -> None:
        self._session = session
