"""Paths into events, such as ``$.items[*].sku``: their grammar, what they find, and names similar to a missing one."""

from KafkaLibrary.matching.paths.finders import UNSTRUCTURED, has_no_document, value_document
from KafkaLibrary.matching.paths.grammar import is_own
from KafkaLibrary.matching.paths.path import Path, parse_path, parse_paths, path_of
from KafkaLibrary.matching.paths.plain_paths import Steps

__all__ = [
    "UNSTRUCTURED",
    "Path",
    "Steps",
    "has_no_document",
    "is_own",
    "parse_path",
    "parse_paths",
    "path_of",
    "value_document",
]
