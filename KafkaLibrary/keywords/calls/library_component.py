"""What a class of keywords is: a part of the library that has its session."""

from __future__ import annotations

from KafkaLibrary.keywords.calls.signatures.common_arguments import with_common_arguments
from KafkaLibrary.session import Session


class LibraryComponent:
    """Its methods that are marked as keywords become keywords of the library, with the arguments that all have."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, method in list(vars(cls).items()):
            if hasattr(method, "robot_name"):
                setattr(cls, name, with_common_arguments(method))
