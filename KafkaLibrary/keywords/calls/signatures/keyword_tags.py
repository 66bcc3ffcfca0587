"""By which themes Libdoc and editors find a keyword: that of its class, and those that its name speaks of."""

from __future__ import annotations

_OF_MODULE = {
    **dict.fromkeys(["event_checks", "sequence_checks"], "checking"),
    **dict.fromkeys(["checking", "coverage", "examples", "made_events"], "contracts"),
}
"""Themes that are called otherwise than the module of the class."""
_OF_NAME = {
    "should": "checking",
    "wait": "waiting",
    "publish": "publishing",
    "schema": "schemas",
    "transaction": "transactions",
    "dead_letter": "dead-letters",
    "dead-lettered": "dead-letters",
    "watch": "waiting",
    "topic": "topics",
    "consumer": "groups",
}


def tags_of(name: str, module: str) -> tuple[str, ...]:
    """The themes of a keyword: a new class has that of its module by itself."""
    last = module.rpartition(".")[2]
    folded = name.lower().replace(" ", "_")
    found = [_OF_MODULE.get(last, last.replace("_", "-")), *(tag for word, tag in _OF_NAME.items() if word in folded)]
    return tuple(dict.fromkeys(found))
