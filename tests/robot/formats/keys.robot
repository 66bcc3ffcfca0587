*** Settings ***
Documentation    Keys have a format of their own, with fields where it has a schema.

Resource         resources/kafka.resource


*** Variables ***
&{FIRST}       shop=S-1    id=${1}
&{SECOND}      shop=S-1    id=${2}
${AVRO}        {"type": "record", "name": "Key",
...            "fields": [{"name": "shop", "type": "string"}, {"name": "id", "type": "int"}]}
${PROTOBUF}    syntax = "proto3"; message Key { string shop = 1; int32 id = 2; }
${JSON}        {"type": "object", "required": ["id"],
...            "properties": {"shop": {"type": "string"}, "id": {"type": "integer"}}}


*** Test Cases ***
Keys By A Schema Alone
    [Template]    Keys Should Have Fields
    avro    ${AVRO}
    protobuf    ${PROTOBUF}
    json-schema    ${JSON}

Keys By A Registry
    [Tags]    real-kafka    schema-registry
    [Setup]    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=registry    schema_registry=${SCHEMA_REGISTRY}
    ...    schema_registry_timeout=60
    [Template]    Registered Keys Should Have Fields
    avro    ${AVRO}
    protobuf    ${PROTOBUF}
    json-schema    ${JSON}
    [Teardown]    Switch Kafka Connection    default

Keys From Values
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=json    key=avro    key_schema=${AVRO}
    VAR    @{values}    ${{ {"of": $FIRST, "n": 1} }}    ${{ {"of": $SECOND, "n": 2} }}
    Publish Events    ${topic}    ${values}    key=$.of
    Wait For Event    ${topic}    key.id == 2    n == 2

Keys From A List
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=text    key=long
    VAR    @{values}    first    second
    VAR    @{keys}    ${1}    2
    Publish Events    ${topic}    ${values}    key=${keys}
    ${event}=    Wait For Event    ${topic}    key == 2    value == second
    Event Key Should Be    ${event}    2

A Key That Does Not Fit Is Not Published
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=json    key=avro    key_schema=${AVRO}
    ${message}=    Run Keyword And Expect Error    The key does not fit the schema that was given:*
    ...    Publish Event    ${topic}    {}    key={"shop": 1}
    Should Contain    ${message}    $.shop was 1 (number), and should be a text
    Should Contain    ${message}    $.id is missing
    Event Count Should Be    ${topic}    0    within=0.1 s    missing_ok=True


*** Keywords ***
Registered Keys Should Have Fields
    [Arguments]    ${format}    ${schema}
    ${topic}=    New Watched Topic
    Register Schema    ${topic}-key    ${schema}
    Set Topic Format    ${topic}    value=json    key=${format}
    Fields Of Keys Should Be Found    ${topic}
    # Nothing said of the topic: the keys tell by their frame.
    Set Topic Format    ${topic}
    Wait For Event    ${topic}    key.shop == S-1    key.id == 2    n == 2

Keys Should Have Fields
    [Arguments]    ${format}    ${schema}
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=json    key=${format}    key_schema=${schema}
    Fields Of Keys Should Be Found    ${topic}

Fields Of Keys Should Be Found
    [Arguments]    ${topic}
    Publish Event    ${topic}    {"n": 1}    key=${FIRST}
    Publish Event    ${topic}    {"n": 2}    key={"shop": "S-1", "id": 2}
    ${event}=    Wait For Event    ${topic}    key.id == 2    key.shop == S-1
    Event Key Should Be    ${event}    ${SECOND}
    No Event Should Arrive    ${topic}    key.id == 3    within=0 s
    Run Keyword And Expect Error    No event*key.id was 2*
    ...    Wait For Event    ${topic}    key.id == 3    timeout=0.1 s
    Publish Tombstone    ${topic}    ${FIRST}
    ${gone}=    Wait For Events    ${topic}    2    key.id == 1
    Should Be True    ${gone[1].is_tombstone}
