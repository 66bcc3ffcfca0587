#!/usr/bin/env bash
# Versions: faststream 0.7.8 (confluent), jsonschema 4.26.0.
# One expects: the AsyncAPI document that a service in FastStream writes says what one event on the
#   topic looks like.
# What happens: a subscriber with batch=True documents the list that its function takes: an array
#   of orders, as the message of the topic, though each event is one order.
# A tester is hurt: a contract check by the service's own document refuses every valid event, and
#   would accept an event that holds a list, which the service cannot read.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "faststream[confluent]==0.7.8" \
  confluent-kafka==2.16.1 jsonschema==4.26.0
"$work/venv/bin/python" - <<'PY'
import json
import sys

import jsonschema
from faststream.confluent import KafkaBroker
from faststream.specification import AsyncAPI
from pydantic import BaseModel


class Order(BaseModel):
    id: int


def schema_of(batch):
    broker = KafkaBroker("127.0.0.1:1")

    if batch:

        @broker.subscriber("orders", batch=True)
        async def handle(orders: list[Order]) -> None: ...

    else:

        @broker.subscriber("orders")
        async def handle(order: Order) -> None: ...

    document = AsyncAPI(broker).to_specification().to_jsonable()
    (message,) = document["components"]["messages"].values()
    return {**message["payload"], "components": document["components"]}


EVENT = json.loads('{"id": 1}')
seen = []
for batch in (False, True):
    validator = jsonschema.Draft7Validator(schema_of(batch))
    seen.append((validator.is_valid(EVENT), validator.is_valid([EVENT])))
    print(f"batch={batch}: an order is valid: {seen[-1][0]}, a list of orders: {seen[-1][1]}")
if seen != [(True, False), (False, True)]:
    sys.exit("the behaviour has changed")
PY
