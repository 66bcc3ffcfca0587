"""JSON as a tester writes it: read with exact numbers, and refused with the place where it can't be."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from KafkaLibrary.json_slips import json_advice, json_problem, no_constant
from KafkaLibrary.matching.faults import Fault
from KafkaLibrary.matching.shown import show_value


def read_json(text: str, what: str) -> Any:
    """The value that the text spells; ``what`` names the text in a refusal. Raises ``Fault``."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=no_constant, object_pairs_hook=_object)
    except json.JSONDecodeError as problem:
        raise Fault(f"{what} is not JSON: {problem.msg}.", problem.pos, json_advice(text, problem.pos)) from None
    except RecursionError:
        raise Fault(f"{what} is nested too deeply.", None) from None
    except (ValueError, ArithmeticError) as problem:
        raise Fault(f"{what} is {json_problem(problem)}.", None) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:  # JSON takes the last one, and what the first one asks would be lost.
            raise Fault(f"The field {show_value(name)} stands twice in one object.", None)
        fields[name] = value
    return fields
