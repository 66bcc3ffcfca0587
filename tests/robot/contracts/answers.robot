*** Settings ***
Documentation    Events are answered while a test goes on, as a service would that isn't there.

Library          OperatingSystem
Resource         resources/kafka.resource

Suite Setup      Begin To Answer


*** Variables ***
${TEMPLATE}       ${OUTPUT_DIR}${/}answer.json
${PAID}           {"id": {$.id}, "status": "PAID"}
${AVRO}           {"type": "record", "name": "Paid", "fields": [{"name": "id", "type": "long"},
...               {"name": "status", "type": "string"}]}
${PROTOBUF}       syntax = "proto3"; message Paid { int64 id = 1; string status = 2; }
${TRACE}          4bf92f3577b34da6a3ce929d0e0e4736
${JSON_SCHEMA}    {"type": "object", "required": ["id", "status"]}


*** Test Cases ***
A Matching Event Is Answered
    ${asked}    ${told}=    Topics
    Answer Events    ${asked}    $.amount <= 100    with=${PAID}    to=${told}
    Publish Event    ${asked}    {"id": 42, "amount": 20}    key=k-42
    Publish Event    ${asked}    {"id": 43, "amount": 200}    key=k-42
    ${answer}=    Wait For Event    ${told}    id == 42    status == PAID    strict=True
    Event Key Should Be    ${answer}    k-42
    Answers Should Have Been    1

Correlation And Trace Come With It
    ${asked}    ${told}=    Topics
    Answer Events    ${asked}    with=${PAID}    to=${told}    headers={"source": "{headers.source} again"}
    Publish Event
    ...    ${asked}
    ...    {"id": 1}
    ...    headers={"correlationId": "c-1", "traceparent": "00-${TRACE}-00f067aa0ba902b7-01", "source": "web"}
    ${answer}=    Wait For Event    ${told}    headers.correlationId == c-1
    ...    trace == ${TRACE}
    Event Header Should Be    ${answer}    source    web again

A Template Answers
    ${asked}    ${told}=    Topics
    Create File    ${TEMPLATE}    {"id": {$.id}, "lines": ["{$.items[*].sku}"], "note": "for {key}"}
    Answer Events    ${asked}    with=${TEMPLATE}    to=${told}
    Publish Event    ${asked}    {"id": 1, "items": [{"sku": "A"}, {"sku": "B"}]}    key=k
    ${answer}=    Wait For Event    ${told}    id == 1
    Event Should Be Like    ${answer}    {"id": 1, "lines": [["A", "B"]], "note": "for k"}

A Loaded Template Answers
    ${asked}    ${told}=    Topics
    Create File    ${TEMPLATE}    {"id": "{$.id}", "note": ""}
    ${filled}=    Load Event Template    ${TEMPLATE}    note=loaded
    Answer Events    ${asked}    with=${filled}    to=${told}
    Publish Event    ${asked}    {"id": 2}
    Wait For Event    ${told}    id == 2    note == loaded

A Function Answers
    ${asked}    ${told}=    Topics
    Answer Events    ${asked}    with=tests.robot.libraries.answering.twice    to=${told}    times=1
    Publish Event    ${asked}    {"id": 21}
    Wait For Event    ${told}    twice == 42
    Publish Event    ${asked}    {"id": 22}
    Answers Should Have Been    1

Every Format Is Answered
    [Template]    Answer In Format
    avro    ${AVRO}
    protobuf    ${PROTOBUF}
    json-schema    ${JSON_SCHEMA}
    json    ${None}

Text Is Answered With Text
    ${asked}    ${told}=    Topics
    Answer Events    ${asked}    with=OK {value} for {key}    to=${told}    format=text
    Publish Event    ${asked}    order    key=k
    ${answer}=    Wait For Event    ${told}
    Should Be Equal    ${answer.value}    OK order for k

A Suite May Have Begun It
    Publish Event    ${OF_SUITE}    {"id": 1}
    Answers Should Have Been    1    answering=${ANSWERS_OF_SUITE}

It Goes On In The Next Test And Counts Anew
    Publish Event    ${OF_SUITE}    {"id": 2}
    Publish Event    ${OF_SUITE}    {"id": 3}
    Answers Should Have Been    2    answering=${ANSWERS_OF_SUITE}
    Stop Answering    ${ANSWERS_OF_SUITE}


*** Keywords ***
Topics
    ${asked}=    New Topic    questions
    ${told}=    New Watched Topic    answers
    RETURN    ${asked}    ${told}

Answer In Format
    [Arguments]    ${format}    ${schema}
    ${asked}    ${told}=    Topics
    Set Topic Format    ${asked}    ${format}    schema=${schema}
    Set Topic Format    ${told}    ${format}    schema=${schema}
    ${answering}=    Answer Events    ${asked}    status == NEW    with=${PAID}    to=${told}
    Publish Event    ${asked}    {"id": 7, "status": "NEW"}    key=k
    Wait For Event    ${told}    id == 7    status == PAID
    Stop Answering    ${answering}

Begin To Answer
    ${asked}    ${told}=    Topics
    ${answering}=    Answer Events    ${asked}    with=${PAID}    to=${told}
    VAR    ${OF_SUITE}    ${asked}    scope=SUITE
    VAR    ${ANSWERS_OF_SUITE}    ${answering}    scope=SUITE
