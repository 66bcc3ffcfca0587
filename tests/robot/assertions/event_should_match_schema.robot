*** Settings ***
Documentation    Event Should Match Schema checks the whole value of an event by a schema of any kind.

Library          OperatingSystem
Resource         resources/kafka.resource

Suite Setup      Publish An Order


*** Variables ***
${ORDER_SCHEMA}    ${OUTPUT_DIR}/schemas/order.json
${SCHEMAS}         ${CURDIR}/../formats/schemas
&{AS_TEXT}         type=string


*** Test Cases ***
A Schema In A File
    Event Should Match Schema    ${ORDER}    ${ORDER_SCHEMA}
    Event Should Match Schema    ${ORDER}    ${{ pathlib.Path($ORDER_SCHEMA) }}

A Path Is Tried Relative To The Suite's Folder
    Event Should Match Schema    ${ORDER}    ../../../examples/order.schema.json

A Part Of A File
    [Documentation]    The order has no `paidAt`: the part that asks for it is the schema, and not all of the file.
    Create File    ${OUTPUT_DIR}/schemas/paid.json
    ...    {"type": "object", "definitions": {"Paid": {"required": ["paidAt"]}, "Any": {"type": "object"}}}
    Event Should Match Schema    ${ORDER}    ${OUTPUT_DIR}/schemas/paid.json
    Event Should Match Schema    ${ORDER}    ${OUTPUT_DIR}/schemas/paid.json#/definitions/Any
    Run Keyword And Expect Error    *$.paidAt is missing*
    ...    Event Should Match Schema    ${ORDER}    ${OUTPUT_DIR}/schemas/paid.json#/definitions/Paid
    Run Keyword And Expect Error    *has no 'Payd'. Did you mean 'Paid'?*
    ...    Event Should Match Schema    ${ORDER}    ${OUTPUT_DIR}/schemas/paid.json#/definitions/Payd

A Part Of An API's Document In YAML
    ${event}=    Publish Event    ${ORDER.topic}    {"orderId": 42, "status": "NEW", "total": -1}
    FOR    ${part}    IN    /components/schemas/Order    /channels/orders/messages/OrderPlaced/payload
        Run Keyword And Expect Error    *$.total was -1 (number), and should be 0 or more*
        ...    Event Should Match Schema    ${event}    ../../../examples/orders.asyncapi.yaml#${part}
    END
    Set Topic Format    ${ORDER.topic}    value=json-schema
    ...    schema=../../../examples/orders.asyncapi.yaml#/components/schemas/Order
    Run Keyword And Expect Error    *$.status is missing*    Publish Event    ${ORDER.topic}    {"orderId": 42}
    [Teardown]    Set Topic Format    ${ORDER.topic}

A Message Of A Protobuf Schema As Text
    ${text}=    Get File    ${SCHEMAS}/order.proto
    Event Should Match Schema    ${ORDER}    ${text}#shop.Order

A Schema As A Dictionary
    VAR    &{schema}    type=object    required=${{ ['orderId'] }}
    Event Should Match Schema    ${ORDER}    ${schema}
    VAR    &{schema}    type=object    required=${{ ['id'] }}
    Run Keyword And Expect Error    *$.id is missing*    Event Should Match Schema    ${ORDER}    ${schema}

A Schema As Text
    Event Should Match Schema    ${ORDER}    {"properties": {"orderId": {"type": "integer"}}}

Every Place That Does Not Match Is Told
    ${event}=    Publish Event    ${ORDER.topic}    {"orderId": "42", "status": "LOST", "customer": {}}
    ${message}=    Run Keyword And Expect Error    *    Event Should Match Schema    ${event}    ${ORDER_SCHEMA}
    Should Contain    ${message}    $.orderId was "42" (text), and should be a whole number
    Should Contain    ${message}    $.status was LOST (text), and should be one of NEW, PAID
    Should Contain    ${message}    $.customer.name is missing

Numbers Are Exact
    [Template]    Value Should Match
    {"total": 19.99}    {"properties": {"total": {"multipleOf": 0.01}}}
    {"id": 12345678901234567890123}    {"properties": {"id": {"type": "integer", "maximum": 12345678901234567890123}}}
    5.0    {"type": "integer"}

