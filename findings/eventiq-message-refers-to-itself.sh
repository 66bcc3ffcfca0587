#!/usr/bin/env bash
# Versions: eventiq 1.1.16, pydantic 2.10.6.
# One expects: in the AsyncAPI document that eventiq writes, a message of a channel leads to the one in components,
#   where its payload is.
# What happens: what a service receives is written as a reference to itself:
#   `channels/X/messages/M: {"$ref": "#/channels/X/messages/M"}`.
# A tester is hurt: a tool that follows references finds no payload: it goes in a circle, or takes any event for
#   right.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check eventiq==1.1.16 pydantic==2.10.6
cat >"$work/shop.py" <<'PY'
import json
import sys

from eventiq import CloudEvent, Service
from eventiq.asyncapi import get_async_api_spec
from eventiq.backends.stub import StubBroker
from pydantic import BaseModel


class Order(BaseModel):
    order_id: int


class OrderPlaced(CloudEvent[Order], topic="orders.placed"):
    """An order was placed."""


service = Service(name="shop", broker=StubBroker())


@service.subscribe(topic="orders.placed")
async def placed(message: OrderPlaced):
    """Takes the order."""


document = json.loads(get_async_api_spec(service).model_dump_json(by_alias=True, exclude_none=True))
[(channel, described)] = document["channels"].items()
[(name, message)] = described["messages"].items()
print(f"channels/{channel}/messages/{name}: {message}")
print(f"components/messages: {list(document['components']['messages'])}")
if message != {"$ref": f"#/channels/{channel}/messages/{name}"}:
    sys.exit("the behaviour has changed")
PY
"$work/venv/bin/python" "$work/shop.py"
