*** Settings ***
Documentation    What failures say of rows: which part of the envelope is null, what is a tombstone, what was not sent.

Library          Collections
Resource         resources/kafka.resource

Suite Setup      Publish Two Changes


*** Variables ***
${ROW}       {"type": "struct", "optional": true, "fields": [{"type": "int32", "field": "id"},
...          {"type": "string", "optional": true, "field": "doc", "name": "io.debezium.data.Json"}]}
${SCHEMA}    {"type": "struct", "fields": [${{ $ROW[:-1] }}, "field": "before"}, ${{ $ROW[:-1] }}, "field": "after"},
...          {"type": "string", "field": "op"}]}


*** Test Cases ***
A Part Of The Envelope That Is Null
    Run Keyword And Expect Error    *$.before is null*
    ...    Wait For Event    ${TOPIC}    before.id == 1    timeout=0 s    since=suite start
    Run Keyword And Expect Error    *$.before is null*
    ...    Event Field Should Be    ${EVENTS}[0]    before.id    1
    Run Keyword And Expect Error    *has no field $.before.id. $.before is null.*
    ...    Get Event Field    ${EVENTS}[0]    before.id
    Run Keyword And Expect Error    *$.after.id was 1*
    ...    Wait For Event    ${TOPIC}    after.id == 2    timeout=0 s    since=suite start

A Path From The Payload On
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=json
    Publish Event    ${topic}    {"schema": ${SCHEMA}, "payload": {"before": null, "after": {"id": 1}, "op": "u"}}
    Run Keyword And Expect Error    *$.op is missing (did you mean $.payload.op?)
    ...    Wait For Event    ${topic}    op == u    timeout=0 s    since=suite start

A Key Is Its Payload
    Run Keyword And Expect Error    *key {"id": 1}*key was {"id": 1}*
    ...    Wait For Event    ${TOPIC}    key == 2    timeout=0 s    since=suite start

A Tombstone Is Called One
    Run Keyword And Expect Error    *: is a tombstone
    ...    Events Should Be In Order    ${EVENTS}    path=op
    ${ops}=    Get Event Fields    ${EVENTS}    op
    Should Be Equal    ${ops}    ${{ ["u"] }}

A Value That Was Not Sent
    Run Keyword And Expect Error    *"__debezium_unavailable_value" is not the value: Debezium did not send it*
    ...    No Event Should Arrive    ${TOPIC}    after.doc == x    within=0 s    since=suite start
    Event Field Should Exist    ${EVENTS}[0]    after.doc


*** Keywords ***
Publish Two Changes
    ${topic}=    New Watched Topic
    VAR    ${key}    {"type": "struct", "fields": [{"type": "int32", "field": "id"}]}
    Set Topic Format    ${topic}    key=connect-json    key_schema=${key}
    VAR    ${change}    {"before": null, "after": {"id": 1, "doc": "__debezium_unavailable_value"}, "op": "u"}
    Publish Event    ${topic}    ${change}    key={"id": 1}    format=connect-json    schema=${SCHEMA}
    Publish Tombstone    ${topic}    {"id": 1}
    Set Topic Format    ${topic}
    ${events}=    Get Events    ${topic}
    VAR    ${TOPIC}    ${topic}    scope=SUITE
    VAR    ${EVENTS}    ${events}    scope=SUITE
