*** Settings ***
Documentation     JSON by a schema of a registry goes both ways between the library and Java.

Resource          resources/java.resource

Suite Setup       Meet Java
Suite Teardown    Switch Kafka Connection    default


*** Variables ***
${SCHEMA}    {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Order", "type": "object",
...          "properties": {"orderId": {"type": "integer"}, "total": {"type": "number"},
...          "status": {"enum": ["NEW", "PAID"]}, "note": {"type": ["string", "null"]},
...          "items": {"type": "array", "items": {"$ref": "#/definitions/item"}}},
...          "required": ["orderId"], "additionalProperties": false,
...          "definitions": {"item": {"type": "object", "properties": {"sku": {"type": "string"}}}}}
${ORDER}     {"orderId": 42, "total": 12.34, "status": "PAID", "note": null, "items": [{"sku": "Ż-7"}]}


*** Test Cases ***
An Order Comes From Java
    ${topic}=    New Watched Topic
    Java Writes    ${topic}    json-schema    ${ORDER}    schema=${SCHEMA}
    ${event}=    Wait For Event    ${topic}    orderId == 42    total == 12.34    items[0].sku == Ż-7    note == null
    Should Be Equal    ${event.value}    ${{ json.loads($ORDER) }}
    No Event Should Arrive    ${topic}    orderId == 42    status == NEW    within=0.1 s

An Order Goes To Java
    ${topic}=    New Topic With The Schema    ${SCHEMA}    json
    Set Topic Format    ${topic}    value=json-schema
    ${event}=    Publish Event    ${topic}    ${ORDER}
    Java Should Read    ${event}    json-schema    ${{ json.loads($ORDER) }}
    Wait For Event    ${topic}    orderId == 42

What Does Not Fit Is Not Published
    ${topic}=    New Topic With The Schema    ${SCHEMA}    json
    Set Topic Format    ${topic}    value=json-schema
    ${message}=    Run Keyword And Expect Error    *
    ...    Publish Event    ${topic}    {"orderId": "42", "status": "LOST", "shop": 1}
    Should Contain    ${message}    $.orderId was "42" (text), and should be a whole number
    Should Contain    ${message}    $.status was LOST (text), and should be one of NEW, PAID
    Should Contain    ${message}    $.shop should not be there
    Event Count Should Be    ${topic}    0    within=0.1 s

Keys Have A Schema Too
    ${topic}=    New Watched Topic
    VAR    ${key_schema}    {"type": "object", "properties": {"id": {"type": "integer"}}}
    Java Writes    ${topic}    text    "plain"    key={"id": 1}    keyFormat=json-schema    keySchema=${key_schema}
    Wait For Event    ${topic}    key.id == 1    value == plain
    Set Topic Format    ${topic}    value=text    key=json-schema
    ${event}=    Publish Event    ${topic}    plain    key={"id": 2}
    ${read}=    Java Reads    ${topic}    text    ${event.partition}    ${event.offset}    keyFormat=json-schema
    Should Be Equal    ${read}[key]    ${{ {"id": 2} }}
    Wait For Event    ${topic}    key.id == 2
