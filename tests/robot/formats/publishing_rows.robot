*** Settings ***
Documentation    JSON of Kafka Connect is published by a schema: one that is given, in a file, or of a topic's
...              last event.

Library          OperatingSystem
Resource         resources/kafka.resource


*** Variables ***
${DECIMAL}       "name": "org.apache.kafka.connect.data.Decimal", "parameters": {"scale": "2"}
${ROW}           {"type": "struct", "optional": true, "field": "after", "fields": [
...              {"type": "int32", "field": "id"},
...              {"type": "bytes", "field": "total", ${DECIMAL}},
...              {"type": "int32", "field": "placed", "name": "io.debezium.time.Date"},
...              {"type": "string", "optional": true, "field": "doc", "name": "io.debezium.data.Json"}]}
${SCHEMA}        {"type": "struct", "fields": [${ROW}, {"type": "string", "field": "op"}]}
&{AFTER}         id=${1}    total=12.34    placed=2026-11-30    doc=${{ {"a": 1} }}
&{CHANGE}        after=${AFTER}    op=u
${KEY_SCHEMA}    {"type": "struct", "fields": [{"type": "int32", "field": "id"}]}


*** Test Cases ***
A Row Is Published As Debezium Writes It
    ${topic}=    New Watched Topic
    ${event}=    Publish Event    ${topic}    ${CHANGE}    format=connect-json    schema=${SCHEMA}
    VAR    ${payload}    {"after":{"id":1,"total":"BNI=","placed":20787,"doc":"{\\"a\\":1}"},"op":"u"}
    Should End With    ${event.raw_value.decode()}    "payload":${payload}}
    Wait For Event    ${topic}    after.total == 12.34    after.placed == 2026-11-30    after.doc.a == 1
    Wait For Event    ${topic}    after.doc.a == ${1}    strict=True

The Next One Takes The Schema Of The Last
    ${topic}=    New Watched Topic
    ${other}=    New Watched Topic
    Publish Event    ${topic}    ${CHANGE}    format=connect-json    schema=${SCHEMA}
    Publish Event    ${topic}    {"after": {"id": 2, "total": 0.5, "placed": "2026-12-01"}, "op": "c"}
    ...    format=connect-json
    Publish Event    ${other}    {"after": null, "op": "d"}    format=connect-json    schema=${topic}
    Wait For Event    ${topic}    after.id == 2    after.total == 0.50    after.doc == null
    ${event}=    Wait For Event    ${other}    op == d    after == null    schema.type == struct
    Should Be Equal    ${event.format}    connect-json

The Schema Of A Topic Is Declared With It
    ${topic}=    New Watched Topic
    Create File    ${OUTPUT_DIR}${/}rows.json    ${SCHEMA}
    Set Topic Format
    ...    ${topic}
    ...    value=connect-json
    ...    key=connect-json
    ...    schema=${OUTPUT_DIR}${/}rows.json
    ...    key_schema=${KEY_SCHEMA}
    Publish Event    ${topic}    ${CHANGE}    key={"id": 1}
    Publish Events    ${topic}    ${{ [$CHANGE, $CHANGE] }}    key=${{ [{"id": 2}, {"id": 3}] }}
    ${event}=    Wait For Event    ${topic}    key.id == 3    after.total == 12.34
    Should Contain    ${event.raw_key.decode()}    "payload":{"id":3}
    Event Count Should Be    ${topic}    3    after.total > 12    within=0.1 s

A Value That Does Not Fit Is Refused With Each Of Its Fields
    ${topic}=    New Watched Topic
    VAR    ${wrong}    {"after": {"id": 1, "total": 12.345, "placed": "today", "more": 1}, "op": null}
    Run Keyword And Expect Error
    ...    The value does not fit the schema that was given:*$.after.total*digits after the point*$.after.placed*$.op*
    ...    Publish Event    ${topic}    ${wrong}    format=connect-json    schema=${SCHEMA}

Without A Schema Nothing Is Published
    ${topic}=    New Watched Topic
    Run Keyword And Expect Error    No value of the last events on '${topic}' has a schema of Kafka Connect*
    ...    Publish Event    ${topic}    ${CHANGE}    format=connect-json