A Value Of Any Format Matches Schemas Of All Kinds
    [Template]    Order Should Match And Not Match
    ${SCHEMAS}/order.avsc
    ${SCHEMAS}/order.proto
    ${SCHEMAS}/order.proto\#shop.Order
    ${SCHEMAS}/order.json

A Changed File Is Read Anew
    Create File    ${OUTPUT_DIR}/schemas/changing.json    {"type": "object"}
    Event Should Match Schema    ${ORDER}    ${OUTPUT_DIR}/schemas/changing.json
    Create File    ${OUTPUT_DIR}/schemas/changing.json    {"type": "array"}
    Run Keyword And Expect Error    *should be a list*
    ...    Event Should Match Schema    ${ORDER}    ${OUTPUT_DIR}/schemas/changing.json

What Has No Value In JSON Matches No Schema
    ${tombstone}=    Publish Tombstone    ${ORDER.topic}    k-1
    Run Keyword And Expect Error
    ...    *it is a tombstone*
    ...    Event Should Match Schema
    ...    ${tombstone}
    ...    {"type": "null"}
    ${text}=    Publish Event    ${ORDER.topic}    plain text
    Run Keyword And Expect Error    *not JSON*    Event Should Match Schema    ${text}    ${AS_TEXT}
    ${null}=    Publish Event    ${ORDER.topic}    null
    Event Should Match Schema    ${null}    {"type": "null"}

A Message Of One's Own Comes First
    Run Keyword And Expect Error    Not our order.\nEvent *
    ...    Event Should Match Schema    ${ORDER}    ${AS_TEXT}    message=Not our order.

What Is No Schema Is Refused
    [Template]    Should Be Refused
    There is no file for the schema at '*order.avsc', '*order.avsc'.*    order.avsc
    There is no file for the schema at '*order.proto', '*order.proto'.*    order.proto\#Order
    There is no file for the schema at*    no such file.json
    The subject 'orders-value' needs a schema registry, and this connection has none.*    orders-value
    The schema 5 needs a schema registry, and this connection has none.*    ${5}
    0 is not a schema id: a registry counts from 1.*    ${0}
    Expected a schema, not *    ${{ ['orderId'] }}
    *Expected a schema*    ${EMPTY}
    *checks nothing*    {"orderId": 42}
    *is not JSON*    {"type":

What Is No Event Is Refused
    Run Keyword And Expect Error
    ...    Expected an event*
    ...    Event Should Match Schema
    ...    ${ORDER.value}
    ...    ${ORDER_SCHEMA}


*** Keywords ***
Publish An Order
    Create Directory    ${OUTPUT_DIR}/schemas
    Create File    ${OUTPUT_DIR}/schemas/customer.json    {"type": "object", "required": ["name"]}
    VAR    ${schema}
    ...    {"type": "object", "required": ["orderId", "status"], "properties": {
    ...    "orderId": {"type": "integer"}, "status": {"enum": ["NEW", "PAID"]}, "customer": {"$ref": "customer.json"}}}
    Create File    ${ORDER_SCHEMA}    ${schema}
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"orderId": 42, "status": "NEW", "customer": {"name": "Ada"}}
    VAR    ${ORDER}    ${event}    scope=SUITE

Order Should Match And Not Match
    [Arguments]    ${schema}
    VAR    ${whole}    {"orderId": 42, "status": "NEW", "total": 99.50, "paid": true, "note": "", "items": [],
    ...    "customer": {"name": "Ada", "city": "London"}, "placedAt": "2026-05-31T17:03:11.120Z"}
    ${event}=    Publish Event    ${ORDER.topic}    ${whole}
    Event Should Match Schema    ${event}    ${schema}
    ${event}=    Publish Event    ${ORDER.topic}    ${whole.replace('"NEW"', '"LOST"').replace('42', '"42"')}
    ${message}=    Run Keyword And Expect Error    *    Event Should Match Schema    ${event}    ${schema}
    Should Contain    ${message}    $.orderId was "42" (text), and should be
    Should Contain    ${message}    $.status was LOST (text), and should be

Value Should Match
    [Arguments]    ${value}    ${schema}
    ${event}=    Publish Event    ${ORDER.topic}    ${value}
    Event Should Match Schema    ${event}    ${schema}

Should Be Refused
    [Arguments]    ${message}    ${schema}
    Run Keyword And Expect Error    ${message}    Event Should Match Schema    ${ORDER}    ${schema}
