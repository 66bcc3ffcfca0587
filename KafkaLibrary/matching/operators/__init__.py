"""The operators, ``==`` ``>=`` ``contains`` ``*=`` ``matches`` ``in`` and so on, and how each compares."""

from KafkaLibrary.matching.operators.equality import (
    NOT_FINITE,
    Check,
    as_in_cell,
    equal_to,
    is_document,
    only_equal,
    read_document,
    read_text,
    same,
    text_as_it_is,
    without_quotes,
)
from KafkaLibrary.matching.operators.expected_value import NULLS, ExpectedValue
from KafkaLibrary.matching.operators.operator_table import (
    OPERATORS,
    ORDERS,
    Decider,
    Operator,
    check_of,
    decider_of,
    members_of,
)
from KafkaLibrary.matching.operators.text_search import is_plain_pattern, read_pattern

__all__ = [
    "NOT_FINITE",
    "NULLS",
    "OPERATORS",
    "ORDERS",
    "Check",
    "Decider",
    "ExpectedValue",
    "Operator",
    "as_in_cell",
    "check_of",
    "decider_of",
    "equal_to",
    "is_document",
    "is_plain_pattern",
    "members_of",
    "only_equal",
    "read_document",
    "read_pattern",
    "read_text",
    "same",
    "text_as_it_is",
    "without_quotes",
]
