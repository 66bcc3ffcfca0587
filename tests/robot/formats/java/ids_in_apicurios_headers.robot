*** Settings ***
Documentation     Ids of schemas in Apicurio's own headers, as its serializers write them where they are told to.

Resource          resources/java.resource

Suite Setup       Register The Same Schema Under Another Name
Suite Teardown    Switch Kafka Connection    default


*** Variables ***
${SCHEMA}    {"type": "record", "name": "Row", "namespace": "shop", "fields": [
...          {"name": "before", "type": ["null", "string"]}, {"name": "id", "type": "int"}]}
${PROTO}     syntax = "proto3"; package shop; message Other { string a = 1; } message Row { int32 id = 1; }
${ROW}       {"before": null, "id": 42}


*** Test Cases ***
The Id Of The Schema
    ${topic}=    New Watched Topic
    Java Writes    ${topic}    avro    ${ROW}    schema=${SCHEMA}    idInHeader=contentId
    ${event}=    Wait For Event    ${topic}    id == 42    before == null
    Should Be Equal    ${event.format}    avro

The Id Of The Version, Which Is Another Number
    ${topic}=    New Watched Topic
    Java Writes    ${topic}    avro    ${ROW}    schema=${SCHEMA}    idInHeader=globalId
    ${event}=    Wait For Event    ${topic}    id == 42    before == null
    Should Be Equal    ${event.format}    avro

It Is Read So Where Avro Is Declared
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    avro
    Java Writes    ${topic}    avro    ${ROW}    schema=${SCHEMA}    idInHeader=globalId
    Wait For Event    ${topic}    id == 42

Keys Are Read So, Too
    ${topic}=    New Watched Topic
    Java Writes
    ...    ${topic}
    ...    text
    ...    "x"
    ...    key=${ROW}
    ...    keyFormat=avro
    ...    keySchema=${SCHEMA}
    ...    idInHeader=globalId
    Wait For Event    ${topic}    key.id == 42

The Place Of A Protobuf Message Is In Front Of It
    ${topic}=    New Watched Topic
    Java Writes    ${topic}    protobuf    {"id": 42}    schema=${PROTO}    message=Row    idInHeader=contentId
    Wait For Event    ${topic}    id == 42

A Protobuf Message May Be Named In A Header
    ${topic}=    New Watched Topic
    Java Writes
    ...    ${topic}
    ...    protobuf
    ...    {"id": 42}
    ...    schema=${PROTO}
    ...    message=Row
    ...    idInHeader=globalId
    ...    withIndexes=no
    Wait For Event    ${topic}    id == 42

A Negative Reads It
    ${topic}=    New Watched Topic
    Java Writes    ${topic}    avro    ${ROW}    schema=${SCHEMA}    idInHeader=globalId
    No Event Should Arrive    ${topic}    id == 43    within=0.1 s
    Run Keyword And Expect Error    *    No Event Should Arrive    ${topic}    id == 42    within=0.1 s

An Id That The Registry Does Not Know
    ${topic}=    New Watched Topic
    VAR    &{headers}    apicurio.value.globalId=${{ (987654321).to_bytes(8, 'big') }}
    Publish Event    ${topic}    ${{ b'\\x00\\x54' }}    headers=${headers}    format=bytes
    Run Keyword And Expect Error    *no schema with the globalId 987654321*
    ...    No Event Should Arrive    ${topic}    id == 42    within=0.1 s


*** Keywords ***
Register The Same Schema Under Another Name
    [Documentation]    Then the ids of versions and those of schemas differ.
    Meet Java
    Register Schema    ${SUITE NAME}-another    ${SCHEMA}
