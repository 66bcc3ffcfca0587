*** Settings ***
Documentation    Events that do not match a schema, and schemas that are none.

Resource         resources/failing.resource

Suite Setup      Publish An Order


*** Variables ***
${ORDER_SCHEMA}    ${CURDIR}/../../../resources/schemas/order.json
${SCHEMAS}         ${CURDIR}/../formats/schemas


*** Test Cases ***
Rules That Are Not Met
    Event Should Match Schema    ${ORDER}    ${ORDER_SCHEMA}

The Nearest Of Several Alternatives
    Event Should Match Schema
    ...    ${ORDER}
    ...    {"oneOf": [{"type": "array"}, {"required": ["status", "shop"], "properties": {"status": {"const": "LOST"}}}]}

More Than One Alternative
    Event Should Match Schema    ${ORDER}    {"oneOf": [{"required": ["status"]}, {"type": "object"}]}

One Of Several Types
    Event Should Match Schema
    ...    ${ORDER}    {"properties": {"orderId": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}}

Other Rules
    VAR    ${schema}
    ...    {"properties": {"items": {"uniqueItems": true, "maxItems": 1, "items": {"minProperties": 1}},
    ...    "status": {"pattern": "^[a-z]+$", "maxLength": 3, "const": "NEW"}, "tags": {"contains": {"const": "x"}}},
    ...    "propertyNames": {"pattern": "^[a-zA-Z]+$"}, "dependentRequired": {"orderId": ["shop"]},
    ...    "not": {"required": ["orderId"]}}
    Event Should Match Schema    ${ORDER}    ${schema}

A Message Of One's Own
    Event Should Match Schema    ${ORDER}    {"type": "array"}    message=The shop publishes lists.

More Than A Message Holds
    ${event}=    Publish Event    ${ORDER.topic}    ${{ list(range(50)) }}    partition=0
    Event Should Match Schema    ${event}    {"items": {"type": "string"}}

A Tombstone
    ${event}=    Publish Tombstone    ${ORDER.topic}    k-1    partition=0
    Event Should Match Schema    ${event}    {"type": "object"}

A Value That Is Not JSON
    ${event}=    Publish Event    ${ORDER.topic}    plain text    partition=0
    Event Should Match Schema    ${event}    {"type": "object"}

A Broken Schema
    Event Should Match Schema    ${ORDER}    {"type": "object", "properties": {"orderId": {"type": "integr"}}}

An Event Instead Of A Schema
    Event Should Match Schema    ${ORDER}    ${ORDER.value}

A Reference To The Network
    Event Should Match Schema    ${ORDER}    {"$ref": "https://example.org/order.json"}

A File That Is Not There
    Event Should Match Schema    ${ORDER}    order.avsc

A Subject Without A Registry
    Event Should Match Schema    ${ORDER}    orders-value

An Id Without A Registry
    Event Should Match Schema    ${ORDER}    7

By Avro
    Event Should Match Schema    ${ORDER}    ${SCHEMAS}/order.avsc

By Protobuf
    Event Should Match Schema    ${ORDER}    ${SCHEMAS}/order.proto#Order

A Message That Is Not In The File
    Event Should Match Schema    ${ORDER}    ${SCHEMAS}/order.proto#Odrer


*** Keywords ***
Publish An Order
    ${topic}=    Given A Topic
    VAR    ${value}
    ...    {"orderId": "42", "status": "LOST", "total": 99.999, "customer": {"nmae": "Ada"}, "at": "yesterday",
    ...    "items": [{}, {}], "tags": ["new"], "no-name": 1}
    ...    separator=${SPACE}
    ${event}=    Publish Event    ${topic}    ${value}    key=42    partition=0
    VAR    ${ORDER}    ${event}    scope=SUITE
