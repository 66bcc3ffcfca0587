*** Settings ***
Documentation    Events that do not fit the format of their topic: no wait for another event is stopped by one,
...              and what has to be proven is not proven by what could not be read.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Variables ***
${SCHEMAS}    ${CURDIR}/schemas
&{SMALL}      long=${7}    int=${7}    uuid=123e4567-e89b-12d3-a456-426614174000


*** Test Cases ***
By A File Of Avro
    [Template]    Should Stop No Wait And Let Nothing Be Proven
    avro    order.avsc    ${{ b"" }}    not Avro*byte 0*there are no bytes
    avro    order.avsc    ${{ b"\x54" }}    not Avro*byte 1
    avro    order.avsc    ${{ b"\x54\x0e" }}    not Avro*byte 1 in $.status; it begins with 54 0e
    avro    order.avsc    ${{ b"\xff" * 40 }}    not Avro*$.orderId*
    avro    order.avsc    ${{ b"\x54\x00" + b"\xfe\xff\xff\xff\x0f" }}    not Avro*$.total*
    avro    order.avsc    {"orderId": 42}    not Avro*

By A File Of Protobuf
    [Template]    Should Stop No Wait And Let Nothing Be Proven
    protobuf    order.proto    ${{ b"\x08" }}    not protobuf*byte 1
    protobuf    order.proto    ${{ b"\x22\xff\xff\xff\xff\x0f" }}    not protobuf*
    protobuf    order.proto    ${{ b"\xff" * 40 }}    not protobuf*byte 0
    protobuf    order.proto    {"orderId": 42}    not protobuf*

