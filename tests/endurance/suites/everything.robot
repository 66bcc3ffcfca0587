*** Settings ***
Documentation    Uses all that might put a file somewhere.

Library          OperatingSystem
Library          KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=20 s

Suite Setup      Watch A Topic


*** Test Cases ***
Protobuf Is Compiled
    [Tags]    everything
    Compile    message Order { int64 order_id = 1; }
    Wait For Event    ${TOPIC}    orderId == 42
    Run Keyword And Expect Error    The schema * can't be compiled*
    ...    Compile    message Order { int64 order_id }

Other Schemas Are Read
    [Tags]    everything
    Set Topic Format    ${TOPIC}    avro    schema=${SCHEMAS}/order.avsc
    Run Keyword And Expect Error    *    Publish Event    ${TOPIC}    {"orderId": "none"}
    Set Topic Format    ${TOPIC}    json
    ${event}=    Publish Event    ${TOPIC}    {"orderId": "none"}
    Run Keyword And Expect Error    *    Event Should Match Schema    ${event}    ${SCHEMAS}/order.schema.json

A Failed Wait Shows Its Evidence
    [Tags]    everything
    Set Topic Format    ${TOPIC}    json
    Publish Event    ${TOPIC}    {"orderId": 43}
    Run Keyword And Expect Error    No event on*    Wait For Event    ${TOPIC}    orderId == 42    timeout=0.1 s
    Log Events    ${TOPIC}

A Transaction And A Group
    [Tags]    everything
    Begin Kafka Transaction
    Publish Event    ${TOPIC}    {"orderId": 44}
    Commit Kafka Transaction
    Run Keyword And Expect Error    *    Wait Until Consumer Group Is Ready    nobody    ${TOPIC}    timeout=0.1 s

The Embedded Broker
    [Tags]    everything
    Connect To Kafka    embedded    alias=embedded
    Publish Event    orders    {"orderId": 42}
    Wait For Event    orders    orderId == 42
    Disconnect From Kafka    embedded

Compiles Until It Is Stopped
    [Tags]    robot-timeout
    [Timeout]    0.7 s
    Compile Again And Again

Compiles Until Ctrl-C
    [Tags]    ctrl-c
    Compile Again And Again


*** Keywords ***
Watch A Topic
    ${topic}=    Create Temporary Topic    everything
    VAR    ${TOPIC}    ${topic}    scope=SUITE
    Watch Topics    ${TOPIC}

Compile Again And Again
    [Documentation]    Each time another schema, so that none is known already.
    FOR    ${number}    IN RANGE    1000000
        Compile    message Order${number} { int64 order_id = 1; }
        Create File    ${NOTES}/compiles
    END

Compile
    [Arguments]    ${message}
    Set Topic Format    ${TOPIC}    protobuf    schema=syntax = "proto3"; ${message}
    Publish Event    ${TOPIC}    {"orderId": 42}
