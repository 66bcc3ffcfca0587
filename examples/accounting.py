"""A service that takes events from ``payments`` in the group ``accounting``, as plainly as can be.

`python examples/accounting.py ADDRESS [PROTOCOL]`
"""

from __future__ import annotations

import sys

from confluent_kafka import Consumer


def main(address: str, protocol: str = "classic") -> None:
    consumer = Consumer({
        "bootstrap.servers": address,
        "group.id": "accounting",
        "group.protocol": protocol,
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
    })  # fmt: skip
    consumer.subscribe(["payments"])
    while True:
        event = consumer.poll(0.1)
        if event is not None and event.error() is None:
            # Here a real service does its work.
            consumer.commit(message=event, asynchronous=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
