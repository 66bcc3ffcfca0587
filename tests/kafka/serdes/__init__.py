"""The other side of the formats: serializers of Java programs, of other makers than the library's own."""

from tests.kafka.serdes.java_serdes import JavaSerdes

__all__ = ["JavaSerdes"]
