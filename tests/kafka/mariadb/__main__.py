"""python -m tests.kafka.mariadb   writes what the connector makes of a MariaDB's rows into its file anew."""

from __future__ import annotations

import json

from tests.commands import signals_as_exits
from tests.kafka.mariadb import RECORDED, record

if __name__ == "__main__":
    with signals_as_exits():
        found = record()
    # An event a line, for whoever compares two recordings.
    lines = {form: ",\n".join(f"  {json.dumps(one)}" for one in events) for form, events in found.pop("forms").items()}
    forms = ",\n".join(f' "{form}": [\n{events}\n ]' for form, events in lines.items())
    RECORDED.write_text(json.dumps(found, indent=1)[:-2] + f',\n "forms": {{\n{forms}\n }}\n}}\n', encoding="utf-8")
