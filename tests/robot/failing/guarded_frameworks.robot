*** Settings ***
Documentation    Orders that consumers of frameworks give up, while the topics of their letters are guarded. What
...              becomes of each test is known to the suites that start those consumers.

Library          KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=60 s
...                  dead_letters=${SHOP}.plain-dlt, ${SHOP}.retried-*, ${SHOP}.letters, ${SHOP}-dlq


*** Variables ***
${SHOP}    none


*** Test Cases ***
An Order Dies In Spring
    [Tags]    jvm
    ${order}=    Publish Event    ${SHOP}.plain    {"orderId": 1}    key=1
    Wait For Event    ${SHOP}.plain-dlt    headers.kafka_dlt-original-offset == ${order.offset}

An Order Waits For Its Next Try
    [Tags]    jvm
    Expect Dead Letters    topic=${SHOP}.retried-dlt
    Publish Event    ${SHOP}.retried    {"orderId": 2}    key=2
    Wait For Event    ${SHOP}.retried-retry    key == 2
    Wait For Event    ${SHOP}.retried-dlt    key == 2

An Order Dies After Its Last Try
    [Tags]    jvm
    Publish Event    ${SHOP}.retried    {"orderId": 3}    key=3
    Wait For Event    ${SHOP}.retried-dlt    key == 3

An Order Dies In Streams
    [Tags]    jvm
    Publish Event    ${SHOP}.streamed    now    key=4
    Wait For Event    ${SHOP}.letters    key == 4

An Order Dies Behind A Repartition Topic
    [Tags]    jvm
    Publish Event    ${SHOP}.streamed    {"orderId": 5}    key=5
    Wait For Event    ${SHOP}.letters    key == customer of 5

A Death Is Expected
    [Tags]    jvm
    ${order}=    Publish Event    ${SHOP}.plain    {"orderId": 6}    key=6
    Event Should Be Dead-Lettered    ${order}    ${SHOP}.plain-dlt    reason=boom

An Order Dies In A Sink
    [Tags]    connect
    Publish Event    ${SHOP}    {"orderId":    key=7    format=text
    Wait For Event    ${SHOP}-dlq    key == 7
