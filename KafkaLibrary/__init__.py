"""Robot Framework keywords that test event-driven systems on Kafka."""

from KafkaLibrary.library import KafkaLibrary
from KafkaLibrary.version import __version__

__all__ = ["KafkaLibrary", "__version__"]
