*** Settings ***
Documentation     Ids of schemas in Apicurio's headers, of every kind of schema, with a registry and without one.

Resource          resources/kafka.resource

Suite Setup       Connect With A Registry
Suite Teardown    Disconnect From Kafka    registry

Test Tags         real-kafka    schema-registry


*** Variables ***
${ROW}      {"type": "record", "name": "Row", "fields": [{"name": "id", "type": "int"},
...         {"name": "d", "type": {"type": "int", "connect.version": 1, "connect.name": "io.debezium.time.Date"}}]}
${BYTES}    ${{ bytes.fromhex("54e6c402") }}


*** Test Cases ***
An Id In A Header Comes First, Also Where A Value Looks Like A Frame
    ${topic}=    New Watched Topic
    VAR    ${envelope}    {"type": "record", "name": "E", "fields": [{"name": "before", "type": ["null", "string"]},
    ...    {"name": "id", "type": "int"}, {"name": "name", "type": "string"}]}
    ${id}=    Register Schema    ${topic}-value    ${envelope}
    VAR    &{headers}    apicurio.value.contentId=${{ $id.to_bytes(8, "big") }}
    Publish Event    ${topic}    ${{ bytes.fromhex("00540873686f70") }}    headers=${headers}    format=bytes
    Wait For Event    ${topic}    id == 42    name == shop    before == null

Types Of Connectors In Avro
    ${topic}=    New Watched Topic
    ${id}=    Register Schema    ${topic}-value    ${ROW}
    VAR    &{headers}    apicurio.value.contentId=${{ $id.to_bytes(8, "big") }}
    Publish Event    ${topic}    ${BYTES}    headers=${headers}    format=bytes
    Wait For Event    ${topic}    id == 42    d == 2026-11-30

A JSON Schema
    ${topic}=    New Watched Topic
    VAR    ${date}    {"type": "integer", "title": "io.debezium.time.Date", "connect.type": "int32"}
    ${id}=    Register Schema    ${topic}-value    {"type": "object", "properties": {"d": ${date}}}
    VAR    &{headers}    apicurio.value.contentId=${{ $id.to_bytes(8, "big") }}
    Publish Event    ${topic}    {"d": 20787}    headers=${headers}    format=json
    Wait For Event    ${topic}    d == 2026-11-30

Values Without A Frame Are Read By A Subject
    ${topic}=    New Watched Topic
    Register Schema    ${topic}-rows    ${ROW}
    Set Topic Format    ${topic}    value=avro    schema=${topic}-rows    framed=False
    Publish Event    ${topic}    {"id": 42, "d": "2026-11-30"}
    ${event}=    Wait For Event    ${topic}    id == 42    d == 2026-11-30
    Should Be Equal    ${event.raw_value}    ${BYTES}

Without A Registry The Failure Names The Header
    ${topic}=    New Watched Topic
    Switch Kafka Connection    default
    VAR    &{headers}    apicurio.value.globalId=${{ (7).to_bytes(8, "big") }}
    Publish Event    ${topic}    ${BYTES}    headers=${headers}    format=bytes
    Run Keyword And Expect Error
    ...    *its header apicurio.value.globalId names schema of globalId 7*schema_registry= is not set*
    ...    No Event Should Arrive
    ...    ${topic}
    ...    id == 42
    ...    within=0 s
    Publish Event    ${topic}    {"id": 43}    headers=${headers}    format=json
    Wait For Event    ${topic}    id == 43
    [Teardown]    Switch Kafka Connection    registry


*** Keywords ***
Connect With A Registry
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=registry    schema_registry=${SCHEMA_REGISTRY}
    ...    schema_registry_timeout=60
