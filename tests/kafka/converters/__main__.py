"""python -m tests.kafka.converters   writes what the converters make of a row change into its file anew."""

from __future__ import annotations

import json

from tests.kafka.converters import RECORDED, record

if __name__ == "__main__":
    RECORDED.write_text(json.dumps(record(), indent=1) + "\n", encoding="utf-8")