By A File Of JSON Schema
    [Template]    Should Stop No Wait And Let Nothing Be Proven
    json-schema    order.json    {"orderId": 4    not JSON*
    json-schema    order.json    ${{ b"\x00\x00\x00\x00\x01{}" }}    not JSON*

By Formats Without A Schema
    [Template]    Should Stop No Wait And Let Nothing Be Proven
    json    ${None}    {"orderId": 4    not JSON*
    cloudevents    ${None}    {"orderId": 42}    not a CloudEvent*
    long    ${None}    seven    not a long: 5 bytes, and a long has 8*
    int    ${None}    ${{ bytes(8) }}    not an int: 8 bytes, and an int has 4*
    uuid    ${None}    7    not a uuid: 1 byte, and *36*

In The Frame Of A Registry
    [Tags]    real-kafka    schema-registry
    [Setup]    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=registry    schema_registry=${SCHEMA_REGISTRY}
    ...    schema_registry_timeout=60
    [Template]    Should Stop No Wait And Let Nothing Be Proven In A Frame
    avro    order.avsc    ${{ b"\0\0\0" }}    not avro in the frame of a schema registry*
    avro    order.avsc    {"orderId": 42}    not avro in the frame of a schema registry*
    avro    order.avsc    ${{ b"\0\x7f\xff\xff\xff\x54" }}    *has no schema with the id 2147483647*
    [Teardown]    Switch Kafka Connection    default

Behind The Frame Of A Registry
    [Tags]    real-kafka    schema-registry
    [Setup]    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=registry    schema_registry=${SCHEMA_REGISTRY}
    ...    schema_registry_timeout=60
    [Template]    Should Stop No Wait And Let Nothing Be Proven Behind A Frame
    avro    order.avsc    ${{ b"\x54" }}    not Avro*byte 6*
    avro    order.avsc    ${{ b"\xff" * 9000 }}    not Avro*$.orderId*
    protobuf    order.proto    ${{ b"" }}    The frame breaks off at byte 5*
    protobuf    order.proto    ${{ b"\x02\x12" }}    *no message at the place*9*
    protobuf    order.proto    ${{ b"\xff" * 12 }}    The frame *
    protobuf    order.proto    ${{ b"\0\x22\x7f" }}    not protobuf*
    json-schema    order.json    ${{ b"\x7b" }}    not JSON*
    [Teardown]    Switch Kafka Connection    default

Of Another Kind Of Schema Than Was Declared
    [Tags]    real-kafka    schema-registry
    [Setup]    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=registry    schema_registry=${SCHEMA_REGISTRY}
    ...    schema_registry_timeout=60
    ${topic}=    New Watched Topic
    Register Schema    ${topic}-value    ${SCHEMAS}/order.avsc
    Set Topic Format    ${topic}    value=avro
    Publish A Good One    ${topic}
    Set Topic Format    ${topic}    value=protobuf
    ${message}=    Run Keyword And Expect Error    *
    ...    No Event Should Arrive    ${topic}    orderId == 7    within=0 s
    Should Contain    ${message}    not protobuf, as was declared: it is avro
    Set Topic Format    ${topic}
    Wait For Event    ${topic}    orderId == 42
    [Teardown]    Switch Kafka Connection    default

Nothing Is Declared And There Is A Registry
    [Documentation]    What looks like a frame and is none is bytes: a condition on a field can't be judged.
    [Tags]    real-kafka    schema-registry
    [Setup]    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=registry    schema_registry=${SCHEMA_REGISTRY}
    ...    schema_registry_timeout=60
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    ${{ b"\0\x7f\xff\xff\xff\x54" }}    key=unknown
    Another Client Publishes    ${topic}    {"orderId": 42}
    Wait For Event    ${topic}    orderId == 42
    ${event}=    Wait For Event    ${topic}    key == unknown
    Should Be Equal    ${event.value}    ${{ b"\0\x7f\xff\xff\xff\x54" }}
    ${message}=    Run Keyword And Expect Error    *
    ...    No Event Should Arrive    ${topic}    orderId == 43    within=0 s
    Should Contain    ${message}    has no schema with the id 2147483647
    No Event Should Arrive    ${topic}    key == other    within=0 s
    [Teardown]    Switch Kafka Connection    default

A Key That Does Not Fit
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=json    key=long
    Another Client Publishes    ${topic}    {"orderId": 41}    key=forty-one
    Publish Event    ${topic}    {"orderId": 42}    key=42
    Wait For Event    ${topic}    key == 42
    Wait For Event    ${topic}    orderId == 41
    ${message}=    Run Keyword And Expect Error    *
    ...    No Event Should Arrive    ${topic}    key == 43    within=0 s
    Should Contain    ${message}    not a long: 9 bytes, and a long has 8
    No Event Should Arrive    ${topic}    orderId == 43    within=0 s

Events That Can't Be Read Are Still Events
    [Documentation]    They can be counted, found by what is beside the value, and looked at as bytes.
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=avro    schema=${SCHEMAS}/order.avsc
    Another Client Publishes    ${topic}    ${{ b"\xff" * 40 }}    key=broken
    Event Count Should Be    ${topic}    1    within=0.1 s
    ${event}=    Wait For Event    ${topic}    key == broken
    Should Be Equal    ${event.raw_value}    ${{ b"\xff" * 40 }}
    Run Keyword And Expect Error    *not Avro*    Event Field Should Be    ${event}    orderId    42
    Run Keyword And Expect Error    *not Avro*    Event Should Be Like    ${event}    {"orderId": 42}
    Run Keyword And Expect Error    *not Avro*    Event Should Match Schema    ${event}    ${SCHEMAS}/order.avsc
    Run Keyword And Expect Error    *not Avro*    Evaluate    $event.value

Events That Can't Be Read Are Read In Another Format
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=avro    schema=${SCHEMAS}/order.avsc
    Another Client Publishes    ${topic}    {"orderId": 42}
    Wait For Event    ${topic}    orderId == 42    format=json
    Wait For Event    ${topic}    value contains orderId    format=text
    ${events}=    Get Events    ${topic}    format=bytes
    Should Be Equal    ${events[0].value}    ${{ b'{"orderId": 42}' }}


*** Keywords ***
Should Stop No Wait And Let Nothing Be Proven
    [Arguments]    ${format}    ${file}    ${raw}    ${reason}
    ${topic}=    New Watched Topic
    IF    $file
        Set Topic Format    ${topic}    value=${format}    schema=${SCHEMAS}/${file}
    ELSE
        Set Topic Format    ${topic}    value=${format}
    END
    Should Stop No Wait Between Good Ones    ${topic}    ${format}    ${raw}    ${reason}

Should Stop No Wait And Let Nothing Be Proven In A Frame
    [Arguments]    ${format}    ${file}    ${raw}    ${reason}
    ${topic}=    New Watched Topic
    Register Schema    ${topic}-value    ${SCHEMAS}/${file}
    Set Topic Format    ${topic}    value=${format}
    Should Stop No Wait Between Good Ones    ${topic}    ${format}    ${raw}    ${reason}

Should Stop No Wait And Let Nothing Be Proven Behind A Frame
    [Arguments]    ${format}    ${file}    ${raw}    ${reason}
    ${topic}=    New Watched Topic
    ${id}=    Register Schema    ${topic}-value    ${SCHEMAS}/${file}
    Set Topic Format    ${topic}    value=${format}
    VAR    ${raw}    ${{ bytes(1) + $id.to_bytes(4, "big") + $raw }}
    VAR    ${reason}    ${reason}It names schema ${id}, and begins with 00
    Should Stop No Wait Between Good Ones    ${topic}    ${format}    ${raw}    ${reason}

Should Stop No Wait Between Good Ones
    [Documentation]    The good ones are found at their path, and that no third is there can't be proven.
    [Arguments]    ${topic}    ${format}    ${raw}    ${reason}
    Publish A Good One    ${topic}    ${format}
    Another Client Publishes    ${topic}    ${raw}    key=broken    partition=0
    ${path}    ${expected}=    Publish A Good One    ${topic}    ${format}
    Wait For Events    ${topic}    2    ${path}    ==    ${expected}    timeout=2 s
    ${message}=    Run Keyword And Expect Error    It could not be proven that no event matched:*
    ...    No Event Should Arrive    ${topic}    ${path}    ==    ${43}    within=0 s
    Should Contain    ${message}    1 event was read whose value could not be judged:\n
    Should Contain    ${message}    ${{ $topic + "[0]@1, key broken: " }}
    Should Match    ${message.replace('[', '').replace(']', '')}    *${reason}*
    No Event Should Arrive    ${topic}    key == other    ${path} == 43    within=0 s

Publish A Good One
    [Documentation]    Gives the path to a part of it, and what is there.
    [Arguments]    ${topic}    ${format}=avro
    ${order}=    Load Event Template    ${SCHEMAS}/order_template.json    orderId=42
    VAR    &{event}    type=order.placed    source=/shop    data=${order}
    VAR    @{good}    ${order}    orderId    ${42}
    IF    $format in $SMALL
        VAR    @{good}    ${SMALL}[${format}]    value    ${SMALL}[${format}]
    ELSE IF    $format == "cloudevents"
        VAR    @{good}    ${event}    data.orderId    ${42}
    END
    Publish Event    ${topic}    ${good}[0]    partition=0
    RETURN    ${good}[1]    ${good}[2]
